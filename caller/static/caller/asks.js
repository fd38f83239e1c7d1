// When the hub asks back: the same act goes through once the clerk has read what it means and says yes.
import { html } from "/static/shared/live.js";
import { Num } from "/static/shared/parts.js";
import { Dialog, Item } from "./dialog.js";
import { words } from "./words.js";

const SAYS_YES_TO = new Set(["clerk_elsewhere", "other_clerk", "visitors_left"]);

/** Is this refusal a question? */
export const mayConfirm = (code) => SAYS_YES_TO.has(code);

/** Who is left when a window or a zone closes: a line for each queue, with its numbers. */
const Left = ({ left }) => html`<div class="left">
  ${left.map((each) => html`<div key=${each.queue} class="lq">
    <b>${each.name}</b><span class="q">${words.ask.waits(each.waiting, each.held ?? 0)}</span>
    <span class="ns">${each.numbers.map((number) => html`<${Num} key=${number} number=${number} />`)}${each.waiting + (each.held ?? 0) > each.numbers.length && html`<span class="q">${words.ask.more}</span>`}</span>
  </div>`)}
</div>`;

/** `asked` is {code, sentence, facts} of the refusal; onYes() sends the same act again with "confirm"; `asks` are the words. */
export function Confirm({ asked, asks = words.ask, onYes, onCancel }) {
  const said = asks[asked.code];
  const left = asked.facts?.left ?? [];
  return html`<${Dialog} title=${said.title(asked.facts ?? {})} ok=${said.yes} cancel=${said.no} onCancel=${onCancel} onOk=${onYes}>
    <p class="why">${said.why(asked.facts ?? {}, asked.sentence)}</p>
    ${left.length > 0 && html`<${Left} left=${left} />`}
  </${Dialog}>`;
}

/** What is done now and then, each by its digit. `acts` are [{name, off}]. */
export function More({ acts, onPick, onCancel }) {
  return html`<${Dialog} title=${words.more.title} onCancel=${onCancel}>
    <div class="choices one">
      ${acts.map((each, i) => html`<${Item} key=${each.name} digit=${i + 1} off=${each.off} onPick=${() => onPick(each.name)}><span>${each.text ?? words.more[each.name]}</span></${Item}>`)}
    </div>
  </${Dialog}>`;
}
