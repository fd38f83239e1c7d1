// 代取号: reception takes a number for somebody, of any class; and who is at windows that the file has no more.
import { html, useState } from "/static/shared/live.js";
import { Num, Tile } from "/static/shared/parts.js";
import { Choices, Dialog } from "./dialog.js";
import { english, words } from "./words.js";

const MATCHES_SHOWN = 5;
const LOST_SHOWN = 4;
const CLASSES = ["normal", "care", "urgent"];
const AT_WORK = new Set(["called", "arrived", "serving"]);
const ANYWAY = new Set(["not_open", "last_ticket_over"]);

/** May staff give the number all the same? */
export const mayTakeAnyway = (code) => ANYWAY.has(code);

const nameOf = (it) => (english && it.name_en) || it.name;

/** Which service, of which class, for whom: onSend({"service", "class", "person"}). */
export function TakeFor({ services, onSend, onCancel }) {
  const [sought, seek] = useState("");
  const [picked, pick] = useState("");
  const [klass, setClass] = useState("normal");
  const [person, setPerson] = useState("");
  const said = words.reception.take;
  const wish = sought.trim().toLowerCase();
  const found = services.filter((it) => !wish || `${it.id} ${it.name} ${it.name_en ?? ""} ${it.initials ?? ""}`.toLowerCase().includes(wish));
  const chosen = found.find((it) => it.id === picked) ?? (found.length === 1 ? found[0] : null);
  const needs = chosen?.person === "required";
  const ready = Boolean(chosen) && (!needs || person.trim() !== "");
  const send = () => onSend({ service: chosen.id, class: klass, ...(person.trim() && { person: person.trim().toUpperCase() }) });
  const down = (event) => {
    if (event.key !== "ArrowDown" || !found.length) return;
    event.preventDefault();
    pick((chosen ?? found[0]).id);
    event.target.closest("[role=dialog]").querySelector("[role=radio][tabindex='0']").focus();
  };
  return html`<${Dialog} title=${said.title} ok=${said.ok} ready=${ready} onOk=${send} onCancel=${onCancel}>
    <input value=${sought} placeholder=${said.find} aria-label=${said.find} autocomplete="off" onKeyDown=${down} onInput=${(event) => { seek(event.target.value); pick(""); }} />
    <${Choices} cls="one" label=${said.find} items=${found.slice(0, MATCHES_SHOWN).map((it) => [it.id, html`<${Tile} letters=${it.letters} /><span>${nameOf(it)}</span>`])} value=${chosen?.id} onPick=${pick} />
    <p class="q">${found.length === 0 ? said.none : found.length > MATCHES_SHOWN ? said.more(found.length - MATCHES_SHOWN) : " "}</p>
    <h3>${said.class}</h3>
    <${Choices} label=${said.class} items=${CLASSES.map((each) => [each, words.class[each]])} value=${klass} onPick=${setClass} />
    ${chosen && chosen.person !== "none" && html`<h3>${needs ? said.needs : said.person}</h3>
      <input class="n" value=${person} maxlength="24" autocomplete="off" aria-label=${said.person} onInput=${(event) => setPerson(event.target.value)} />`}
  </${Dialog}>`;
}

/** Each with what may be done: back to waiting at the old place, or finished when it was at the window. */
export function Lost({ lost, locked, onLost }) {
  const said = words.reception.lost;
  const button = (it, name) => html`<button aria-disabled=${locked} data-lost=${`${name} ${it.number}`} onClick=${() => locked || onLost(it, name)}>${said[name]}</button>`;
  return html`<div class="lost" role="status" aria-label=${said.title}>
    <h2><span>${said.title}</span><b class="n">${lost.length}</b></h2>
    ${lost.slice(0, LOST_SHOWN).map(
      (it) => html`<div class="lo" key=${it.number}>
        <${Num} number=${it.number} /><span class="nm"><b>${said.at(it.window_name, said.states[it.state])}</b><span class="q">${it.service_name}</span></span>
        <span class="two">${button(it, "put-back")}${AT_WORK.has(it.state) && button(it, "finish")}</span>
      </div>`,
    )}
    ${lost.length > LOST_SHOWN && html`<p class="q">${said.more(lost.length - LOST_SHOWN)}</p>`}
  </div>`;
}
