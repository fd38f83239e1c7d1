// The start page: every page of the hall, and in the demo its virtual hardware, live.
import { api, html, onLink, render, socket, watch } from "/static/shared/live.js";
import { HallClock, Icon } from "/static/shared/parts.js";
import { Bar, Keypad, Log, Pad, Printer, Sill, Voice } from "./hardware.js";
import { words } from "./start-words.js";

const TICK_MS = 1000;
const SENTENCE_MS = 6000;
const PACES = [["usual", 30], ["rush", 120], ["none", 0]]; // simulated visitors an hour
const RUSH_FROM = 60;
const BURST = 5; // calls at once
const LOG_SHOWN = 5;
const OTHER_WINDOWS_SHOWN = 8;
const ZONE_PANELS_SHOWN = 2;
const BARS_WITH_CAPTION = 2; // more of them stand closer, with the window's name beside

const { zones, windows, kiosks } = JSON.parse(document.body.dataset.links);
const hall = document.body.dataset.hall;
const demo = "demo" in document.body.dataset;
const hallClock = new HallClock();
let view = null;
let online = true;
let chosen = null; // the window whose keypad and evaluator are in reach
let said = null; // {sentence, at}

function say(sentence) {
  said = sentence ? { sentence, at: performance.now() } : said;
  draw();
}

function sit(window) {
  chosen = window;
  draw();
}

const nameOf = (id) => windows.find((each) => each.window === id)?.name ?? id;
const of = (kind) => (view?.devices ?? []).filter((device) => device.kind === kind && device.virtual);

function Link({ icon, text, href }) {
  const [title, more] = text;
  const inside = html`<${Icon} name=${icon} /><span><b>${title}</b><span class="q">${more}</span></span><code>${href ?? ""}</code><${Icon} name="i-chevron" />`;
  return href ? html`<a class="ln" href=${href} target="_blank" rel="noopener">${inside}</a>` : html`<div class="ln off">${inside}</div>`;
}

const EACH_WINDOW = ["desk", "window", "pad"];
const address = (page, window) => (page === "desk" ? `/desk?window=${window}` : `/${page}/${window}`);

function Links() {
  const { links } = words;
  const first = windows[0];
  const token = view?.last_token;
  return html`<nav class="l"><h2>${words.pages}</h2>
    ${kiosks.length > 0 && html`<${Link} icon="i-printer" text=${links.kiosk} href="/kiosk" />`}
    <${Link} icon="i-list" text=${links.hall} href="/panel" />
    ${zones.slice(0, ZONE_PANELS_SHOWN).map((zone) => html`<${Link} icon="i-list" text=${links.panel(zone.name)} href=${`/panel/${zone.id}`} />`)}
    ${first && html`<${Link} icon="i-id-card" text=${links.window(first.name)} href=${address("window", first.window)} />
      <${Link} icon="i-person" text=${links.desk(first.name)} href=${address("desk", first.window)} />
      <${Link} icon="i-star" text=${links.pad(first.name)} href=${address("pad", first.window)} />`}
    <${Link} icon="i-check" text=${links.rate} href="/rate" />
    ${kiosks.length > 0 && html`<${Link} icon="i-printer" text=${links.slips} href="/slips" />`}
    <${Link} icon="i-phone" text=${token ? links.ticket : links.noTicket} href=${token && `/t/${token}`} />
    ${view && html`<${Alive} />`}
    ${windows.length > 1 && html`<div class="others"><h2>${words.otherWindows}</h2>${windows.slice(1, 1 + OTHER_WINDOWS_SHOWN).map((each) => html`<p><b class="n">${each.name}</b>
      ${EACH_WINDOW.map((page) => html`<a href=${address(page, each.window)} target="_blank" rel="noopener">${links[page](each.name)[0]}</a>`)}</p>`)}</div>`}
  </nav>`;
}

let services = null;
async function takeOne() {
  services ??= (await api("GET", "services")).body;
  const open = Array.isArray(services) ? services.filter((each) => each.open !== false) : [];
  if (!open.length) return say(words.refused);
  const service = open[Math.floor(Math.random() * open.length)].id;
  const answer = await api("POST", "tickets", { service, ...(kiosks[0] && { kiosk: kiosks[0].kiosk }) });
  say(answer.ok ? words.took(answer.body.number) : answer.body.detail || words.refused);
}

