// The virtual hardware, to look at and to press: real frames travel the wire to the real drivers.
import { html, socket, useState } from "/static/shared/live.js";
import { wallClock } from "/static/shared/parts.js";
import { Led } from "./led.js";
import { words } from "./start-words.js";

const MOST_DIGITS = 6;
const KEYPAD = ["7", "8", "9", "recall", "4", "5", "6", "no-show", "1", "2", "3", "transfer", "0", "clear", "call", "pause", "next", "start", "rate"];

/** Move a virtual device: resolves to an error sentence, "" when done. */
export const move = (device, what) =>
  new Promise((told) => socket.emit("virtual", { device, ...what }, (answer) => told(answer?.status === 200 ? "" : answer?.body?.detail || answer?.detail || words.refused)));

const timeOf = (iso) => (iso ? iso.slice(11, 19) : "");
const stateOf = (device) => words.state[device.state] ?? device.state;

export function Printer({ device, name, onTake, onError }) {
  const far = device.far ?? {};
  const gone = device.state === "lost";
  const left = device.detail?.paper?.slips_left; // none where nobody said how long the roll is
  const noPaper = far.paper ? far.paper !== "ok" && far.paper !== "near_end" : device.state === "no_paper";
  const open = far.cover ? far.cover === "open" : device.state === "cover_open";
  const acts = [noPaper ? "paper_in" : "paper_out", open ? "close_cover" : "open_cover", gone ? "plug" : "unplug"];
  const undone = { paper_in: true, close_cover: true, plug: true };
  return html`<section class="printer">
    <h2>${words.printer(name)}</h2>
    <div class="slip">${device.slip ? html`<img key=${device.slip} src=${device.slip} alt="" />` : html`<p class="q">${words.noSlip}</p>`}<div class="slot"></div></div>
    <div class="tg"><button class="on" data-do="take" onClick=${onTake}>${words.take}</button>${acts.map((act) => html`<button key=${act} class=${undone[act] ? "undo" : ""} data-do=${act} onClick=${async () => onError(await move(device.id, { do: act }))}>${words.printerDo[act]}</button>`)}</div>
    <p class="cap"><b class=${device.state === "ok" ? "" : "fault"}>${stateOf(device)}</b><span>${[device.since && words.since(wallClock(device.since).time), left != null && words.slipsLeft(left)].filter(Boolean).join(" · ")}</span></p>
  </section>`;
}

/** The reader and the scanner of a kiosk: sample cards to lay there, codes to scan. */
export function Sill({ reader, scanner, name, onBooking, ticket, onError }) {
  const lies = reader?.far?.card ?? "";
  const lay = async (what) => onError(await move(reader.id, what));
  const scan = async (text) => text && onError(await move(scanner.id, { do: "scan", text }));
  return html`<section class="sill"><h2>${words.sill(name)}</h2><div class="tg">
    ${reader && Object.entries(words.cards).map(([person, said]) => html`<button key=${person} data-card=${person} onClick=${() => lay({ do: "lay_card", person })}>${said}</button>`)}
    ${reader && html`<button data-card="" disabled=${!lies} onClick=${() => lay({ do: "take_card" })}>${words.takeCard(lies)}</button>`}
    ${scanner && html`<button data-scan="booking" onClick=${async () => scan(await onBooking())}>${words.scanBooking}</button>`}
    ${scanner && html`<button data-scan="ticket" disabled=${!ticket} onClick=${() => scan(ticket)}>${words.scanTicket}</button>`}
  </div></section>`;
}

export const Bar = ({ device, name }) => html`<div class="bar" data-device=${device.id}>
  <${Led} text=${device.far?.text ?? ""} colour=${device.far?.colour} />
  <p class="cap"><b>${words.bar(name)}</b><span>${device.state !== "ok" ? stateOf(device) : device.far?.text ? words.shows : words.dark}</span></p>
</div>`;

export function Keypad({ device, name, onError }) {
  const [digits, setDigits] = useState("");
  const far = device.far ?? {};
  const press = async (key) => {
    if (/\d/.test(key)) return setDigits((typed) => (typed + key).slice(0, MOST_DIGITS));
    setDigits("");
    if (key !== "clear") onError(await move(device.id, { do: "press", key, digits }));
  };
  const number = far.number ? far.number : "";
  return html`<div class="kp" data-device=${device.id}>
    <div class="lcd"><small>${words.keypad(name)}${far.waiting != null ? ` · ${words.keypadWaiting(far.waiting)}` : ""}</small><span>${digits || number}</span></div>
    <div class="g">${KEYPAD.map((key) => html`<button key=${key} class=${/\d/.test(key) ? "n" : key} data-key=${key} onClick=${() => press(key)}>${words.keys[key] ?? key}</button>`)}</div>
  </div>`;
}

export const Pad = ({ device, name, onError }) => html`<div class="kp pad ${device.far?.prompting ? "lit" : ""}" data-device=${device.id}>
  <div class="lcd"><small>${device.far?.prompting ? words.prompting : words.notPrompting}</small><span class="stars">${"★".repeat(device.far?.stars ?? 0)}</span></div>
  <div class="g" aria-label=${words.keypad(name)}>${Object.entries(words.grades).map(([grade, said]) => html`<button key=${grade} data-grade=${grade} disabled=${!device.far?.prompting} onClick=${async () => onError(await move(device.id, { do: "grade", grade }))}>${said}</button>`)}</div>
</div>`;

export const Log = ({ lines }) => html`<section class="log"><h2>${words.log}</h2>
  ${lines.length === 0 && html`<p class="q">${words.quiet}</p>`}
  ${lines.map((line) => html`<div key=${line.at + line.text}><span class="n q">${timeOf(line.at)}</span><span>${line.text}</span><span class="q">${line.aside}</span></div>`)}</section>`;

export function Voice({ voice }) {
  const said = Object.entries(voice ?? {}).filter(([, it]) => it?.text);
  return html`<section class="voice"><h2>${words.voice}</h2>
    ${said.length === 0 && html`<p class="q">${words.silent}</p>`}
    ${said.map(([area, it]) => html`<p key=${area}><b>“${it.text}”</b>${it.waiting > 0 && html`<br /><span class="q">${words.more(it.waiting)}</span>`}</p>`)}</section>`;
}
