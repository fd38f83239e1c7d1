// The left of the desk: the ticket at the window with all that the clerk should know of it, or that nobody is there.
import { html } from "/static/shared/live.js";
import { Num, wallClock } from "/static/shared/parts.js";
import { undoOf } from "./keys.js";
import { told, words } from "./words.js";

const LONG_FACT = 14; // characters that no longer fit one of three columns
const minutes = (seconds) => Math.max(0, Math.round(seconds / 60));

/** What an idle clerk may do now, in a sentence. */
function hintOf(view, state) {
  const more = words.idleMore;
  if (state !== "open") return more[state];
  if (view.rating) return more.rating(view.rating.number);
  if (view.can.includes("next")) return more.open;
  return { finishing: more.finishing, closed: more.over }[view.hours?.state] ?? more.nobody;
}

/** The window calls by itself: how long still, and the key that stops it. */
function Auto({ view, until, act }) {
  const { seconds, at } = view.auto ?? {};
  if (!seconds || !at) return null;
  return html`<div class="auto" role="status"><b class="n">${until(at)}</b><span>${words.auto.soon}</span>
    <button data-act="auto" onClick=${() => act("auto", { seconds: 0 })}><span class="key">Esc</span>${words.auto.stop}</button></div>`;
}

function Nobody(parts) {
  const { view } = parts;
  const state = view.state === "closed" || view.state === "paused" ? view.state : "open";
  const { reason, until: back } = view.paused ?? {};
  const pause = [reason, back && words.pause.until_(wallClock(back).time)].filter(Boolean).join(" · ");
  return html`<h1>${words.idle[state]}</h1>
    ${pause && html`<p><b>${pause}</b></p>`}
    <p class="q">${hintOf(view, state)}</p>
    <${Auto} ...${parts} />`;
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

/** 一票到底: which step this is, and where the ticket goes by itself when it is done. */
function Steps({ view }) {
  const { visit } = view.ticket;
  if (!visit || visit.steps.length < 2) return null;
  const names = new Map((view.all_queues ?? view.queues).map((each) => [each.queue, each.name]));
  const then = visit.next.map((queue) => names.get(queue) ?? queue).join("、");
  return html`<div class="why">${words.visit.step(visit.step, visit.steps.length)}<b>${visit.steps[visit.step - 1].name}${then && html`<span class="q">　${words.visit.then(then)}</span>`}</b></div>`;
}

function Ticket({ view, age }) {
  const { ticket } = view;
  const called = ticket.state === "called";
  const facts = [
    [words.facts.class, words.class[ticket.class] ?? ticket.class],
    [words.facts.waited, words.minutes(minutes(ticket.waited_s))],
    [words.facts.taken, wallClock(ticket.taken_at).time],
    ticket.slot && [words.facts.slot, wallClock(ticket.slot).time],
    ticket.case && [words.facts.case, ticket.case],
    ticket.accepted && [words.facts.accepted, words.accepted(ticket.accepted)],
  ].filter(Boolean);
  return html`
    <div class="lit ${called ? "on-lamp" : ""}">
      <span class="st"><b>${words.state[ticket.state]}</b>${called && html`<span class="q">${words.times(ticket.again)}</span>`}<b class="n">${age}</b>${called && ticket.recalls_left === 0 && html`<span class="q">${words.noRecall}</span>`}${called && ticket.recalls_first > 0 && html`<span class="q">${words.recallsFirst(ticket.recalls_first)}</span>`}</span>
      <${Num} number=${ticket.number} />
    </div>
    <h1>${ticket.service_name}</h1>
    ${ticket.note && html`<p class="note"><b>${words.noteOf(ticket.note.from)}</b><span>${ticket.note.text}</span></p>`}
    <div class="facts">${facts.map(([name, value]) => html`<div key=${name} class=${[...String(value)].length > LONG_FACT ? "long" : ""}>${name}<b>${value}</b></div>`)}
      <${Steps} view=${view} />
      <div class="why">${words.facts.why}<b>${told(ticket.why)}</b></div></div>
    ${ticket.materials.length > 0 && html`<div class="mat"><b>${words.materials}</b><ul>${ticket.materials.map((each) => html`<li key=${each}>${each}</li>`)}</ul></div>`}`;
}

export function Current(parts) {
  return html`<section class="cur ${parts.view.ticket ? "" : "none"}" role="main">
    <div class="all ${parts.view.ticket?.note ? "dense" : ""}">${parts.view.ticket ? html`<${Ticket} ...${parts} />` : html`<${Nobody} ...${parts} />`}</div>
    <${Undo} ...${parts} />
  </section>`;
}
