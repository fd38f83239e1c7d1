// 身份证号: asked for where a service needs it, or to check a booking in. It is shown masked and kept nowhere.
import { html, useEffect, useState } from "/static/shared/vendor/htm-preact.module.js";
import { rightId } from "../codes.js";
import { DOCUMENT_KEYS, Entry, ID_KEYS } from "./entry.js";
import { useTake } from "./take.js";
import { nameOf, t } from "../words.js";

const SIZES = [6, 4, 4, 4];
const LENGTH = 18;
const DOCUMENT = { sizes: [20], shortest: 5 }; // passports, permits, the older permanent residence cards: no shape in common

/** All but the last four as stars: others stand behind. */
const masked = (id) => "*".repeat(Math.max(0, id.length - 4)) + id.slice(-4);

/** The number `id`, typed: `onText(id)` with each key, `onId(id)` when it is whole and right. */
export function IdEntry({ title, how, word, busy, failed, refusal, id = "", onId, onText, back, aside }) {
  const [open, setOpen] = useState(false);
  const [turned, turn] = useState(false);
  const other = turned || /[A-WYZ]/.test(id); // a letter is on no ID card but the last X
  const wrong = !other && id.length === LENGTH && !rightId(id);
  const look = html`<button class="w" aria-pressed=${open} onClick=${() => setOpen(!open)}>${t(open ? "id_hide" : "id_show")}</button>`;
  const flip = () => {
    turn(!other);
    onText("");
  };
  const kind = html`<button class="w" data-act="document" onClick=${flip}>${t(other ? "id_card" : "id_other")}</button>`;
  const ready = other ? id.length >= DOCUMENT.shortest : id.length === LENGTH && !wrong;
  return html`<${Entry} key=${other} title=${title} how=${how} word=${word} text=${id} shown=${open ? id : masked(id)} sizes=${other ? DOCUMENT.sizes : SIZES} keys=${other ? DOCUMENT_KEYS : ID_KEYS}
    onText=${onText} ready=${ready} onDone=${() => onId(id)} busy=${busy} failed=${failed}
    refusal=${wrong ? { sentence: t("id_wrong") } : refusal} back=${back} aside=${html`${look}${kind}${aside}`} />`;
}

/** Before a number that needs it: the black key of the page before, with the ID number typed, or `scene.who`'s card laid here. */
export function Person({ view, services, scene, paperless, go, typed, type }) {
  const service = services.find((each) => each.id === scene.service);
  const [refusal, refused] = useState(null);
  const [state, ask] = useTake({
    taken: (ticket) => go({ at: "done", ticket, service: service.id, paperless }),
    outOfPaper: () => go({ at: "paper", then: scene }),
    refused,
  });
  const take = (who) => ask("tickets", { service: service.id, ...who, ...(scene.case && { case: scene.case }), ...(!paperless && { kiosk: view.kiosk }) });
  const typing = (text) => {
    type("person", text);
    refused(null);
  };
  useEffect(() => {
    if (!scene.who) return;
    refused(null);
    take(scene.who.as);
  }, [scene.who]);
  return html`<${IdEntry} title=${t(view.reader ? "id_title_reader" : "id_title")} how=${nameOf(service)} word=${t("take")} busy=${state === "asking"} failed=${state === "failed"}
    refusal=${refusal} id=${typed.person} onText=${typing} onId=${(person) => take({ person })} back=${() => go({ ...scene, at: service.collection ? "collect" : "confirm" })} />`;
}
