// The desk's small dialogs: where to, which number, how long. Enter sends, Esc leaves; every choice has a key.
import { html, useRef, useState } from "/static/shared/live.js";
import { Num, Tile } from "/static/shared/parts.js";
import { useLayoutEffect } from "/static/shared/vendor/htm-preact.module.js";
import { words } from "./words.js";

const MATCHES_SHOWN = 7;
const NUMBERS_SHOWN = 8;

function Dialog({ title, onCancel, onOk, ready = true, children }) {
  const box = useRef();
  useLayoutEffect(() => box.current.querySelector("input, button")?.focus(), []);
  const keyed = (event) => {
    event.stopPropagation();
    if (event.key === "Escape") onCancel();
    if (event.key === "Enter" && ready && event.target.tagName !== "BUTTON") onOk?.();
  };
  return html`<div class="veil" onKeyDown=${keyed}>
    <form class="dialog" ref=${box} role="dialog" aria-label=${title} onSubmit=${(event) => event.preventDefault()}>
      <h2>${title}</h2>
      ${children}
      <div class="ends">
        <button type="button" class="plain" onClick=${onCancel}><span class="key">${words.dialog.cancelKey}</span>${words.dialog.cancel}</button>
        ${onOk && html`<button type="button" class="do" disabled=${!ready} onClick=${onOk}><span class="key">${words.dialog.okKey}</span>${words.dialog.ok}</button>`}
      </div>
    </form>
  </div>`;
}

const Choice = ({ on, onPick, children }) =>
  html`<button type="button" class="choice ${on ? "on" : ""}" aria-pressed=${on} onClick=${onPick}>${children}</button>`;

/** Where a ticket goes: onSend({"window"|"queue", "place"}). */
export function Transfer({ view, onSend, onCancel }) {
  const [sought, seek] = useState("");
  const [picked, pick] = useState(null);
  const [place, setPlace] = useState("front");
  const windows = view.windows
    .filter((each) => each.window !== view.window)
    .map((each) => ({ id: each.window, name: each.name, to: "window", text: `${each.name} ${words.windowLabel}` }));
  const queues = (view.all_queues ?? view.queues).map((each) => ({ id: each.queue, name: each.name, letters: each.letters, to: "queue", text: each.name }));
  const wish = sought.trim().toUpperCase();
  const fits = (each) => !wish || `${each.id} ${each.name} ${each.letters ?? ""}`.toUpperCase().includes(wish);
  const exact = [...windows, ...queues].find((each) => wish && [each.name, each.letters, each.id].includes(wish));
  const matches = [...queues.filter(fits), ...windows.filter(fits)];
  const chosen = picked ?? exact ?? (matches.length === 1 ? matches[0] : null);
  const send = () => onSend({ [chosen.to]: chosen.id, place });
  return html`<${Dialog} title=${words.transfer.title(view.ticket.number)} onCancel=${onCancel} onOk=${send} ready=${Boolean(chosen)}>
    <input value=${sought} placeholder=${words.transfer.find} aria-label=${words.transfer.find} onInput=${(event) => { seek(event.target.value); pick(null); }} />
    <div class="choices">
      ${matches.slice(0, MATCHES_SHOWN).map((each) => html`<${Choice} key=${each.to + each.id} on=${chosen?.id === each.id && chosen.to === each.to} onPick=${() => pick(each)}>
        ${each.letters && html`<${Tile} letters=${each.letters} />`}<span>${each.text}</span></${Choice}>`)}
      ${matches.length === 0 && html`<p class="q">${words.transfer.none}</p>`}
    </div>
    <h3>${words.transfer.place}</h3>
    <div class="choices two">${["front", "end"].map((each) => html`<${Choice} on=${place === each} onPick=${() => setPlace(each)}>${words.transfer[each]}</${Choice}>`)}</div>
  </${Dialog}>`;
}

/** Which number: onSend({"number"}). The heads of the queues and the missed are one touch away. */
export function CallNumber({ view, onSend, onCancel }) {
  const [number, setNumber] = useState("");
  const near = [...new Set([...view.missed.filter((each) => each.returned).map((each) => each.number), ...view.queues.map((each) => each.head).filter(Boolean), ...view.missed.map((each) => each.number)])];
  const wish = number.trim().toUpperCase();
  return html`<${Dialog} title=${words.call.title} onCancel=${onCancel} onOk=${() => onSend({ number: wish })} ready=${wish !== ""}>
    <input class="n number" value=${number} maxlength="8" autocomplete="off" aria-label=${words.call.title} onInput=${(event) => setNumber(event.target.value)} />
    <p class="q">${words.call.hint}</p>
    ${near.length > 0 && html`<h3>${words.call.waiting}</h3>`}
    <div class="choices">${near.slice(0, NUMBERS_SHOWN).map((each) => html`<${Choice} key=${each} on=${wish === each} onPick=${() => setNumber(each)}><${Num} number=${each} /></${Choice}>`)}</div>
  </${Dialog}>`;
}

/** How long and why: onSend({"reason", "until"}). `inMinutes(m)` is the hall's ISO time in m minutes. */
export function Pause({ inMinutes, onSend, onCancel }) {
  const [reason, setReason] = useState(words.pause.reasons[0]);
  const [span, setSpan] = useState(words.pause.spans[0]);
  const until = span ? inMinutes(span) : "";
  return html`<${Dialog} title=${words.pause.title} onCancel=${onCancel} onOk=${() => onSend({ reason, until })}>
    <h3>${words.pause.reason}</h3>
    <div class="choices">${words.pause.reasons.map((each) => html`<${Choice} on=${reason === each} onPick=${() => setReason(each)}>${each}</${Choice}>`)}</div>
    <h3>${words.pause.until}</h3>
    <div class="choices">${words.pause.spans.map((each) => html`<${Choice} on=${span === each} onPick=${() => setSpan(each)}>${words.minutesLong(each)}</${Choice}>`)}
      <${Choice} on=${span === 0} onPick=${() => setSpan(0)}>${words.pause.open}</${Choice}></div>
    <p class="q">${until ? words.pause.back(until.slice(11, 16)) : ""} </p>
  </${Dialog}>`;
}

/** What is done once a day: close the window, go to another one. */
export function More({ view, demo, onClose, onToken, onCancel }) {
  return html`<${Dialog} title=${words.more.title} onCancel=${onCancel}>
    <div class="choices one">
      <${Choice} onPick=${() => view.can.includes("close") && onClose()}><span class=${view.can.includes("close") ? "" : "q"}>${words.more.close}</span></${Choice}>
      <a class="choice" href="/desk">${words.more.other}</a>
      ${!demo && html`<${Choice} onPick=${onToken}>${words.more.token}</${Choice}>`}
    </div>
  </${Dialog}>`;
}
