// Small parts that every page draws the same way: the ticket number with its tile, icons, clocks.
import { html } from "/static/shared/vendor/htm-preact.module.js";

const TILE_LETTERS = "ABCDEFGHJKLM";
const ZONE_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ";

/** The class that carries a letter's colour: z-a … z-m; from the 13th letter the colours begin again, outlined. */
export function zoneClass(letters) {
  const at = ZONE_LETTERS.indexOf((letters || "A")[0].toUpperCase());
  const index = at < 0 ? 0 : at;
  return `z-${TILE_LETTERS[index % 12].toLowerCase()}${index >= 12 ? " again" : ""}`;
}

export const splitNumber = (number) => /^([A-Z]*)(.*)$/.exec(number || "").slice(1);

export const Tile = ({ letters, style }) =>
  html`<span class="tile ${zoneClass(letters)}" style=${style}><span>${letters}</span></span>`;

/** A ticket number, never broken: its letters in the tile, its digits beside. */
export function Num({ number, style }) {
  const [letters, digits] = splitNumber(number);
  return html`<span class="no ${zoneClass(letters)}" style=${style} aria-label=${number}
    >${letters && html`<span class="tile"><span>${letters}</span></span>`}<b>${digits}</b></span
  >`;
}

// The icons stand in the page itself: a page that has lost the hub draws new ones, and could not fetch them.
fetch("/static/shared/icons.svg")
  .then((answer) => answer.text())
  .then((text) => document.body.prepend(new DOMParser().parseFromString(text, "image/svg+xml").documentElement));

export const Icon = ({ name, style }) =>
  html`<svg class="i" style=${style} aria-hidden="true"><use href=${`#${name}`} /></svg>`;

const WEEKDAYS = ["日", "一", "二", "三", "四", "五", "六"];

/** The hall's wall clock from an ISO time with zone: the digits are the hall's, whatever zone this machine is in. */
export function wallClock(iso) {
  const [, year, month, day, hour, minute, second] = /(\d+)-(\d+)-(\d+)T(\d+):(\d+):(\d+)/.exec(iso);
  const weekday = new Date(Date.UTC(+year, +month - 1, +day)).getUTCDay();
  return { year: +year, month: +month, day: +day, hour, minute, second, weekday, time: `${hour}:${minute}` };
}

/** Ticks the hall's clock on from the last ISO time seen, with no trust in this machine's date. */
export class HallClock {
  #base = null;
  #at = 0;
  set(iso) {
    const found = /^(\d+)-(\d+)-(\d+)T(\d+):(\d+):([\d.]+)/.exec(iso || "");
    if (!found) return;
    const [, y, mo, d, h, mi, s] = found;
    this.#base = Date.UTC(+y, +mo - 1, +d, +h, +mi, +s);
    this.#at = performance.now();
  }
  now() {
    return this.#base === null ? null : new Date(this.#base + performance.now() - this.#at);
  }
  time() {
    return this.now()?.toISOString().slice(11, 16) ?? "";
  }
  seconds() {
    return this.now()?.toISOString().slice(11, 19) ?? "";
  }
  date() {
    const now = this.now();
    return now ? `${now.getUTCMonth() + 1}月${now.getUTCDate()}日 星期${WEEKDAYS[now.getUTCDay()]}` : "";
  }
}

export const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
