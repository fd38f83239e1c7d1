// The panel of a zone or of the hall: the newest calls in the yellow band, then a row for each window.
import { html, receipt, render, watch } from "/static/shared/live.js";
import { Icon, Num, Tile, wallClock } from "/static/shared/parts.js";
import { Band } from "./band.js";
import { Arrow, Demo, followLink, hallClock, hallName, Lost, lostFor, TICK_MS, Today, widthInEm, widthOf } from "./board.js";
import { pagesOf, rowsFor } from "./rows.js";
import { Speaker } from "./speaker.js";
import { english, named, words } from "./words.js";

const NOTICE_PAGE_MS = 8000;
const BAND_FITS_EM = { one: 4.9, more: 4.5 }; // letter, three digits and a three-digit window; longer ones shrink evenly
const TALL_FITS_EM = { number: 3.1, window: 1.9 }; // the one call of a portrait panel: number above, window beneath
const ROW_FITS_EM = { number: 3.5, window: 2.0 };
const NOTICE_FITS = { landscape: 20, portrait: 20 }; // Chinese characters' width
const ZONES_IN_FOOT = 3;
const FEW_ROWS = 4; // so few are drawn larger, in one column

const of = document.body.dataset.zone;
const portrait = matchMedia("(orientation: portrait)");
const band = new Band();
let view = null;
let sound = "running";
const receipted = new Set(); // calls of this page's life; a few hundred a day

const stillCalling = (call) =>
  view?.windows.some((each) => each.window === call.window && each.number === call.number && each.state === "calling" && !each.arrived);
const floors = () => new Set(view.zones.map((zone) => zone.floor));
const wholeHall = () => of === "hall";

function Head() {
  const [zone] = view.zones;
  if (wholeHall() || !zone)
    return html`<header class="hd">
      <b class="f" role="heading" aria-level="1">${view.hall.name}</b><span class="q sub">${english ? view.title.en : view.title.zh}</span><${Demo} />
      <span class="sp"></span><${Today} /><span class="t n">${hallClock.time()}</span>
    </header>`;
  const names = view.windows.map((each) => each.name);
  const span = names.length > 1 ? `${names[0]}–${names.at(-1)}` : names[0];
  return html`<header class="hd">
    ${view.floor && html`<span class="f">${words.floor(view.floor)}</span>`}
    ${view.zones.map((each) => html`<span class="zn" role="heading" aria-level="1"><${Tile} letters=${each.letter} /><b>${named(each)}</b></span>`)}
    ${span && html`<span class="q span">${view.floor && words.floor(view.floor) + " · "}${words.windows(span)}</span>`}
    <${Demo} /><span class="sp"></span><${Today} /><span class="t n">${hallClock.time()}</span>
  </header>`;
}

const fitted = (em, fits) => Math.min(1, fits / em).toFixed(3);

function Call({ call, tellFloor }) {
  const fits = band.lit.length === 1 ? BAND_FITS_EM.one : BAND_FITS_EM.more;
  const fit = Math.min(1, fits / widthInEm(call.number, call.window_name));
  const tall = { number: fitted(widthInEm(call.number, ""), TALL_FITS_EM.number), window: fitted(widthOf(call.window_name), TALL_FITS_EM.window) };
  const style = `--fit:${fit.toFixed(3)};--fit-number:${tall.number};--fit-window:${tall.window}`;
  const [first, second] = words.windowLabel;
  return html`<div class="c on-lamp" style=${style} data-call=${call.call}>
    <${Num} number=${call.number} /><${Arrow} heavy />
    <span class="n w">${call.window_name}</span>
    <span class="lab ${tellFloor ? "tell" : ""}"><span>${first}</span><span>${second}</span>${tellFloor && html`<i>${words.floor(call.floor)}</i>`}</span>
  </div>`;
}

/** When numbers are given again, in the hall's own sentence. */
function opensAgain() {
  const zone = view.zones.find((each) => each.sentence);
  return zone ? zone.sentence[english ? "en" : "zh"] : "";
}

function Calls() {
  const lit = band.lit;
  if (!lit.length)
    return html`<section class="calls c0"><p><b>${view.state === "closed" ? words.over : words.idle}</b><span class="q">${view.state === "closed" ? opensAgain() : words.idleMore}</span></p></section>`;
  const tellFloor = wholeHall() && floors().size > 1;
  return html`<section class="calls c${lit.length}" aria-live="assertive">
    ${lit.map((call) => html`<${Call} key=${`${call.call}@${call.at}`} call=${call} tellFloor=${tellFloor} />`)}
  </section>`;
}

