// 身份证号: asked for where a service needs it, or to check a booking in. It is shown masked and kept nowhere.
import { html, useState } from "/static/shared/vendor/htm-preact.module.js";
import { Entry, ID_KEYS } from "./entry.js";
import { useTake } from "./take.js";
import { nameOf, t } from "../words.js";

const SIZES = [6, 4, 4, 4];
const LENGTH = 18;
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS = "10X98765432";

/** Is it a citizen's number as GB 11643 checks it? A slip of the finger is told here, not at the window. */
export function rightId(id) {
  if (!/^\d{17}[\dX]$/.test(id)) return false;
  const sum = WEIGHTS.reduce((all, weight, i) => all + weight * Number(id[i]), 0);
  return CHECKS[sum % 11] === id[17];
}

/** All but the last four as stars: others stand behind. */
const masked = (id) => "*".repeat(Math.max(0, id.length - 4)) + id.slice(-4);

/** The number `id`, typed: `onText(id)` with each key, `onId(id)` when it is whole and right. */
export function IdEntry({ title, how, word, busy, failed, refusal, id = "", onId, onText, back, aside }) {
  const [open, setOpen] = useState(false);
  const wrong = id.length === LENGTH && !rightId(id);
  const look = html`<button class="w" aria-pressed=${open} onClick=${() => setOpen(!open)}>${t(open ? "id_hide" : "id_show")}</button>`;
  return html`<${Entry} title=${title} how=${how} word=${word} text=${id} shown=${open ? id : masked(id)} sizes=${SIZES} keys=${ID_KEYS}
    onText=${onText} ready=${id.length === LENGTH && !wrong} onDone=${() => onId(id)} busy=${busy} failed=${failed}
    refusal=${wrong ? { sentence: t("id_wrong") } : refusal} back=${back} aside=${html`${look}${aside}`} />`;
}

/** Before a number that needs it: the same question as the black key of the page before, with the ID number. */
export function Person({ view, services, scene, paperless, go, typed, type }) {
  const service = services.find((each) => each.id === scene.service);
  const [refusal, refused] = useState(null);
  const [state, ask] = useTake({
    taken: (ticket) => go({ at: "done", ticket, service: service.id, paperless }),
    outOfPaper: () => go({ at: "paper", then: scene }),
    refused,
  });
  const take = (person) => ask("tickets", { service: service.id, person, ...(scene.case && { case: scene.case }), ...(!paperless && { kiosk: view.kiosk }) });
  const typing = (text) => {
    type("person", text);
    refused(null);
  };
  return html`<${IdEntry} title=${t("id_title")} how=${nameOf(service)} word=${t("take")} busy=${state === "asking"} failed=${state === "failed"}
    refusal=${refusal} id=${typed.person} onText=${typing} onId=${take} back=${() => go({ ...scene, at: service.collection ? "collect" : "confirm" })} />`;
}
