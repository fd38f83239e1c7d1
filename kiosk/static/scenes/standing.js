// 号票状态: where the ticket stands whose code was scanned; who missed the call is back with one press.
import { api, html, newId, socket, useEffect, useRef, useState, watch } from "/static/shared/live.js";
import { Icon, Num } from "/static/shared/parts.js";
import { Back } from "./services.js";
import { areaOf, nameOf, noWindow, sentenceOf, spoken, t } from "../words.js";

const lines = (text) => text.split("\n").map((line) => html`${line}<br />`);
const KNOWN = new Set(["waiting", "called", "arrived", "serving", "held", "missed", "finished", "abandoned"]);

/** [what stands, what to do], in a sentence each. */
function told(view) {
  const state = KNOWN.has(view.state) ? view.state : "finished";
  const window = view.called?.window_name || view.called?.window || view.window_name || "";
  const where = view.zone.floor ? t("go_floor", { floor: view.zone.floor, zone: areaOf(view.zone) }) : t("go", { zone: areaOf(view.zone) });
  const why = { waiting: where, held: t("state_held"), missed: t("missed_why"), finished: t("finished_why"), abandoned: t("abandoned_why") };
  return [t(state === "missed" ? "missed" : state === "held" ? "held" : `state_${state}`, { n: view.ahead ?? 0, window }), why[state] ?? ""];
}

/** The ticket's own view; null until it is there, false when there is no such ticket today. */
function useTicket(token) {
  const [view, setView] = useState(null);
  useEffect(() => {
    setView(null);
    const end = watch("ticket", token, setView);
    socket.emit("watch", { view: "ticket", of: token }, (answer) => answer?.status === 404 && setView(false));
    return end;
  }, [token]);
  return view;
}

export function Standing({ view: kiosk, scene, go }) {
  const view = useTicket(scene.token);
  const [problem, setProblem] = useState("");
  const id = useRef(newId());
  const comeBack = async () => {
    const answer = await api("POST", `tickets/${view.number}/return`, { token: scene.token }, id.current);
    if (answer.status >= 400 && answer.status < 500) id.current = newId();
    setProblem(answer.ok ? "" : sentenceOf(answer.body));
  };
  const back = html`<${Back} onClick=${() => go({ at: "home" })} />`;
  if (!view) {
    const [word, why] = view === false ? [t("no_such_ticket"), lines(t("no_such_ticket_why"))] : [t("loading"), ""];
    return html`<main class="stop standing"><div class="head">${back}<h1>${word}</h1></div><p class="lead">${why}</p></main>`;
  }
  const [word, why] = told(view);
  const waits = view.state === "waiting";
  return html`<main class="stop standing" data-state=${view.state}>
    <div class="head">${back}<div><p class="q">${nameOf({ name: view.service_name, name_en: view.service_name_en })}</p></div></div>
    <div class="big"><${Num} number=${view.number} /></div>
    <h1 aria-live="polite">${word}</h1>
    <p class="lead">${lines(why)}</p>
    ${waits && html`<div class="line"><div>${t("about")}<b>${view.estimate ? spoken(view.estimate) : noWindow(view, view.now) || t("unknown")}</b></div></div>`}
    ${problem && html`<p class="failed" role="alert"><${Icon} name="i-alarm" />${problem}</p>`}
    <span class="sp"></span>
    ${kiosk.ways && view.ways && html`<button class="btn way-key" data-act="way" onClick=${() => go({ at: "way", zone: view.zone.id, window: view.called?.window, number: view.number, from: scene })}><${Icon} name="i-way" />${t("how_to_go")}</button>`}
    ${view.state === "missed"
      ? html`<button class="btn main" data-act="return" onClick=${comeBack}>${t("missed_back")}<${Icon} name="i-arrow" /></button>`
      : html`<button class="btn main" data-act="home" onClick=${() => go({ at: "home" })}>${t("home")}</button>`}
  </main>`;
}
