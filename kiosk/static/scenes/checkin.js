// 预约取号: by the booking's code or by the ID number it was booked with; the booking becomes a ticket.
import { html, useEffect, useState } from "/static/shared/vendor/htm-preact.module.js";
import { CODE_KEYS, Entry } from "./entry.js";
import { IdEntry } from "./person.js";
import { useTake } from "./take.js";
import { t } from "../words.js";

const SIZES = [4, 4];

/** `scene.who` a card that was laid here, `scene.scanned` {code}: asked for at once. */
export function CheckIn({ view, scene, paperless, go, typed, type }) {
  const code = typed.code ?? "";
  const [refusal, refused] = useState(null);
  const [state, ask] = useTake({
    taken: (ticket) => go({ at: "done", ticket, service: ticket.service, paperless }),
    outOfPaper: () => go({ at: "paper", then: scene }),
    refused,
  });
  const where = paperless ? {} : { kiosk: view.kiosk };
  const other = (by) => () => {
    refused(null);
    go({ at: "checkin", by });
  };
  const typing = (field) => (text) => {
    type(field, text);
    refused(null);
  };
  const byCode = (code) => ask(`bookings/${code}/check-in`, where);
  const byPerson = (who) => ask("bookings/check-in", { ...who, ...where });
  useEffect(() => {
    refused(null);
    if (scene.scanned) type("code", scene.scanned.code);
    if (scene.scanned) byCode(scene.scanned.code);
    if (scene.who) byPerson(scene.who.as);
  }, [scene.who, scene.scanned]);
  const shared = { word: t("check_in"), busy: state === "asking", failed: state === "failed", refusal, back: () => go({ at: "home" }) };
  if (scene.by === "person") {
    const aside = html`<button class="w" onClick=${other("code")}>${t("by_code")}</button>`;
    return html`<${IdEntry} key="person" title=${t("check_in_title")} how=${t(view.reader ? "id_how_reader" : "id_how")} id=${typed.person} onText=${typing("person")} aside=${aside}
      onId=${(person) => byPerson({ person })} ...${shared} />`;
  }
  const aside = html`<button class="w" onClick=${other("person")}>${t("by_id")}</button>`;
  return html`<${Entry} key="code" title=${t("check_in_title")} how=${t(view.scanner ? "check_in_how_scanner" : "check_in_how")} text=${code} sizes=${SIZES} keys=${CODE_KEYS} onText=${typing("code")}
    ready=${code.length === 8} onDone=${() => byCode(code)} aside=${aside} ...${shared} />`;
}
