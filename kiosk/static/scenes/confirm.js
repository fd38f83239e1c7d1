// 一次性告知: what it takes, before the number is taken; the black button says what it does.
import { html, useState } from "/static/shared/vendor/htm-preact.module.js";
import { Icon, Num, Tile } from "/static/shared/parts.js";
import { Paged } from "../paging.js";
import { Back } from "./services.js";
import { useTake } from "./take.js";
import { areaOf, isLong, mayTake, nameOf, noTicketsWhy, noWindow, spoken, t, told } from "../words.js";

/** What and in which form: "身份证原件", "身份证（原件）" are ["身份证", "原件"]; a line that does not say has "". */
export function splitMaterial(line) {
  const found = /^(.+?)[（(]([^（）()]{1,16})[)）]$/.exec(line) ?? /^(.{2,}?)(原件|复印件)$/.exec(line);
  return found ? [found[1], found[2]] : [line, ""];
}

const Fact = ({ word, children }) => html`<div>${word}<b>${children}</b></div>`;

export function Confirm({ view, services, settings, scene, paperless, go, person, forget }) {
  const service = services.find((each) => each.id === scene.service);
  const queue = view.queues[service.queue];
  const zone = view.zones.find((each) => each.id === service.zone);
  const [refusal, setRefusal] = useState(null);
  const refused = (why) => {
    if (why.code === "card_gone") forget(); // the card must be laid once more
    setRefusal(why);
  };
  const [state, ask] = useTake({
    taken: (ticket) => go({ at: "done", ticket, service: service.id, paperless }),
    outOfPaper: () => go({ at: "paper", then: scene }),
    refused,
  });
  const who = service.person !== "none" && person?.as;
  const on = { service: service.id, from: scene.from, case: scene.case };
  const withId = () => go({ ...on, at: service.collection ? "collect" : "person", id: true });
  const take = () => {
    if (service.person === "required" && !who) return withId();
    if (service.collection) return go({ ...on, at: "collect" });
    return ask("tickets", { service: service.id, ...who, ...(!paperless && { kiosk: view.kiosk }) });
  };
  const may = mayTake(queue);
  const shut = noWindow(queue, view.now);
  const materials = service.materials ?? [];
  const where = [areaOf(zone), t("floor", { floor: zone?.floor }), queue?.windows && t("windows", queue)];
  const word = paperless ? t("take_on_phone") : materials.length ? t("take_with_materials") : t("take");
  return html`<main class="confirm">
    <div class="head">
      <${Back} onClick=${() => go(scene.from ?? { at: "home" })} />
      <${Tile} letters=${queue?.letters ?? service.letters} />
      <div>
        <h1 class=${isLong(nameOf(service)) ? "long" : ""}>${nameOf(service)}</h1>
        <p class="q">${where.filter(Boolean).join(" · ")}</p>
      </div>
    </div>
    <div class="facts">
      <${Fact} word=${t("waits")}>${queue?.waiting ? t("waits_n", { n: queue.waiting }) : t(shut ? "ahead_none" : "no_wait")}<//>
      <${Fact} word=${t("about")}>
        ${queue?.estimate ? spoken(queue.estimate) : shut || t("unknown")}
      <//>
      ${queue?.few_left && html`<${Fact} word=${t("left")}>${t("left_n", { n: queue.left })}<//>`}
      ${service.time_limit && html`<${Fact} word=${t("time_limit")}>${service.time_limit}<//>`}
      ${service.fee && html`<${Fact} word=${t("fee")}>${service.fee}<//>`}
    </div>
    ${materials.length
      ? html`<div class="row bring">
            <h2>${t("check_materials")}</h2>
            <span class="sp"></span><span class="q">${t("told_once")}</span>
          </div>
          <${Paged}
            items=${materials.map((line, i) => ({ line, i }))}
            cls="materials"
            large=${settings.large}
            resets=${service.id}
            draw=${({ line, i }) => {
              const [what, form] = splitMaterial(line);
              return html`<div key=${i} class="m">
                <span class="num">${i + 1}</span><b>${what}</b><span>${form}</span>
              </div>`;
            }}
          />`
      : html`<p class="tip"><${Icon} name="i-document" /><span>${t("no_materials")}</span></p>
          <span class="sp"></span>`}
    ${refusal &&
    html`<div class="refusal" role="alert">
      ${refusal.facts?.number && html`<${Num} number=${refusal.facts.number} />`}
      <b>${refusal.sentence}</b><span class="q">${t("no_number_taken")}</span>
      <button class="btn" onClick=${() => go(scene.from ?? { at: "home" })}>${t("refused_choose")}</button>
    </div>`}
    ${!may && !refusal && html`<p class="tip shut"><${Icon} name="i-clock" /><span>${noTicketsWhy(queue)}</span></p>`}
    ${may && shut && !refusal && html`<p class="tip no-window"><${Icon} name="i-clock" /><span>${t("take_all_the_same", { sentence: told(queue.no_window.sentence) })}</span></p>`}
    ${may && service.person === "optional" && !who && html`<button class="btn with-id" data-act="with-id" onClick=${withId}><${Icon} name="i-id-card" />${t("with_id")}</button>`}
    ${state === "failed" && html`<p class="failed" role="alert"><${Icon} name="i-alarm" />${t("failed")}</p>`}
    <button class="btn main" data-act="take" disabled=${!may} aria-busy=${state === "asking"} onClick=${take}>
      ${state === "asking" ? t("taking") : word}<${Icon} name="i-arrow" />
    </button>
  </main>`;
}
