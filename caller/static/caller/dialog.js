// The frame of the desk's dialogs, and choices that the keyboard moves through. Enter does it, Esc leaves.
import { html, useRef } from "/static/shared/live.js";
import { useLayoutEffect } from "/static/shared/vendor/htm-preact.module.js";
import { words } from "./words.js";

const FIELD = "[data-first], input, [role=radio][tabindex='0'], .choice, .do";

/** `onOk` may be left out; `ok` and `cancel` are what the two keys say when it is not 确定 and 取消. */
export function Dialog({ title, onCancel, onOk, ready = true, ok = words.dialog.ok, cancel = words.dialog.cancel, children }) {
  const box = useRef();
  useLayoutEffect(() => box.current.querySelector(FIELD)?.focus(), []);
  const keyed = (event) => {
    event.stopPropagation();
    const pressed = /^[1-9]$/.test(event.key) && event.target.tagName !== "INPUT" && box.current.querySelector(`[data-digit="${event.key}"]`);
    if (event.key === "Escape") onCancel();
    else if (pressed) {
      event.preventDefault(); // or the digit is typed into the field of the dialog that opens
      if (!event.repeat) pressed.click();
    }
    // a choice says yes to Enter by its dialog; every other button presses itself
    else if (event.key === "Enter" && onOk && (event.target.tagName !== "BUTTON" || event.target.role === "radio")) {
      event.preventDefault();
      if (ready && !event.repeat) onOk();
    } else if (/^F\d+$/.test(event.key)) event.preventDefault();
  };
  return html`<div class="veil" onKeyDown=${keyed}>
    <div class="dialog" ref=${box} role="dialog" aria-modal="true" aria-label=${title}>
      <h2>${title}</h2>
      ${children}
      <div class="ends">
        <button type="button" class="plain" onClick=${onCancel}><span class="key">${words.dialog.cancelKey}</span>${cancel}</button>
        ${onOk && html`<button type="button" class="do" disabled=${!ready} onClick=${onOk}><span class="key">${words.dialog.okKey}</span>${ok}</button>`}
      </div>
    </div>
  </div>`;
}

/** A button of a menu: pressed by its digit too. */
export const Item = ({ digit, off, onPick, children }) =>
  html`<button type="button" class="choice ${off ? "flat" : ""}" data-digit=${digit} aria-disabled=${off || undefined} onClick=${() => off || onPick()}>
    ${digit && html`<span class="key">${digit}</span>`}${children}</button>`;

/** One of some: the arrows choose, Tab goes on, and with `numbered` a digit chooses. `items` are [value, what it says]. */
export function Choices({ label, items, value, onPick, numbered, cls = "" }) {
  const box = useRef();
  const at = items.findIndex(([each]) => each === value);
  const moved = useRef(false);
  useLayoutEffect(() => {
    if (moved.current) box.current.querySelector("[aria-checked=true]")?.focus();
    moved.current = false;
  }, [value]);
  const keyed = (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step || !items.length) return;
    event.preventDefault();
    moved.current = true;
    onPick(items[(Math.max(at, step > 0 ? -1 : 0) + step + items.length) % items.length][0]);
  };
  return html`<div class="choices ${cls}" ref=${box} role="radiogroup" aria-label=${label} onKeyDown=${keyed}>
    ${items.map(([each, says], i) => html`<button type="button" key=${i} class="choice ${each === value ? "on" : ""}" role="radio"
      aria-checked=${each === value} tabindex=${i === Math.max(0, at) ? 0 : -1} data-digit=${numbered ? i + 1 : undefined} onClick=${() => onPick(each)}>
      ${numbered && html`<span class="key">${i + 1}</span>`}${says}</button>`)}
  </div>`;
}
