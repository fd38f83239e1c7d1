// A page on which something is typed: a large field, keys for a finger, and the black key that says what it does.
import { html, useLayoutEffect, useRef } from "/static/shared/vendor/htm-preact.module.js";
import { Icon, Num } from "/static/shared/parts.js";
import { Back } from "./services.js";
import { t } from "../words.js";

// without 0 and O, 1 and I, as the hall makes its codes
export const CODE_KEYS = ["ABCDEFGH", "JKLMNPQR", "STUVWXYZ", "23456789"];
export const ID_KEYS = ["123", "456", "789", "X0"];
export const DOCUMENT_KEYS = ["1234567890", "QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM"];
export const CASE_KEYS = ["1234567890", "QWERTYUIOP", "ASDFGHJKL-", "ZXCVBNM/"];

/** "K7QM4XPD" in groups of four, as it is printed and read aloud. */
export const inGroups = (text, sizes) => {
  const groups = [];
  let at = 0;
  for (const size of sizes) {
    if (at < text.length) groups.push(text.slice(at, at + size));
    at += size;
  }
  return groups;
};

/** Keys typed on a keyboard, or by a reader that types, go where the fingers' keys go. */
function useTyping(keys, type, erase, done) {
  useLayoutEffect(() => {
    const typed = (event) => {
      const key = event.key.toUpperCase();
      if (event.key === "Backspace") erase();
      else if (event.key === "Enter" && event.target.tagName !== "BUTTON") done();
      else if (key.length === 1 && keys.some((line) => line.includes(key))) type(key);
    };
    addEventListener("keydown", typed);
    return () => removeEventListener("keydown", typed);
  });
}

/** What the hub said no to: the sentence, the number it speaks of, and that no number was used. */
const Refusal = ({ refusal }) => html`<div class="refusal plain" role="alert">
  ${refusal.facts?.number && html`<${Num} number=${refusal.facts.number} />`}<b>${refusal.sentence}</b>
</div>`;

/**
 * `text` is typed in `sizes` groups with `keys`; `onText(text)` changes it, `onDone()` is the black key, `ready` whether it can
 * be pressed; `shown` is how the field shows the text (masked), `aside` a further key, `room` the characters the field has room for.
 */
export function Entry({ title, how, text, sizes, keys, onText, ready, word, onDone, busy, failed, refusal, back, shown = text, aside, room }) {
  const most = sizes.reduce((sum, size) => sum + size, 0);
  const now = useRef(text); // a reader types faster than the page is drawn
  now.current = text;
  const put = (typed) => {
    now.current = typed;
    onText(typed);
  };
  const type = (key) => now.current.length < most && put(now.current + key);
  const erase = () => put(now.current.slice(0, -1));
  const done = () => ready && !busy && onDone();
  useTyping(keys, type, erase, done);
  const narrow = keys[0].length < 5;
  return html`<main class="entry">
    <div class="head">
      <${Back} onClick=${back} />
      <div><h1>${title}</h1><p class="q">${how}</p></div>
    </div>
    <div class="typed" aria-live="polite" aria-label=${text} style=${{ "--chars": room ?? most + sizes.length }}>
      ${inGroups(shown, sizes).map((group, i) => html`<span key=${i} class="n">${group}</span>`)}<i class="caret"></i>
    </div>
    ${refusal && html`<${Refusal} refusal=${refusal} />`}
    ${failed && html`<p class="failed" role="alert"><${Icon} name="i-alarm" />${t("failed")}</p>`}
    <div class="kb ${narrow ? "pad" : "code"}">
      ${keys.map((line, i) => html`<div key=${line}>
        ${[...line].map((key) => html`<button key=${key} onClick=${() => type(key)}>${key}</button>`)}
        ${narrow && i === keys.length - 1 && html`<button class="w" aria-label=${t("delete")} disabled=${!text} onClick=${erase}><${Icon} name="i-delete" /></button>`}
      </div>`)}
      <div>
        ${aside}
        <button class="w" disabled=${!text} onClick=${() => put("")}><${Icon} name="i-clear" />${t("clear")}</button>
        ${!narrow && html`<button class="w" disabled=${!text} onClick=${erase}><${Icon} name="i-delete" />${t("delete")}</button>`}
      </div>
    </div>
    <button class="btn main" data-act="done" disabled=${!ready} aria-busy=${busy} onClick=${done}>${word}<${Icon} name="i-arrow" /></button>
  </main>`;
}