function Row({ row, tellFloor }) {
  const calling = row.state === "calling" && !row.arrived; // who stands at the window need not be told to go there
  const floor = tellFloor && row.floor;
  const state = calling ? (floor ? words.toFloor(floor) : words.toWindow) : floor ? words.floor(floor) : row.number && words.serving;
  const back = row.paused?.until && wallClock(row.paused.until).time;
  const plain = row.state !== "paused" ? words.free : back ? words.pausedUntil(back) : words.paused;
  return html`<div class="r ${row.number ? "" : "plain"}" data-window=${row.window}>
    ${row.number
      ? html`<span class="m" style=${`--fit:${fitted(widthInEm(row.number, ""), ROW_FITS_EM.number)}`}><${Num} number=${row.number} /></span><${Arrow} />`
      : html`<span class="st0">${plain}</span><span></span>`}
    <span class="n w" style=${`--fit:${fitted(widthOf(row.name), ROW_FITS_EM.window)}`}>${row.name}</span>
    <span class="st ${calling ? "lamp" : ""}">${state}</span>
  </div>`;
}

function Rows() {
  const { rows, capacity } = rowsFor(view.windows, view.calls, band.lit, portrait.matches);
  const columns = portrait.matches || rows.length <= capacity / 2 ? 1 : 2;
  const down = Math.ceil(rows.length / columns);
  const tellFloor = wholeHall() && floors().size > 1;
  return html`<main class="rows cols${columns} ${down <= FEW_ROWS && columns === 1 ? "few" : ""}" style=${`--down:${Math.max(1, down)}`}>
    ${rows.map((row) => html`<${Row} key=${row.window} row=${row} tellFloor=${tellFloor} />`)}
  </main>`;
}

const Count = ({ label, n }) => html`<span class="count">${label[0]}<b class="n">${n}</b>${label[1]}</span>`;

function Foot() {
  const lost = lostFor();
  const short = !wholeHall() && view.zones.length <= ZONES_IN_FOOT && view.zones.length > 0;
  const notice = (english && view.notice_en) || view.notice || "";
  const finishing = view.state === "finishing" ? words.finishing : "";
  const pages = pagesOf(finishing + notice, NOTICE_FITS[portrait.matches ? "portrait" : "landscape"]);
  const page = pages[Math.floor(performance.now() / NOTICE_PAGE_MS) % (pages.length || 1)];
  return html`<footer class="ft">
    <span class="totals">
      ${short && view.zones.map((zone) => html`<span class="zz"><${Tile} letters=${zone.letter} /><${Count} label=${words.waiting} n=${zone.waiting} /></span>`)}
      ${!short && html`<${Count} label=${words.waitingAll} n=${view.totals.waiting} />`}
      ${(!short || view.zones.length < 2) && html`<${Count} label=${words.open} n=${view.totals.open_windows} />`}
    </span>
    ${sound === "suspended" && html`<span class="hint"><${Icon} name="i-sound" />${words.sound}</span>`}
    ${lost ? html`<${Lost} seconds=${lost} />` : html`<span class="nt">${page}</span>`}
  </footer>`;
}

function Panel() {
  if (!view)
    return html`<header class="hd"><b class="f">${hallName}</b><${Demo} /></header>
      <section class="calls c0"><p><b>${words.connecting}</b></p></section>`;
  return html`<${Head} /><${Calls} /><${Rows} /><${Foot} />`;
}

function draw() {
  render(html`<${Panel} />`, document.getElementById("page"));
  const drawn = band.lit.filter((call) => !receipted.has(`${call.call}@${call.at}`));
  if (!drawn.length) return;
  for (const call of drawn) receipted.add(`${call.call}@${call.at}`);
  // told only once it is on the glass: a hidden page gets no frame and so gives no receipt
  requestAnimationFrame(() => drawn.forEach((call) => receipt("shown", { view: "panel", of, call: call.call })));
}

const speaker = new Speaker({
  onState(state) {
    document.body.dataset.audio = sound = state;
    draw();
  },
  onSpoken({ id, area }) {
    document.body.dataset.spoken = `${document.body.dataset.spoken ?? ""} ${id}`.trim();
    receipt("spoken", { area, id });
  },
});
if (document.body.dataset.sound !== "off") speaker.open();

watch("panel", of, (data) => {
  view = data;
  hallClock.set(data.now);
  band.offer(data.calls, data.now, performance.now(), stillCalling);
  draw();
  speaker.offer(data.voice);
});
followLink(draw);
portrait.addEventListener("change", draw);
setInterval(() => {
  band.settle(performance.now(), stillCalling);
  draw();
}, TICK_MS);
draw();
