// 怎么走: the way from this kiosk to where one waits, or to the window that has called.
import { html, useState } from "/static/shared/vendor/htm-preact.module.js";
import { Icon, Num } from "/static/shared/parts.js";
import { Back } from "./services.js";
import { goalOf, lengthOf, Pictures, Steps, useWay } from "../plan/way.js";
import { t } from "../words.js";

const TYPE = { standard: 30, large: 46 };
const FLAT_WIDE_TYPE = 42; // the plan is smaller on a screen that lies wide

/** `scene` is {zone} or {window}, `number` of the ticket if there is one, and `from`, the scene to go back to. */
export function Way({ view, settings, scene, go }) {
  const [stepFree, only] = useState(false);
  const { way, problem } = useWay({ kiosk: view.kiosk, window: scene.window, zone: scene.zone }, stepFree);
  const wide = matchMedia("(orientation: landscape)").matches;
  const leave = () => go(scene.from ?? { at: "home" });
  const head = html`<div class="head">
    <${Back} onClick=${leave} />${scene.number && html`<${Num} number=${scene.number} />`}
    <div><h1>${way ? goalOf(way) : problem || t("loading")}</h1>${way && html`<p class="q">${lengthOf(way)}</p>`}</div>
  </div>`;
  const acts = html`<div class="way-acts">
    ${way && (stepFree || !way.step_free) && html`<button class="btn" aria-pressed=${stepFree} data-act="step-free" onClick=${() => only(!stepFree)}><${Icon} name="i-low-reach" />${t(stepFree ? "way_any" : "way_no_steps")}</button>`}
    <button class="btn main" data-act="way-done" onClick=${leave}><${Icon} name="i-check" />${t("way_done")}</button>
  </div>`;
  return html`<main class="way-page" data-floors=${way?.floors.length}>
    ${head}${way ? html`<${Steps} way=${way} /><${Pictures} key=${stepFree} way=${way} type=${settings.large ? TYPE.large : TYPE.standard} flatType=${wide ? FLAT_WIDE_TYPE : TYPE.standard} />` : html`<span class="sp"></span>`}${acts}
  </main>`;
}
