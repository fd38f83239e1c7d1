// What the clerk is asked while working: where a ticket goes, which number, how it ended, how long away.
import { html, useRef, useState } from "/static/shared/live.js";
import { Num, Tile } from "/static/shared/parts.js";
import { useLayoutEffect } from "/static/shared/vendor/htm-preact.module.js";
import { Choices, Dialog } from "./dialog.js";
import { words } from "./words.js";

const MATCHES_SHOWN = 7;
const NUMBERS_SHOWN = 8;
const NOTE_LENGTH = 200;

/** Where a ticket goes: onSend({"window"|"queue", "place", "note"}). */
export function Transfer({ view, onSend, onCancel }) {
  const [sought, seek] = useState("");
  const [picked, pick] = useState("");
  const [place, setPlace] = useState("front");
  const [note, setNote] = useState("");
  const windows = view.windows
    .filter((each) => each.window !== view.window)
    .map((each) => ({ id: each.window, name: each.name, to: "window", text: `${each.name} ${words.windowLabel}` }));
  const queues = (view.all_queues ?? view.queues).map((each) => ({ id: each.queue, name: each.name, letters: each.letters, to: "queue", text: each.name }));
  const wish = sought.trim().toUpperCase();
  const fits = (each) => !wish || `${each.id} ${each.name} ${each.letters ?? ""}`.toUpperCase().includes(wish);
  const exact = [...windows, ...queues].find((each) => wish && [each.name, each.letters, each.id].includes(wish));
  const matches = [...queues.filter(fits), ...windows.filter(fits)];
  const keyOf = (each) => `${each.to} ${each.id}`;
  const chosen = matches.find((each) => keyOf(each) === picked) ?? exact ?? (matches.length === 1 ? matches[0] : null);
  const send = () => onSend({ [chosen.to]: chosen.id, place, ...(note.trim() && { note: note.trim() }) });
  const down = (event) => {
    if (event.key !== "ArrowDown" || !matches.length) return;
    event.preventDefault();
    pick(keyOf(chosen ?? matches[0]));
    event.target.closest("[role=dialog]").querySelector("[role=radio][tabindex='0']").focus();
  };
  const says = (each) => html`${each.letters && html`<${Tile} letters=${each.letters} />`}<span>${each.text}</span>`;
  return html`<${Dialog} title=${words.transfer.title(view.ticket.number)} onCancel=${onCancel} onOk=${send} ready=${Boolean(chosen)}>
    <input value=${sought} placeholder=${words.transfer.find} aria-label=${words.transfer.find} onKeyDown=${down} onInput=${(event) => { seek(event.target.value); pick(""); }} />
    <${Choices} label=${words.transfer.find} items=${matches.slice(0, MATCHES_SHOWN).map((each) => [keyOf(each), says(each)])} value=${chosen && keyOf(chosen)} onPick=${pick} />
    ${matches.length === 0 && html`<p class="q">${words.transfer.none}</p>`}
    <h3>${words.transfer.place}</h3>
    <${Choices} cls="two" label=${words.transfer.place} items=${["front", "end"].map((each) => [each, words.transfer[each]])} value=${place} onPick=${setPlace} />
    <h3>${words.transfer.note}</h3>
    <input value=${note} maxlength=${NOTE_LENGTH} aria-label=${words.transfer.note} onInput=${(event) => setNote(event.target.value)} />
  </${Dialog}>`;
}

/** Which number: onSend({"number"}). `said` are its words; `near` are numbers one touch away. */
export function AskNumber({ said, near, onSend, onCancel }) {
  const [number, setNumber] = useState("");
  const wish = number.trim().toUpperCase();
  return html`<${Dialog} title=${said.title} onCancel=${onCancel} onOk=${() => onSend({ number: wish })} ready=${wish !== ""} ok=${said.ok}>
    <input class="n number" value=${number} maxlength="12" autocomplete="off" aria-label=${said.title} onInput=${(event) => setNumber(event.target.value)} />
    <p class="q">${said.hint}</p>
    ${near.length > 0 && html`<h3>${words.call.waiting}</h3>`}
    <${Choices} label=${words.call.waiting} items=${near.slice(0, NUMBERS_SHOWN).map((each) => [each, html`<${Num} number=${each} />`])} value=${wish} onPick=${setNumber} />
  </${Dialog}>`;
}

