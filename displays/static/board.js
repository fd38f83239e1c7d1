// What every board shares: the arrow, the hall's clock, the quiet line while the link is lost, the demo's mark.
import { html, onLink, OFFLINE_SHOWN_AFTER_MS } from "/static/shared/live.js";
import { clock, HallClock, splitNumber } from "/static/shared/parts.js";
import { words } from "./words.js";

export const TICK_MS = 250;
export const hallClock = new HallClock();
export const isDemo = "demo" in document.body.dataset;
export const hallName = document.body.dataset.hall;

/** From number to window. Drawn heavy in the band, light in the rows. */
export const Arrow = ({ heavy }) =>
  heavy
    ? html`<svg class="arr" viewBox="0 0 150 110" aria-hidden="true"><path d="M8 55h126M90 12l44 43-44 43" stroke-width="16" /></svg>`
    : html`<svg class="arr" viewBox="0 0 64 48" aria-hidden="true"><path d="M4 24h52M36 5l20 19-20 19" stroke-width="7" /></svg>`;

export function Today() {
  const now = hallClock.now();
  return now && html`<span class="q date">${words.date(now, now.getUTCDay())}</span>`;
}

let downSince = null;
/** Calls `draw` when the link goes or comes; the age of the silence is read by lostFor(). */
export function followLink(draw) {
  onLink(({ online }) => {
    downSince = online ? null : (downSince ?? performance.now());
    draw();
  });
}

/** Whole seconds without the hub, or 0 while that is nothing to speak of. */
export function lostFor() {
  const silent = downSince === null ? 0 : performance.now() - downSince;
  return silent < OFFLINE_SHOWN_AFTER_MS ? 0 : Math.floor(silent / 1000);
}

export const Lost = ({ seconds }) =>
  html`<span class="lost" role="status">${words.lost}　<span class="n">${clock(seconds)}</span></span>`;

export const Demo = () => isDemo && html`<span class="demo">${words.demo}</span>`;

const DIGIT_EM = 0.57;
const LETTER_EM = 0.68;
const FIRST_CJK = "\u2e80";

/** How wide a text of digits, capitals and Chinese is in the numerals' face, in em of its size. */
export const widthOf = (text) => [...text].reduce((sum, each) => sum + (each >= FIRST_CJK ? 1 : DIGIT_EM), 0);

/** How wide a ticket number and its window's name are together, in em of their size. */
export function widthInEm(number, window) {
  const [letters, digits] = splitNumber(number);
  return Math.max(1, 0.32 + LETTER_EM * letters.length) + 0.13 + widthOf(digits) + widthOf(window);
}
