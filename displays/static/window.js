// The screen above a window: its number, what it does, who sits there; the foot says who is asked to come.
import { html, receipt, render, watch } from "/static/shared/live.js";
import { Num, splitNumber, Tile, wallClock } from "/static/shared/parts.js";
import { Demo, followLink, hallClock, hallName, Lost, lostFor, TICK_MS, widthInEm } from "./board.js";
import { fitServices } from "./services.js";
import { beneath, comeInEnglish, english, words } from "./words.js";

const SERVICES_ROOM = { width: 1080, height: 290 }; // px at 1920×1080
const ELSEWHERE_SHOWN = 2;
const NUMBER_FITS_EM = 3.0; // a letter and three digits; a longer number shrinks evenly
const NAME_FITS = 3; // digits of the window's number that fit at full size

const of = document.body.dataset.window;
let view = null;
let receipted = "";

const Star = ({ full }) =>
  html`<svg viewBox="0 0 24 24" class=${full ? "full" : ""}><path d="M12 3.2l2.7 5.6 6.1.8-4.5 4.2 1.1 6.1L12 17l-5.4 2.9 1.1-6.1L3.2 9.6l6.1-.8z" /></svg>`;

function Clerk() {
  const clerk = view.clerk;
  if (!clerk) return html`<aside class="who"><${Demo} /></aside>`;
  return html`<aside class="who">
    <svg class="ph" viewBox="0 0 300 380" aria-hidden="true"><circle cx="150" cy="150" r="66" /><path d="M22 380c6-92 58-134 128-134s122 42 128 134z" /></svg>
    <b class="nm">${clerk.name}</b><span class="staff">${words.staffNo} ${clerk.staff_no}</span>
    ${clerk.stars > 0 && html`<span class="stars">${[1, 2, 3, 4, 5].map((n) => html`<${Star} full=${n <= clerk.stars} />`)}</span>`}
    <${Demo} />
  </aside>`;
}

const Name = () => html`<span class="n" style=${`--fit:${Math.min(1, NAME_FITS / view.name.length)}`}>${view.name}</span>`;

function Serving() {
  const { size, lines, left } = fitServices(view.services, SERVICES_ROOM.width, SERVICES_ROOM.height);
  const [first, second] = words.windowLabel;
  return html`<main class="l">
    <div class="wn" role="heading" aria-level="1"><${Name} /><span class="lab">${first}<br />${second}</span></div>
    <div class="sv"><${Tile} letters=${view.zone.letter} /><p style=${`font-size:${size / 10}rem`}>
      ${lines.map((line, at) => html`<span>${line.map((name) => html`<i>${name}</i>`)}${left > 0 && at === lines.length - 1 && html`<i class="q">${words.andMore(left, view.services.length)}</i>`}</span>`)}
    </p></div>
  </main>`;
}

function Away() {
  const paused = view.state === "paused";
  const until = paused && view.paused?.until && wallClock(view.paused.until).time;
  return html`<main class="l away">
    <div class="wn" role="heading" aria-level="1"><${Name} /><span class="lab">${words.windowLabelShort}</span></div>
    <div class="big">${paused && html`<svg viewBox="0 0 150 210"><rect x="10" y="10" width="46" height="190" rx="6" /><rect x="94" y="10" width="46" height="190" rx="6" /></svg>`}
      <b>${paused ? words.paused : words.closed}</b></div>
    <div class="sub">${until && html`<span>${words.back[0]} <b>${until}</b> ${words.back[1]}</span>`}
      <span class="q">${paused ? view.paused?.reason || words.sorry : words.closedMore}</span></div>
  </main>`;
}

function Foot() {
  const seconds = lostFor();
  const lost = seconds > 0 && html`<${Lost} seconds=${seconds} />`;
  const { state, ticket } = view;
  if (state === "paused" || state === "closed") {
    const there = view.elsewhere.slice(0, ELSEWHERE_SHOWN);
    const [go, or, end] = words.elsewhere;
    return html`<footer class="alt"><${Tile} letters=${view.zone.letter} />
      ${there.length
        ? html`<span>${go}</span>${there.map((name, at) => html`${at > 0 && html`<span class="q">${or}</span>`}<span class="n">${name}</span>`)}<b>${end}</b>`
        : html`<span>${words.elsewhereNone}</span>`}${lost}</footer>`;
  }
  if (!ticket)
    return html`<footer class="now"><b class="hello">${words.welcome}</b><span class="sp"></span><span class="en">${beneath.welcome}</span>${lost}</footer>`;
  const [letters, digits] = splitNumber(ticket.number);
  const called = ticket.state === "called";
  const inEnglish = called ? comeInEnglish(letters, digits) : `Now serving ${letters} ${digits}`;
  const fit = Math.min(1, NUMBER_FITS_EM / widthInEm(ticket.number, ""));
  const again = called && ticket.again > 1 && words.again(ticket.again);
  return html`<footer class="now ${called ? "on-lamp pulse" : ""}" style=${`--fit:${fit.toFixed(3)}`} key=${`${ticket.number} ${ticket.state} ${ticket.again}`}>
    <${Num} number=${ticket.number} /><span class="sp"></span>
    <div><b class="t">${called ? words.come : words.nowServing}</b><span class="en">${again && html`<b>${again}</b>　`}${english ? "" : inEnglish}</span></div>${lost}
  </footer>`;
}

function WindowScreen() {
  if (!view) return html`<main class="l away"><div class="wn"><span class="lab">${hallName}</span></div><div class="sub q">${words.connecting}</div></main><aside class="who"><${Demo} /></aside>`;
  const away = view.state === "paused" || view.state === "closed";
  return html`${away ? html`<${Away} />` : html`<${Serving} />`}<${Clerk} /><${Foot} />`;
}

function draw() {
  document.body.dataset.state = view?.state ?? "";
  render(html`<${WindowScreen} />`, document.getElementById("page"));
  const call = view?.ticket?.state === "called" && view.calls.find((each) => each.window === of);
  if (!call || receipted === `${call.call}@${call.at}`) return;
  receipted = `${call.call}@${call.at}`;
  requestAnimationFrame(() => receipt("shown", { view: "window", of, call: call.call }));
}

watch("window", of, (data) => {
  view = data;
  hallClock.set(data.now);
  draw();
});
followLink(draw);
setInterval(() => lostFor() && draw(), TICK_MS);
draw();
