// Finding a service by what a visitor types: pinyin initials (gjj), Chinese or English words. Pure.

const LETTER = /[\p{Script=Han}A-Za-z0-9]/u;

const fold = (text) => (text || "").toLowerCase().replace(/\s+/g, " ").trim();

/** Where `query` is in a service's name as [from, to) in characters, null where it is elsewhere or not known. */
export function matchIn(service, query) {
  const wanted = fold(query);
  if (!wanted) return null;
  const name = [...service.name];
  const direct = service.name.toLowerCase().indexOf(wanted);
  if (direct >= 0) {
    const from = [...service.name.slice(0, direct)].length;
    return [from, from + [...wanted].length];
  }
  const at = (service.initials || "").indexOf(wanted.replaceAll(" ", ""));
  if (at < 0) return null;
  // one initial for each letter of the name; brackets and commas have none
  const letters = name.flatMap((char, index) => (LETTER.test(char) ? [index] : []));
  if (letters.length !== service.initials.length) return null;
  return [letters[at], letters[at + wanted.replaceAll(" ", "").length - 1] + 1];
}

export function matches(service, query) {
  const wanted = fold(query);
  if (!wanted) return false;
  return (
    fold(service.name).includes(wanted) ||
    fold(service.name_en).includes(wanted) ||
    (service.initials || "").includes(wanted.replaceAll(" ", ""))
  );
}

/** The services that match, those whose name or initials begin with the query first, each group in the hall's order. */
export function find(services, query) {
  const wanted = fold(query);
  const found = services.filter((service) => matches(service, query));
  const begins = (service) => fold(service.name).startsWith(wanted) || (service.initials || "").startsWith(wanted);
  return [...found.filter(begins), ...found.filter((service) => !begins(service))];
}

/** The letters that lead somewhere after `query`: the others' keys go flat. */
export function nextLetters(services, query) {
  const candidates = fold(query) ? services.filter((service) => matches(service, query)) : services;
  return new Set([..."abcdefghijklmnopqrstuvwxyz"].filter((l) => candidates.some((s) => matches(s, query + l))));
}
