// 领取办件: the case number, for a service whose tickets may name one; who has none passes it over.
import { html, useEffect, useState } from "/static/shared/vendor/htm-preact.module.js";
import { CASE_KEYS, Entry } from "./entry.js";
import { useTake } from "./take.js";
import { t } from "../words.js";

const SIZES = [32]; // the departments' numbers have no shape in common: one group
const ROOM = 20; // a field of few characters is as large as one of so many

/** `scene.id`: the visitor also types an ID number, on the page that follows; `scene.scanned`: {text}, a code that was scanned here. */
export function Collect({ view, services, scene, paperless, go, typed, type, person }) {
  const service = services.find((each) => each.id === scene.service);
  const text = typed.case ?? scene.case ?? "";
  const [refusal, refused] = useState(null);
  const [state, ask] = useTake({
    taken: (ticket) => go({ at: "done", ticket, service: service.id, paperless }),
    outOfPaper: () => go({ at: "paper", then: { ...scene, case: text } }),
    refused,
  });
  const typing = (now) => {
    type("case", now);
    refused(null);
  };
  const who = service.person !== "none" && person?.as;
  const done = (text) => {
    if (scene.id && !who) return go({ ...scene, at: "person", case: text });
    return ask("tickets", { service: service.id, ...who, ...(text && { case: text }), ...(!paperless && { kiosk: view.kiosk }) });
  };
  useEffect(() => {
    if (!scene.scanned) return;
    const scanned = scene.scanned.text.toUpperCase().slice(0, SIZES[0]);
    type("case", scanned);
    done(scanned);
  }, [scene.scanned]);
  const word = t(!text ? "case_skip" : scene.id ? "rate_next" : "take");
  return html`<${Entry} title=${t("case_title")} how=${t("case_how")} text=${text} sizes=${SIZES} keys=${CASE_KEYS} room=${Math.max(ROOM, text.length + 1)}
    onText=${typing} ready word=${word} onDone=${() => done(text)} busy=${state === "asking"} failed=${state === "failed"} refusal=${refusal}
    back=${() => go({ ...scene, at: "confirm", case: text })} />`;
}