/** The numbers a clerk may mean: who is back, the heads of the queues, who missed the call. */
export const callable = (view) => [...new Set([...view.missed.filter((each) => each.returned).map((each) => each.number), ...view.queues.map((each) => each.head).filter(Boolean), ...view.missed.map((each) => each.number)])];

/** The numbers that may have left: held and missed; one that waits is typed. */
export const mayLeave = (view) => [...view.held, ...view.missed].map((each) => each.number);

/** How it ended: onSend({"outcome", "reason", "case"}). A refusal needs its reason; the others may have a case number. */
export function Outcome({ view, onSend, onCancel }) {
  const steps = view.ticket.visit?.next.length > 0;
  const [outcome, setOutcome] = useState("done");
  const [reason, setReason] = useState("");
  const [case_, setCase] = useState(view.ticket.case ?? "");
  const field = useRef();
  const refused = outcome === "refused";
  useLayoutEffect(() => {
    if (refused) field.current.focus();
  }, [refused]);
  const how = outcome === "last" ? { outcome: "done", last: true } : { outcome };
  const send = () => onSend({ ...how, ...(refused ? { reason: reason.trim() } : case_.trim() && { case: case_.trim() }) });
  const said = words.outcome;
  return html`<${Dialog} title=${said.title(view.ticket.number)} onCancel=${onCancel} onOk=${send} ready=${!refused || reason.trim() !== ""} ok=${said.ok}>
    <${Choices} cls="one" numbered label=${said.title("")} value=${outcome} onPick=${setOutcome}
      items=${["done", "accepted", "refused", ...(steps ? ["last"] : [])].map((each) => [each, html`<span><b>${said[each][0]}</b><br /><span class="q">${said[each][1]}</span></span>`])} />
    ${refused
      ? html`<h3>${said.reason}</h3>
          <input ref=${field} value=${reason} maxlength=${NOTE_LENGTH} aria-label=${said.reason} onInput=${(event) => setReason(event.target.value)} />
          <${Choices} label=${said.reason} items=${said.reasons.map((each) => [each, each])} value=${reason} onPick=${setReason} />`
      : html`<h3>${said.case}</h3>
          <input value=${case_} maxlength="64" autocomplete="off" aria-label=${said.case} onInput=${(event) => setCase(event.target.value)} />`}
  </${Dialog}>`;
}

/** How long and why: onSend({"reason", "until"}). `inMinutes(m)` is the hall's ISO time in m minutes. */
export function Pause({ reasons = words.pause.reasons, inMinutes, onSend, onCancel }) {
  const [reason, setReason] = useState(reasons[0]);
  const [span, setSpan] = useState(words.pause.spans[0]);
  const until = span ? inMinutes(span) : "";
  const spans = [...words.pause.spans.map((each) => [each, words.minutesLong(each)]), [0, words.pause.open]];
  return html`<${Dialog} title=${words.pause.title} onCancel=${onCancel} onOk=${() => onSend({ reason, until: until || null })}>
    <h3>${words.pause.reason}</h3>
    <${Choices} label=${words.pause.reason} items=${reasons.map((each) => [each, each])} value=${reason} onPick=${setReason} />
    <h3>${words.pause.until}</h3>
    <${Choices} label=${words.pause.until} items=${spans} value=${span} onPick=${setSpan} />
    <p class="q">${until ? words.pause.back(until.slice(11, 16)) : ""} </p>
  </${Dialog}>`;
}
