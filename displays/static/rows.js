// Which windows stand in the rows under the band, and in which order.

// How many rows fit under a band of 0, 1, 2 … 8 calls (LOOK.md, Panel).
const FIT = {
  landscape: [10, 10, 6, 4, 4, 4, 4, 0, 0],
  portrait: [7, 7, 7, 6, 6, 4, 2, 1, 0],
};

/** Rows for `windows` (view order). While every open window fits: one row each, in window order, so that nothing
 *  moves when one is called; a divided band moves everything anyway and then is not said again beneath. Otherwise the
 *  latest calls that are not in the band. Answers {rows, capacity}. */
export function rowsFor(windows, calls, lit, portrait) {
  const capacity = FIT[portrait ? "portrait" : "landscape"][lit.length];
  const open = windows.filter((each) => each.state !== "closed");
  const inBand = new Set(lit.map((call) => call.window));
  if (open.length <= capacity) return { rows: lit.length > 1 ? open.filter((each) => !inBand.has(each.window)) : open, capacity };
  const latest = new Map();
  calls.forEach((call, age) => latest.has(call.window) || latest.set(call.window, age));
  const age = (each) => latest.get(each.window) ?? calls.length;
  const rows = open.filter((each) => each.number && !inBand.has(each.window));
  return { rows: rows.sort((a, b) => age(a) - age(b)).slice(0, capacity), capacity };
}

const wide = (text) => [...text].reduce((sum, each) => sum + (each < "\u0250" ? 0.55 : 1), 0);

/** A long notice as pages of at most `most` Chinese characters' width, broken after punctuation where there is some. */
export function pagesOf(notice, most) {
  const pages = [""];
  for (const clause of notice.match(/[^，。；！？,.;!?\s]+[，。；！？,.;!?\s]*/g) ?? []) {
    const pieces = wide(clause.trim()) <= most ? [clause] : (clause.match(new RegExp(`.{1,${Math.floor(most)}}`, "gu")) ?? []);
    for (const piece of pieces) {
      if (wide((pages.at(-1) + piece).trim()) > most) pages.push(piece);
      else pages[pages.length - 1] += piece;
    }
  }
  return pages.map((page) => page.trim().replace(/[，；,;]$/, "")).filter(Boolean);
}
