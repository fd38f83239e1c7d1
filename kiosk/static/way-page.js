// 怎么走 on the phone: from the kiosk where the number was taken, else from the door, to the zone or the window that called.
import { html, useState } from "/static/shared/vendor/htm-preact.module.js";
import { Icon } from "/static/shared/parts.js";
import { goalOf, lengthOf, Pictures, Steps, useWay } from "./plan/way.js";
import { t } from "./words.js";

const TYPE = 46; // thousandths of the picture's width: 16 px on a phone of 390

/** The key that asks for it; nothing in a hall without a plan. */
export const WayKey = ({ view, ask }) =>
  view.ways ? html`<button class="btn" data-act="way" onClick=${ask}><${Icon} name="i-way" />${t("how_to_go")}</button>` : null;

export function WayPage({ view, back }) {
  const [stepFree, only] = useState(false);
  const { way, problem } = useWay({ kiosk: view.kiosk, window: view.called?.window, zone: view.zone.id }, stepFree);
  return html`<main class="way-page">
    <button class="quiet back" data-act="way-back" onClick=${back}><${Icon} name="i-back" />${view.number}</button>
    <h1>${way ? goalOf(way) : problem || t("loading")}</h1>
    ${way &&
    html`<p class="q">${lengthOf(way)}</p><p class="q">${t(way.kiosk ? "way_from_kiosk" : "way_from_door")}</p>
      <${Steps} way=${way} /><${Pictures} key=${stepFree} way=${way} type=${TYPE} here=${t(way.kiosk ? "kiosk_here" : "way_in")} />
      ${(stepFree || !way.step_free) && html`<button class="btn" aria-pressed=${stepFree} data-act="step-free" onClick=${() => only(!stepFree)}>${t(stepFree ? "way_any" : "way_no_steps")}</button>`}`}
  </main>`;
}
