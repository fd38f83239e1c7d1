// The parts of 总服务台: check-in and the bookings on the left, the zones on the right, the keys below.
import { html, useState } from "/static/shared/live.js";
import { Icon, Num, Tile, wallClock } from "/static/shared/parts.js";
import { Choices, Dialog } from "./dialog.js";
import { Lost } from "./reception-take.js";
import { english, told, words } from "./words.js";

const KEYS = [
  { key: "F2", name: "code", main: true },
  { key: "F3", name: "take" },
  { key: "F4", name: "abandon" },
  { key: "F6", name: "unblock" },
];

const ALARMS_SHOWN = 4;
const TICKET = "ticket:";
const ABOUT_THE_ROLL = new Set(["near_end", "paper_low"]);

export const keysOf = () => KEYS;
const nameOf = (it) => (english && it.name_en) || it.name;

export const Top = ({ hall, bookings, time }) => html`<header class="top">
  <span class="w">${words.reception.title}</span><i class="cut"></i><b>${hall ? nameOf(hall.hall) : ""}</b><span class="sp"></span>
  ${bookings && html`<span class="q">${words.reception.totals(bookings.totals.booked, bookings.totals.checked_in)}</span>`}<span class="n time">${time}</span>
</header>`;

/** A booking's code is typed, or read by a scanner that types; beneath is the number it became. */
export function CheckIn({ code, ticket, kiosks, kiosk, locked, onCode, onCheckIn, onKiosk }) {
  const wish = code.trim();
  const send = (event) => {
    event.preventDefault();
    if (wish && !locked) onCheckIn(wish);
  };
  const printers = [...kiosks.map((each) => [each.id, each.name]), ["", words.reception.noPaper]];
  return html`<form class="code" onSubmit=${send}>
      <label><span class="q">${words.reception.code}</span><input class="n" value=${code} maxlength="16" autocomplete="off" onInput=${(event) => onCode(event.target.value.toUpperCase())} /></label>
      <button class="do" disabled=${!wish} aria-disabled=${locked}><span class="key">Enter</span>${words.reception.checkIn}</button>
    </form>
    ${kiosks.length > 0 && html`<div class="print"><span class="q">${words.reception.print}</span><${Choices} label=${words.reception.print} items=${printers} value=${kiosk} onPick=${onKiosk} /></div>`}
    ${ticket && html`<div class="came" role="status"><${Num} number=${ticket.number} />
      <span><b>${words.reception.ahead(ticket.ahead)}</b>${ticket.windows.length > 0 && html`<span class="q">${words.reception.windows(ticket.windows.join("、"))}</span>`}</span></div>`}`;
}

const Booking = ({ it, locked, onCheckIn }) => html`<div class="bk ${it.state}">
  <b class="n">${it.slot}</b><span class="nm"><b>${it.service_name}</b><span class="q">${[it.name, it.code].filter(Boolean).join(" · ")}</span></span>
  ${it.number ? html`<${Num} number=${it.number} />` : html`<span class="q">${it.state === "booked" ? "" : words.reception.states[it.state]}</span>`}
  ${it.state === "booked" ? html`<button aria-disabled=${locked} data-check-in=${it.code} onClick=${() => locked || onCheckIn(it.code)}>${words.reception.checkIn}</button>` : html`<span></span>`}
</div>`;

export function Bookings({ bookings, locked, onCheckIn }) {
  const all = bookings?.bookings ?? [];
  return html`<h2><span>${words.reception.bookings}</span><b class="n">${all.length}</b></h2>
    <div class="list">${all.map((it) => html`<${Booking} key=${it.code} it=${it} locked=${locked} onCheckIn=${onCheckIn} />`)}
      ${all.length === 0 && html`<p class="q">${words.reception.noBookings}</p>`}</div>`;
}

const hoursOf = (zone) => {
  if (zone.stopped) return [words.reception.stopped(wallClock(zone.stopped.at).time), zone.stopped.reason].filter(Boolean).join(" · ");
  return told(zone.sentence) || words.reception.phase[zone.state ?? "open"];
};

/** What somebody has to see to, the gravest first: what it is, where, since when, what to do. */
function Alarms({ alarms, locked, onRoll, onCopy }) {
  return html`<div class="alarms" role="status" aria-label=${words.reception.alarms}>
    <h2><span>${words.reception.alarms}</span><b class="n">${alarms.length}</b></h2>
    ${alarms.slice(0, ALARMS_SHOWN).map(
      (it) => html`<div class="alarm ${it.level}" key=${it.id} data-alarm=${it.id}>
        <b class="n">${wallClock(it.since).time}</b><span class="nm"><b>${[it.place, told(it.sentence)].filter(Boolean).join(" · ")}</b><span class="q">${told(it.todo)}</span></span>
        ${ABOUT_THE_ROLL.has(it.code) && html`<button aria-disabled=${locked} data-roll=${it.device} onClick=${() => locked || onRoll(it)}>${words.reception.roll}</button>`}
        ${it.code === "not_printed" && onCopy && html`<button aria-disabled=${locked} data-copy=${it.id.slice(TICKET.length)} onClick=${() => locked || onCopy(it.id.slice(TICKET.length))}>${words.reception.copy}</button>`}
      </div>`,
    )}
    ${alarms.length > ALARMS_SHOWN && html`<p class="q">${words.reception.moreAlarms(alarms.length - ALARMS_SHOWN)}</p>`}
  </div>`;
}

/** Each zone: how many wait, until when it gives numbers, and the key that stops or opens it. */
export const Zones = ({ hall, alarms, lost, locked, onZone, onRoll, onCopy, onLost }) => html`<section class="col zs" aria-label=${words.reception.zones}>
  ${alarms.length > 0 && html`<${Alarms} alarms=${alarms} locked=${locked} onRoll=${onRoll} onCopy=${onCopy} />`}
  ${lost.length > 0 && html`<${Lost} lost=${lost} locked=${locked} onLost=${onLost} />`}
  <h2><span>${words.reception.zones}</span></h2>
  ${hall.zones.map((zone) => {
    const name = zone.stopped ? "open" : "close";
    return html`<div class="z" key=${zone.id}>
      <${Tile} letters=${zone.letter} /><span class="nm"><b>${nameOf(zone)}</b><span class="q">${hoursOf(zone)}</span></span>
      <span class="wt"><b class="n">${zone.waiting}</b><span class="q">${words.reception.waiting}</span></span>
      <button aria-disabled=${locked} data-zone=${zone.id} onClick=${() => locked || onZone(zone, name)}>${words.reception[name]}</button>
    </div>`;
  })}
</section>`;

export const Keys = ({ press }) => html`<nav class="keys four">
  ${KEYS.map((it) => html`<button key=${it.key} class=${it.main ? "main" : ""} data-act=${it.name} onClick=${() => press(it)}><span class="key">${it.key}</span>${words.reception.keys[it.name]}</button>`)}
</nav>`;

/** Whose block is lifted: onSend(id number). */
export function Unblock({ onSend, onCancel }) {
  const [id, setId] = useState("");
  const said = words.reception.unblock;
  return html`<${Dialog} title=${said.title} ok=${said.ok} ready=${id.trim() !== ""} onOk=${() => onSend(id.trim().toUpperCase())} onCancel=${onCancel}>
    <input class="n" value=${id} maxlength="24" autocomplete="off" aria-label=${said.title} onInput=${(event) => setId(event.target.value)} />
    <p class="q">${said.hint}</p>
  </${Dialog}>`;
}
