// Before desk and reception: which window, and the token. Kept in sessionStorage: gone when the page is closed.
import { html, useState } from "/static/shared/live.js";
import { Tile } from "/static/shared/parts.js";
import { words } from "./words.js";

const keyOf = (window) => `hallcall.token.${window}`;
export const keptToken = (window) => sessionStorage.getItem(keyOf(window)) ?? "";
export const keepToken = (window, token) => sessionStorage.setItem(keyOf(window), token);
export const forgetToken = (window) => sessionStorage.removeItem(keyOf(window));

export const Windows = ({ windows }) => html`<main class="door">
  <h1>${words.choose}</h1>
  <nav>${windows.map((each) => html`<a href=${`/desk?window=${encodeURIComponent(each.window)}`}><${Tile} letters=${each.zone} /><b class="n">${each.name}</b><span>${words.windowLabel}</span></a>`)}</nav>
</main>`;

/** `command` is how the administrator makes the token. */
export function AskToken({ title, command, wrong, onToken }) {
  const [token, setToken] = useState("");
  const enter = (event) => {
    event.preventDefault();
    if (token.trim()) onToken(token.trim());
  };
  return html`<main class="door"><form onSubmit=${enter}>
    <h1>${title}</h1>
    <p>${words.token.say}</p>
    <code>${command}</code>
    <label>${words.token.label}<textarea rows="3" value=${token} spellcheck=${false} autofocus onInput=${(event) => setToken(event.target.value)} /></label>
    ${wrong && html`<p class="refused" role="alert">${words.token.bad}</p>`}
    <button class="do">${words.token.go}</button>
  </form></main>`;
}