/** A visitor books the next free slot; resolves to the booking's code, "" when there is none. */
async function bookOne() {
  services ??= (await api("GET", "services")).body;
  const service = Array.isArray(services) && services.find((each) => each.bookings)?.id;
  const slots = service ? (await api("GET", `bookings/slots?service=${encodeURIComponent(service)}`)).body : [];
  if (!slots.length) say(words.noSlot);
  if (!slots.length) return "";
  const phone = `139${Math.floor(Math.random() * 1e8)}`.padEnd(11, "0");
  const booked = await api("POST", "bookings", { service, day: slots[0].day, slot: slots[0].slot, phone });
  say(booked.ok ? words.bookedFor(slots[0].slot) : booked.body.detail || words.refused);
  return booked.ok ? booked.body.code : "";
}

const paceOf = (anHour) => (anHour === 0 ? "none" : anHour > RUSH_FROM ? "rush" : "usual");
const scene = (wish) => socket.emit("scene", wish);
const Alive = () => html`<h2 class="alive">${words.alive}</h2><div class="tg">
  ${PACES.map(([pace, anHour]) => html`<button key=${pace} class=${paceOf(view.visitors ?? 0) === pace ? "on" : ""} onClick=${() => scene({ visitors: anHour })}>${words.paces[pace]}</button>`)}
  <button onClick=${() => scene({ burst: BURST })}>${words.burst(BURST)}</button></div>`;

function Hardware() {
  const kiosk = kiosks[0];
  const printer = of("printer").find((each) => each.kiosk === kiosk?.kiosk || each.id === kiosk?.printer) ?? of("printer")[0];
  const at = (kind) => of(kind).find((each) => each.kiosk === kiosk?.kiosk);
  const ticket = view.last_token && `${location.origin}/t/${view.last_token}`;
  const seats = [...new Set([...of("keypad"), ...of("pad")].map((each) => each.window))];
  const seat = seats.includes(chosen) ? chosen : seats[0];
  return html`<main class="r">
    <div>${printer && html`<${Printer} device=${printer} name=${kiosk?.name ?? ""} onTake=${takeOne} onError=${say} />`}
      ${(at("reader") || at("scanner")) && html`<${Sill} reader=${at("reader")} scanner=${at("scanner")} name=${kiosk?.name ?? ""} onBooking=${bookOne} ticket=${ticket} onError=${say} />`}<${Voice} voice=${view.voice} /></div>
    <div>
      ${of("bar").length > 0 && html`<h2>${words.bars}</h2>`}<div class=${of("bar").length > BARS_WITH_CAPTION ? "bars close" : "bars"}>${of("bar").map((each) => html`<${Bar} key=${each.id} device=${each} name=${nameOf(each.window)} />`)}</div>
      ${seats.length > 0 && html`<h2 class="pick"><span>${words.atWindow}</span>${seats.length > 1 && seats.map((id) => html`<button key=${id} aria-pressed=${id === seat} class=${id === seat ? "on" : ""} onClick=${() => sit(id)}>${nameOf(id)}</button>`)}</h2>`}
      <div class="pads">
        ${of("keypad").filter((each) => each.window === seat).map((each) => html`<${Keypad} key=${each.id} device=${each} name=${nameOf(seat)} onError=${say} />`)}
        ${of("pad").filter((each) => each.window === seat).map((each) => html`<${Pad} key=${each.id} device=${each} name=${nameOf(seat)} onError=${say} />`)}
      </div>
      ${seats.length > 0 && html`<p class="cap">${words.keypadMore}</p>`}
      <${Log} lines=${view.log.slice(0, LOG_SHOWN)} />
    </div>
  </main>`;
}

function Start() {
  const totals = view?.totals;
  const [z, w] = words.counts(totals?.zones ?? zones.length, totals?.windows ?? windows.length);
  return html`<header class="top"><img src="/static/shared/mark.svg" width="40" height="40" alt="" /><h1>${hall}${demo && ` · ${words.demoHall}`}</h1>
      <span class="q">${z}　${w}　<a href="/devices">${demo ? words.allVirtual : words.devices}</a></span><span class="sp"></span>
      ${!online && html`<span class="q" role="status">${words.lost}</span>`}
      ${totals && html`<span class="q sums">${words.taken} <b class="n">${totals.taken}</b>　${words.waiting} <b class="n">${totals.waiting}</b></span>`}<span class="n time">${hallClock.time()}</span></header>
    <${Links} />${view ? html`<${Hardware} />` : html`<main class="r"><p class="q">${demo ? "" : words.notDemo}</p></main>`}
    ${said && html`<p class="said" role="status">${said.sentence}</p>`}`;
}

function draw() {
  if (said && performance.now() - said.at > SENTENCE_MS) said = null;
  render(html`<${Start} />`, document.getElementById("page"));
}

if (demo)
  watch("devices", "hall", (data) => {
    view = data;
    hallClock.set(data.now);
    draw();
  });
onLink((link) => {
  online = link.online || link.since === null;
  draw();
});
setInterval(draw, TICK_MS);
draw();
