// Fits a window's services into the room beside the zone's letter: fewer, larger words before many small ones.

const SIZES = [76, 64, 56]; // px at 1920×1080; LOOK.md: at least 48 for what must be read
const LINE_HEIGHT = 1.3;
const GAP_EM = 1;
const HALF_WIDTH = /[\u0020-\u024f]/;

const wide = (text) => [...text].reduce((sum, each) => sum + (HALF_WIDTH.test(each) ? 0.6 : 1), 0);

function pack(names, lineEm) {
  const lines = [];
  for (const name of names) {
    const last = lines.at(-1);
    if (last && wide(last.join("")) + GAP_EM * last.length + wide(name) <= lineEm) last.push(name);
    else if (wide(name) <= lineEm) lines.push([name]);
    else return null;
  }
  return lines;
}

/** `{size, lines: [[name, …], …], left}`: the largest size at which all fit; else as many as fit and how many are left. */
export function fitServices(names, width, height) {
  for (const size of SIZES) {
    const lines = pack(names, width / size);
    if (lines && lines.length <= Math.floor(height / (size * LINE_HEIGHT))) return { size, lines, left: 0 };
  }
  const size = SIZES.at(-1);
  const lineEm = width / size;
  const room = Math.floor(height / (size * LINE_HEIGHT));
  const short = names.map((name) => (wide(name) > lineEm ? `${name.slice(0, Math.floor(lineEm) - 1)}…` : name));
  for (let shown = short.length; shown > 0; shown--) {
    const rest = names.length - shown;
    const lines = pack(rest ? [...short.slice(0, shown), "等 99 项"] : short, lineEm);
    if (lines && lines.length <= room) {
      if (rest) lines.at(-1).pop();
      return { size, lines: lines.filter((line) => line.length), left: rest };
    }
  }
  return { size, lines: [], left: names.length };
}
