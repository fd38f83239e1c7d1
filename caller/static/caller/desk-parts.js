// The parts of the desk around the ticket: the head, who may be called, who is apart, the keys, the bar of 80 px.
import { html } from "/static/shared/live.js";
import { Icon, Num, Tile, wallClock } from "/static/shared/parts.js";
import { keysOf, undoOf } from "./keys.js";
import { told, words } from "./words.js";

const AUTO_AFTER_S = 20; // switched on by hand where the config has no time for the window
const FINISHED_SHOWN = 4;
const MISSED_SHOWN = 5;
const HELD_SHOWN = 4;

const minutes = (seconds) => Math.max(0, Math.round(seconds / 60));

function Receipts({ receipts, ticket }) {
  if (ticket?.state !== "called" || !receipts) return null;
  const line = (done, yes, no) => html`<span class=${done ? "" : "q"}>${done && html`<${Icon} name="i-check" />`}${done ? yes : no}</span>`;
  return html`<span class="rc">
    ${receipts.panel !== null && line(receipts.panel, words.shown.panel, words.notShown.panel)}
    ${receipts.bar !== null && line(receipts.bar, words.shown.bar, words.notShown.bar)}
    ${receipts.voice !== null && line(receipts.voice, words.shown.voice(receipts.voice), words.notShown.voice)}
  </span>`;
}

export function Top({ view, time, demo }) {
  const [today, n, cases] = words.today(view.today.finished);
  const [mean, m, unit] = words.mean(minutes(view.today.mean_s ?? 0));
  return html`<header class="top">
    <span class="n w">${view.name}</span><span>${words.windowLabel}</span><i class="cut"></i>
    ${view.clerk && html`<span class="p"><${Icon} name="i-person" /><b>${view.clerk.name}</b><span class="q">${view.clerk.staff_no}</span></span>`}
    <span class="q">${today} <b>${n}</b> ${cases}${view.today.mean_s ? html` · ${mean} <b>${m}</b> ${unit}` : ""}</span>
    ${demo && html`<span class="demo">${words.demo}</span>`}<span class="sp"></span>
    <${Receipts} receipts=${view.receipts} ticket=${view.ticket} /><span class="n time">${time}</span>
  </header>`;
}

const Title = ({ text, n }) => html`<h2><span>${text}</span>${n !== undefined && html`<b class="n">${n}</b>`}</h2>`;

/** Whether the window calls by itself, and after how long. */
function AutoSwitch({ view, act }) {
  if (!view.auto || view.state === "closed") return null;
  const { seconds } = view.auto;
  return html`<button class="bell" aria-pressed=${seconds > 0} onClick=${() => act("auto", { seconds: seconds ? 0 : AUTO_AFTER_S })}>
    <${Icon} name="i-clock" />${seconds ? words.auto.on(seconds) : words.auto.off}</button>`;
}

function Waiting({ view, bell, act, draw }) {
  const [here, waiting] = words.waitingHere;
  const ring = () => {
    bell.toggle();
    draw();
  };
  return html`<section class="col" aria-label=${waiting}>
    <${Title} text=${`${here}　${waiting}`} n=${view.waiting} />
    ${view.queues.map((each) => html`<div class="li qu" key=${each.queue}>
      <${Tile} letters=${each.letters} /><span class="nm"><b>${each.name}</b><span class="q">${each.head ? words.head(each.head) : words.nobody}</span></span>
      <b class="n">${each.waiting}</b><span class="q">${each.waiting > 0 && words.longest(minutes(each.longest_s))}</span></div>`)}
    ${view.next && html`<${Title} text=${words.next} /><div class="next"><${Num} number=${view.next.number} />
      <span class="q">${told(view.next.why) || words.class[view.next.class]}<br />${view.next.service_name}</span></div>`}
    <div class="switches"><${AutoSwitch} view=${view} act=${act} />
    <button class="bell" onClick=${ring}><${Icon} name="i-sound" />${words.bell[bell.on ? "on" : "off"]}</button></div>
  </section>`;
}

function Apart({ view, since, act }) {
  const resume = view.can.includes("resume");
  const call = view.can.includes("call");
  return html`<section class="col" aria-label=${words.missed}>
    <${Title} text=${words.held} n=${view.held.length} />
    ${view.held.slice(0, HELD_SHOWN).map((each) => html`<button class="li" key=${each.number} disabled=${!resume} onClick=${() => act("resume", { number: each.number })}>
      <${Num} number=${each.number} /><span class="q">${words.minutes(minutes(since(each.since)))}</span><span class=${resume ? "" : "q"}>${words.resume}</span></button>`)}
    <${Title} text=${words.missed} n=${view.missed.length} />
    ${view.missed.slice(0, MISSED_SHOWN).map((each) => html`<div class="li missed" key=${each.number}>
      <button disabled=${!call} onClick=${() => act("call", { number: each.number })}><${Num} number=${each.number} /></button>
      ${each.returned ? html`<span>${words.returned}</span><span class="q">${words.afterMore(each.after)}</span>` : html`<span class="q">${wallClock(each.since).time}</span><button class="back" data-back=${each.number} onClick=${() => act("return", { number: each.number })}>${words.isBack}</button>`}</div>`)}
    <${Title} text=${words.finished} />
    ${view.finished.slice(0, FINISHED_SHOWN).map((each) => html`<div class="li" key=${each.number}><${Num} number=${each.number} /><span class="q">${words.minutesLong(each.minutes)}</span><span class="q">${each.grade ? words.rated : words.unrated}</span></div>`)}
  </section>`;
}

export const Columns = (parts) => html`<${Waiting} ...${parts} /><${Apart} ...${parts} />`;

const textOf = ([group, name]) => words[group][name];
const Key = ({ it, locked, press }) =>
  html`<button class=${[it.main && "main", !it.can && "off"].filter(Boolean).join(" ")} aria-disabled=${!it.can || (it.main && locked)} data-act=${it.name} onClick=${() => press(it)}><span class="key">${it.key}</span>${textOf(it.label)}</button>`;

export const Keys = ({ view, locked, press }) =>
  html`<nav class="keys">${keysOf(view).map((it) => html`<${Key} key=${it.key} it=${it} locked=${locked} press=${press} />`)}</nav>`;

/** The same desk in 80 px, for the top edge of a screen that shows other software; F7 to F12 open their dialogs as bars. */
export function Strip({ view, age, locked, press }) {
  const { ticket } = view;
  const undo = undoOf(view);
  const keys = [...(undo.can ? [undo] : []), ...keysOf(view).filter((it) => !it.asks)];
  return html`<section class="strip" role="main">
    ${ticket && html`<div class="a ${ticket.state === "called" ? "on-lamp" : ""}"><${Num} number=${ticket.number} /></div>`}
    <div class="a wide"><b role="heading" aria-level="1">${words.state[ticket?.state ?? view.state]} <span class="n">${age}</span></b><span class="q">${ticket?.service_name ?? ""}</span></div>
    ${keys.map((it) => html`<${Key} key=${it.key} it=${it} locked=${locked} press=${press} />`)}
    <div class="a two"><span class="q">${words.waitingHere[1]}</span><b class="n">${view.waiting}</b><span class="q">${words.keys.next}</span><b class="n">${view.next?.number ?? "–"}</b></div>
  </section>`;
}
