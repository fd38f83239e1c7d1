// 谢谢: shown for some seconds after a rating, then the screen rests.
import { html, useEffect, useState } from "/static/shared/vendor/htm-preact.module.js";
import { Num } from "/static/shared/parts.js";
import { TICK_MS } from "./times.js";
import { t } from "./words.js";

export function Thanks({ number, line, left }) {
  return html`<main class="thanks">
    <svg class="sign" viewBox="0 0 132 132" aria-hidden="true">
      <circle cx="66" cy="66" r="60" /><path d="M36 68l21 21 40-44" />
    </svg>
    <h1>${t("thanks")}</h1>
    <p>${t("thanks_why").split("\n").map((each) => html`${each}<br />`)}</p>
    <p class="ft">
      <${Num} number=${number} /><span>${line}</span><span class="sp"></span><span class="n">${left}</span> ${t("sleeps_in")}
    </p>
  </main>`;
}

/** After `ms` since `from`, nothing more; the seconds left meanwhile. */
export function useSecondsLeft(from, ms, over) {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    if (from === null) return undefined;
    const tell = () => {
      const rest = from + ms - performance.now();
      setLeft(Math.max(0, Math.ceil(rest / 1000)));
      if (rest <= 0) over();
    };
    tell();
    const timer = setInterval(tell, TICK_MS);
    return () => clearInterval(timer);
  }, [from]);
  return left;
}
