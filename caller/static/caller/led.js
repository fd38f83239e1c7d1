// A bar as its lamps: 16 rows of dots. Text is drawn small and thresholded; a ticket's letter is cut out of a lit block.
import { html, useEffect, useRef } from "/static/shared/live.js";

const ROWS = 16;
const COLUMNS = 160; // LOOK.md, LED bar
const DOT_PX = 6; // of the canvas, for one lamp
const LAMP = { red: "#FF4A36", green: "#62E06A", yellow: "#FFC82E" };
const DARK = "#1E1B14";
const NUMERALS = '600 20px "Barlow Numeral"'; // capitals 14 dots high
const HAN = '15px "Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif';
const THRESHOLD = { numerals: 110, han: 96 };
const ARROW = ["....#...", ".....#..", "......#.", "########", "......#.", ".....#..", "....#..."];

const TOKENS = /([A-Z]{1,2})(?=\d{2})|([A-Za-z0-9]+)|(→)|(\s+)|([^A-Za-z0-9→\s]+)/gu;

/** The columns a piece of text lights: [[row, …], …], one for each column. */
function dotsOf(text, font, threshold, baseline) {
  const canvas = new OffscreenCanvas(16 * text.length + 8, ROWS);
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.font = font;
  pen.fillText(text, 0, baseline);
  const width = Math.ceil(pen.measureText(text).width);
  const { data } = pen.getImageData(0, 0, canvas.width, ROWS);
  return Array.from({ length: width }, (_, x) =>
    Array.from({ length: ROWS }, (_, y) => y).filter((y) => data[(y * canvas.width + x) * 4 + 3] > threshold),
  );
}

const everyRow = Array.from({ length: ROWS }, (_, y) => y);
const gap = (columns) => Array.from({ length: columns }, () => []);
const invert = (columns) => columns.map((lit) => everyRow.filter((y) => !lit.includes(y)));

export function columnsOf(text) {
  const columns = [];
  for (const [, letters, numerals, arrow, space, han] of text.matchAll(TOKENS)) {
    if (letters) {
      const cut = dotsOf(letters, '600 16px "Barlow Numeral"', THRESHOLD.numerals, 13);
      const margin = Math.max(2, Math.floor((14 - cut.length) / 2));
      columns.push(...invert([...gap(margin), ...cut, ...gap(margin)]), ...gap(2));
    } else if (numerals) columns.push(...dotsOf(numerals, NUMERALS, THRESHOLD.numerals, 15));
    else if (arrow) columns.push(...gap(2), ...[...ARROW[0]].map((_, x) => ARROW.flatMap((row, y) => (row[x] === "#" ? [y + 5] : []))), ...gap(3));
    else if (space) columns.push(...gap(5));
    else columns.push(...gap(1), ...dotsOf(han, HAN, THRESHOLD.han, 14));
  }
  return columns;
}

function light(canvas, text, colour) {
  const lit = columnsOf(text);
  const columns = Math.max(COLUMNS, lit.length);
  canvas.width = columns * DOT_PX;
  canvas.height = ROWS * DOT_PX;
  const pen = canvas.getContext("2d");
  const lamp = (x, y) => {
    pen.moveTo((x + 0.5) * DOT_PX + DOT_PX * 0.46, (y + 0.5) * DOT_PX);
    pen.arc((x + 0.5) * DOT_PX, (y + 0.5) * DOT_PX, DOT_PX * 0.46, 0, 7);
  };
  pen.fillStyle = DARK;
  pen.beginPath();
  for (let x = 0; x < columns; x++) for (const y of everyRow) lamp(x, y);
  pen.fill();
  pen.fillStyle = LAMP[colour] ?? LAMP.yellow;
  pen.beginPath();
  lit.forEach((rows, x) => rows.forEach((y) => lamp(x, y)));
  pen.fill();
}

/** A bar's lamps showing `text` in red, green or yellow. */
export function Led({ text, colour }) {
  const canvas = useRef();
  useEffect(() => {
    light(canvas.current, text, colour);
    // the numerals come from a file: drawn again once they are there
    document.fonts.load(NUMERALS).then(() => canvas.current && light(canvas.current, text, colour));
  }, [text, colour]);
  return html`<canvas class="led" ref=${canvas} role="img" aria-label=${text}></canvas>`;
}
