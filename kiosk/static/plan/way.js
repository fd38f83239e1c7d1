// The way from here: how far, in sentences, and as pictures. The kiosk's page and the phone's draw it from the same answer.
import { html, useEffect, useMemo, useState } from "/static/shared/vendor/htm-preact.module.js";
import { Icon } from "/static/shared/parts.js";
import { api } from "/static/shared/live.js";
import { Flat } from "./flat.js";
import { Oblique } from "./oblique.js";
import { timing } from "./shapes.js";
import { areaOf, sentenceOf, t, told } from "../words.js";

const SIGNS = { straight: "i-arrow", right: "i-arrow", back: "i-arrow", left: "i-arrow", lift: "i-lift", stairs: "i-stairs", escalator: "i-stairs" };

/** {way} or {problem} once the hub has answered; `to` is {kiosk, window, zone}. */
export function useWay(to, stepFree) {
  const [answer, set] = useState({});
  useEffect(() => {
    let wanted = true;
    const asked = new URLSearchParams({ kiosk: to.kiosk || "", step_free: stepFree, ...(to.window ? { window: to.window } : { zone: to.zone }) });
    api("GET", `ways?${asked}`).then(({ ok, body }) => wanted && set(ok ? { way: body } : { problem: sentenceOf(body) }));
    return () => {
      wanted = false;
    };
  }, [to.kiosk, to.window, to.zone, stepFree]);
  return answer;
}

/** 去 2 楼社保区, or to the window. */
export const goalOf = (way) =>
  way.window
    ? t("way_to_window", { floor: way.floor, window: way.window_name })
    : t("way_to_zone", { floor: way.floor, zone: areaOf(way.zone) });

export const lengthOf = (way) =>
  [t("way_length", way), t(way.step_free ? "way_step_free" : "way_stairs")].join(t("way_comma"));

// a line ends behind a clause, if it can, and a number stays with its unit
const clauses = (text) => text.replace(/(\d) (?=\S)| (?=\d)/g, "$1\u00a0").split(/(?<=[\uff0c,]\s?)(?!\s)/);

export const Steps = ({ way }) => html`<ol class="way-steps" style=${{ "--steps": way.steps.length }}>
  ${way.steps.map((step, i) => html`<li key=${i} class=${i === way.steps.length - 1 ? "last" : ""}>
    <span class="k q"><span class=${`sign ${step.sign}`}><${Icon} name=${SIGNS[step.sign]} /></span>${t("step_n", { n: i + 1 })}</span>
    <span class="say">${clauses(told(step)).map((clause) => html`<span>${clause}</span>`)}</span>
  </li>`)}
</ol>`;

/** The pictures: `type` is the size of their words, in thousandths of their width; `here` the word where it begins. */
export function Pictures({ way, type, flatType = type, here }) {
  const times = useMemo(() => timing(way), [way]);
  const last = way.floors.find((floor) => floor.goal);
  return html`<div class="way-oblique"><${Oblique} way=${way} times=${times} type=${type} id="way-oblique" bare=${type > 40} here=${here} /></div>
    <section class="way-flat">
      <p class="cap"><b>${t("plan_of", { floor: last.floor })}</b><span class="sp"></span><span class="q">${t("windows", way)}</span></p>
      <${Flat} floor=${last} times=${times} type=${flatType} id="way-flat" here=${here} />
    </section>`;
}
