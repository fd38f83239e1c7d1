// The tree that a zone's services stand in: departments where there are several, then groups, as deep as the plan says. Pure.

const ONE_PAGE = 7; // so many services stand on one page: groups would only be one touch more
const MANY = 24; // from so many on, departments come before their groups

/** The groups above a service in this zone, outermost first: [{name, name_en}]. */
function above(service, departments) {
  const groups = (service.path ?? []).map((name, i) => ({ name, name_en: service.path_en?.[i] }));
  return departments && service.department ? [{ name: service.department, name_en: service.department_en }, ...groups] : groups;
}

/**
 * What stands at `path` (names, outermost first) among `services`: {name, name_en, groups: [{name, name_en, count, path}], services},
 * the names being those of the last group of the path.
 * What fits on one page is not divided; a first level with one group and nothing beside it is passed over.
 */
export function levelOf(services, path) {
  const departments = services.length > MANY && new Set(services.map((each) => each.department || "")).size > 1;
  const groups = new Map();
  const here = [];
  for (const service of services) {
    const names = above(service, departments);
    if (path.some((name, i) => names[i]?.name !== name)) continue;
    const next = names[path.length];
    if (!next) here.push(service);
    else groups.set(next.name, { ...next, count: (groups.get(next.name)?.count ?? 0) + 1, path: [...path, next.name] });
  }
  const found = [...groups.values()];
  const below = services.filter((service) => path.every((name, i) => above(service, departments)[i]?.name === name));
  const at = path.length && below.length ? above(below[0], departments)[path.length - 1] : {};
  if (below.length <= ONE_PAGE) return { ...at, groups: [], services: below };
  if (found.length === 1 && !here.length && !path.length) return levelOf(services, found[0].path);
  return { ...at, groups: found, services: here };
}
