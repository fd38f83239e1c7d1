// A wait as people say it, its digits large: "10–20 分钟"; and that nobody can say.
import { html } from "/static/shared/vendor/htm-preact.module.js";
import { spoken, t } from "./words.js";

const DIGITS = /(\d[\d.–]*)/;

/** `estimate` of a ticket, a queue or a zone, or null; `else` is said then, if there is something better to say. */
export const Range = ({ estimate, else: instead }) =>
  estimate
    ? html`<span class="range">${spoken(estimate).split(DIGITS).map((part, i) => (i % 2 ? html`<span key=${i} class="num">${part}</span>` : part))}</span>`
    : html`<span class="word">${instead || t("unknown")}</span>`;
