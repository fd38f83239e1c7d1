// What every kiosk page has: the head with hall, machine and clock, and the foot of five keys.
import { html, useEffect, useState } from "/static/shared/vendor/htm-preact.module.js";
import { Icon, Num } from "/static/shared/parts.js";
import { nameOf, t } from "./words.js";

export const Mark = () => html`<img class="mark" src="/static/shared/mark.svg" alt="" />`;

/** The hall's date; the digits are the hall's whatever zone this machine is in. */
function dateOf(clock, lang) {
  if (lang === "zh" || !clock.now()) return clock.date();
  const form = { timeZone: "UTC", weekday: "short", day: "numeric", month: "short" };
  return new Intl.DateTimeFormat("en-GB", form).format(clock.now());
}

const CLOCK_DRAWN_EVERY_MS = 1000;

/** The hall's time, drawn on from the last view's. */
function Time({ clock }) {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((n) => n + 1), CLOCK_DRAWN_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return html`<time class="n">${clock.time()}</time>`;
}

export function Head({ view, clock, lang }) {
  const machine = [view.name, view.floor && t("floor", { floor: view.floor })].filter(Boolean).join(" · ");
  return html`<header class="top">
    <${Mark} /><b class="hall">${nameOf(view.hall)}</b><span class="sp"></span>
    <span class="machine q">${machine}<br />${dateOf(clock, lang)}</span>
    <${Time} clock=${clock} />
  </header>`;
}

/** The upper half in the low layout: calls to look at, nothing to touch. */
export function CallsAbove({ calls, hall, clock }) {
  return html`<section class="up" data-medium="board" aria-live="polite">
    <div class="row"><b>${nameOf(hall)}</b><span class="sp"></span><${Time} clock=${clock} /></div>
    <p class="q">${calls.length ? t("calling_now") : t("no_calls")}</p>
    ${calls.slice(0, 3).map(
      (call, i) => html`<div key=${call.call} class="call ${i === 0 ? "on-lamp" : ""}">
        <${Num} number=${call.number} /><${Icon} name="i-arrow" />
        <span class="row"><b class="n">${call.window_name || call.window}</b><small>${t("window_of")}</small></span>
      </div>`,
    )}
    <p class="q reach">${t("reach")}</p>
  </section>`;
}

const Key = ({ icon, word, on, off, help, onClick }) =>
  html`<button
    class="${help ? "help" : ""} ${on ? "on" : ""}"
    aria-pressed=${on === undefined ? undefined : on}
    aria-disabled=${off || undefined}
    onClick=${onClick}
  >
    <${Icon} name=${icon} /><span>${word}</span>
  </button>`;

/** `settings` is {large, low, voice, lang}; `set` takes the settings that change. */
export function Foot({ settings, set, hasVoice, callStaff, say }) {
  const { large, low, voice, lang } = settings;
  // a screen that lies wide is within reach as it is
  const wide = matchMedia("(orientation: landscape)").matches;
  const toggleLow = () => (wide ? say(t("low_already")) : set({ low: !low }));
  const toggleVoice = () => (hasVoice ? set({ voice: !voice }) : say(t("no_voice")));
  return html`<footer class="foot">
    <${Key}
      icon="i-large-type"
      word=${large ? t("standard_type") : t("large")}
      on=${large}
      onClick=${() => set({ large: !large })}
    />
    <${Key}
      icon="i-low-reach"
      word=${low ? t("standard_height") : t("low")}
      on=${low}
      off=${wide}
      onClick=${toggleLow}
    />
    <${Key} icon="i-sound" word=${t("voice")} on=${voice} off=${!hasVoice} onClick=${toggleVoice} />
    <${Key}
      icon="i-language"
      word=${t("other_language")}
      onClick=${() => set({ lang: lang === "zh" ? "en" : "zh" })}
    />
    <${Key} help icon="i-call-staff" word=${t("staff")} onClick=${callStaff} />
  </footer>`;
}

/** A ring that empties with the time left; the number of seconds stands in it. */
export function Ring({ left, of }) {
  const round = 2 * Math.PI * 33;
  return html`<svg class="ring" viewBox="0 0 76 76" role="img" aria-label=${`${Math.ceil(left / 1000)} s`}>
    <circle cx="38" cy="38" r="33" class="track" />
    <circle
      cx="38"
      cy="38"
      r="33"
      transform="rotate(-90 38 38)"
      stroke-dasharray=${round}
      stroke-dashoffset=${round * (1 - Math.max(0, left) / of)}
    />
    <text x="38" y="49" text-anchor="middle">${Math.ceil(Math.max(0, left) / 1000)}</text>
  </svg>`;
}
