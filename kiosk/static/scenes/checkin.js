// 预约取号: by the booking's code or by the ID number it was booked with; the booking becomes a ticket.
import { html, useState } from "/static/shared/vendor/htm-preact.module.js";
import { CODE_KEYS, Entry } from "./entry.js";
import { IdEntry } from "./person.js";
import { useTake } from "./take.js";
import { t } from "../words.js";

const SIZES = [4, 4];

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
    go({ ...scene, by });
  };
  const typing = (field) => (text) => {
    type(field, text);
    refused(null);
  };
  const shared = { word: t("check_in"), busy: state === "asking", failed: state === "failed", refusal, back: () => go({ at: "home" }) };
  if (scene.by === "person") {
    const aside = html`<button class="w" onClick=${other("code")}>${t("by_code")}</button>`;
    return html`<${IdEntry} key="person" title=${t("check_in_title")} how=${t("id_how")} id=${typed.person} onText=${typing("person")} aside=${aside}
      onId=${(person) => ask("bookings/check-in", { person, ...where })} ...${shared} />`;
  }
  const aside = html`<button class="w" onClick=${other("person")}>${t("by_id")}</button>`;
  return html`<${Entry} key="code" title=${t("check_in_title")} how=${t("check_in_how")} text=${code} sizes=${SIZES} keys=${CODE_KEYS} onText=${typing("code")}
    ready=${code.length === 8} onDone=${() => ask(`bookings/${code}/check-in`, where)} aside=${aside} ...${shared} />`;
}
