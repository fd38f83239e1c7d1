// The left of the desk: the ticket at the window with all that the clerk should know of it, or that nobody is there.
import { html } from "/static/shared/live.js";
import { Num, wallClock } from "/static/shared/parts.js";
import { undoOf } from "./keys.js";
import { told, words } from "./words.js";

const LONG_FACT = 14; // characters that no longer fit one of three columns
const minutes = (seconds) => Math.max(0, Math.round(seconds / 60));

function Nobody({ view }) {
  const more = words.idleMore;
  const state = view.state === "closed" || view.state === "paused" ? view.state : "open";
  const hint = state !== "open" ? more[state] : view.rating ? more.rating(view.rating.number) : view.can.includes("next") ? more.open : more.nobody;
  return html`<h1>${words.idle[state]}</h1><p class="q">${hint}</p>`;
}

/** The last step, while it may be taken back: what it was, how long still, and its key. */
function Undo({ view, until, locked, press }) {
  const it = undoOf(view);
  const left = view.undo ? until(view.undo.until) : 0;
  if (!it.can || !left) return null;
  const what = words.undo.what[view.undo.what] ?? "";
  return html`<div class="undo">
    <span>${words.undo.says(what, view.undo.number)}</span><span class="q">${words.undo.left(left)}</span>
    <button data-act="undo" aria-disabled=${locked} onClick=${() => press(it)}><span class="key">${it.key}</span>${words.undo.key}</button>
  </div>`;
}

function Ticket({ view, age }) {
  const { ticket } = view;
  const called = ticket.state === "called";
  const facts = [
    [words.facts.class, words.class[ticket.class] ?? ticket.class],
    [words.facts.waited, words.minutes(minutes(ticket.waited_s))],
    [words.facts.taken, wallClock(ticket.taken_at).time],
    ticket.slot && [words.facts.slot, ticket.slot],
    ticket.case && [words.facts.case, ticket.case],
  ].filter(Boolean);
  return html`
    <div class="lit ${called ? "on-lamp" : ""}">
      <span class="st"><b>${words.state[ticket.state]}</b>${called && html`<span class="q">${words.times(ticket.again)}</span>`}<b class="n">${age}</b>${called && ticket.recalls_left === 0 && html`<span class="q">${words.noRecall}</span>`}${called && ticket.recalls_first > 0 && html`<span class="q">${words.recallsFirst(ticket.recalls_first)}</span>`}</span>
      <${Num} number=${ticket.number} />
    </div>
    <h1>${ticket.service_name}</h1>
    ${ticket.note && html`<p class="note"><b>${words.noteOf(ticket.note.from)}</b><span>${ticket.note.text}</span></p>`}
    <div class="facts">${facts.map(([name, value]) => html`<div key=${name} class=${[...String(value)].length > LONG_FACT ? "long" : ""}>${name}<b>${value}</b></div>`)}
      <div class="why">${words.facts.why}<b>${told(ticket.why)}</b></div></div>
    ${ticket.materials.length > 0 && html`<div class="mat"><b>${words.materials}</b><ul>${ticket.materials.map((each) => html`<li key=${each}>${each}</li>`)}</ul></div>`}`;
}

export function Current(parts) {
  return html`<section class="cur ${parts.view.ticket ? "" : "none"}" role="main">
    <div class="all ${parts.view.ticket?.note ? "dense" : ""}">${parts.view.ticket ? html`<${Ticket} ...${parts} />` : html`<${Nobody} ...${parts} />`}</div>
    <${Undo} ...${parts} />
  </section>`;
}
