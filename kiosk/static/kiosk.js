// 取号机: one page of scenes. What is shown follows the kiosk's live view, the link, and where the visitor is.
import { api, html, onLink, OFFLINE_SHOWN_AFTER_MS, render, socket, useEffect, useRef, useState, watch } from "/static/shared/live.js";
import { HallClock } from "/static/shared/parts.js";
import { CallsAbove, Foot, Head, Ring } from "./frame.js";
import { CheckIn } from "./scenes/checkin.js";
import { Collect } from "./scenes/collect.js";
import { Confirm } from "./scenes/confirm.js";
import { Done } from "./scenes/done.js";
import { Home } from "./scenes/home.js";
import { Person } from "./scenes/person.js";
import { Progress } from "./scenes/progress.js";
import { Search, ZoneServices } from "./scenes/services.js";
import { Standing } from "./scenes/standing.js";
import { Closed, Offline, PaperOut, Said } from "./scenes/stops.js";
import { Way } from "./scenes/way.js";
import { answerTo, useShown, useWedge } from "./shown.js";
import { IDLE_ANSWER_MS, IDLE_ASKED_AFTER_MS, TICK_MS, TOAST_SHOWN_MS, inMode } from "./times.js";
import { hasVoice, readFocus, say, titleOf } from "./voice.js";
import { speak, t, useWords } from "./words.js";

const SCENES = { home: Home, zone: ZoneServices, search: Search, confirm: Confirm, person: Person, collect: Collect, checkin: CheckIn, done: Done, progress: Progress, ticket: Standing, way: Way };
const NEEDS_NO_PAPER = new Set(["done", "progress", "ticket", "way"]);
const STANDARD = { large: false, low: false, voice: false, lang: "zh" };
const NOTHING_TYPED = {};
const hallClock = new HallClock();

/** The kiosk's live view, the services, the panel's calls; `missing` when the hall has no such kiosk. */
function useHall(kiosk) {
  const [hall, set] = useState({ view: null, services: null, calls: [], missing: false });
  const merge = (part) => set((now) => ({ ...now, ...part }));
  useEffect(() => {
    const join = (id) => {
      watch("kiosk", id, (view) => {
        hallClock.set(view.now);
        merge({ view });
      });
      watch("panel", "hall", ({ calls }) => merge({ calls }));
      socket.emit("watch", { view: "kiosk", of: id }, (told) => merge({ missing: told?.status === 404 }));
    };
    let joined = Boolean(kiosk);
    if (kiosk) join(kiosk);
    const read = async () => {
      const services = await api("GET", "services");
      if (services.ok) merge({ services: services.body });
      if (joined) return;
      const first = (await api("GET", "kiosks")).body?.[0];
      joined = Boolean(first);
      if (first) join(first.id);
    };
    if (socket.connected) read();
    socket.on("connect", read); // after a reconnect the hall may have other services
    return () => socket.off("connect", read);
  }, []);
  return hall;
}

/** {online, lost}: `lost` is the Date since when, once it has lasted long enough to be worth saying. */
function useLink() {
  const [link, setLink] = useState({ online: true, since: null });
  const [, tick] = useState(0);
  useEffect(() => onLink((now) => setLink({ online: now.online || !now.since, since: now.since })), []);
  useEffect(() => {
    if (link.online) return undefined;
    const timer = setInterval(() => tick((n) => n + 1), TICK_MS);
    return () => clearInterval(timer);
  }, [link.online]);
  const long = link.since && Date.now() - link.since.getTime() >= OFFLINE_SHOWN_AFTER_MS;
  return { online: link.online, lost: long ? link.since : null };
}

/** Milliseconds left to answer "还在吗？", or null; `over()` when nobody did. */
function useIdle({ watched, large, shown, over }) {
  const touched = useRef(performance.now());
  const [left, setLeft] = useState(null);
  useEffect(() => {
    const touch = () => {
      touched.current = performance.now();
      setLeft(null);
    };
    touch();
    if (!watched) return undefined;
    const events = ["pointerdown", "keydown"];
    for (const name of events) addEventListener(name, touch, true);
    const answer = inMode(IDLE_ANSWER_MS, large);
    const timer = setInterval(() => {
      const rest = touched.current + inMode(IDLE_ASKED_AFTER_MS, large) + answer - performance.now();
      if (rest <= 0) over();
      else setLeft(rest <= answer ? rest : null);
    }, TICK_MS);
    return () => {
      clearInterval(timer);
      for (const name of events) removeEventListener(name, touch, true);
    };
  }, [watched, large, shown]);
  return left;
}

const StillThere = ({ left, large }) =>
  html`<div class="over" role="alertdialog" aria-label=${t("still_there")}>
    <div class="ask">
      <${Ring} left=${left} of=${inMode(IDLE_ANSWER_MS, large)} />
      <h1>${t("still_there")}</h1>
      <p class="lead">${t("home_in", { n: Math.ceil(left / 1000) })}</p>
      <button class="btn main" autofocus>${t("continue")}</button>
    </div>
  </div>`;

function Kiosk({ kiosk }) {
  const lang = useWords();
  const { view, services, calls, missing } = useHall(kiosk);
  const { online, lost } = useLink();
  const [scene, setScene] = useState({ at: "home" });
  // what stands in the fields outlives a stop of printer or link that hides them, but not the page it was typed on
  const [typed, setTyped] = useState(NOTHING_TYPED);
  const [settings, setSettings] = useState(STANDARD);
  // whose card was laid here, {as, name}: known until a number was taken or the visitor has left
  const [person, setPerson] = useState(null);
  const [paperless, setPaperless] = useState(false);
  const [toast, setToast] = useState("");
  const [staffCalled, setStaffCalled] = useState(false);
  const page = useRef();

  const set = (change) => setSettings((now) => ({ ...now, ...change }));
  const go = (next) => {
    if (next.at !== scene.at && next.at !== "paper") setTyped(NOTHING_TYPED);
    if (next.at === "home") setPaperless(false);
    if (next.at === "home") setStaffCalled(false);
    if (next.at === "done" || scene.at === "done") setPerson(null);
    // after a ticket the next visitor begins with the standard page, unless the same one takes another
    if (next.at === "home" && scene.at === "done" && !next.again) setSettings(STANDARD);
    setScene(next);
  };
  const leave = () => {
    setSettings(STANDARD);
    setPerson(null);
    go({ at: "home" });
  };
  const show = (it, at = scene) => {
    const answer = answerTo(it, at);
    if (answer.say) setToast(t(answer.say));
    if (answer.to) go(answer.to);
    if (answer.person) setPerson(answer.person);
    if (answer.to && scene.at === "done") setSettings(STANDARD); // the next visitor does not touch "done" first
  };
  useShown(view?.shown, Boolean(view && services), show);
  useWedge(
    () => ({ scene, typed }),
    (text, before) => {
      // what the scanner has typed into a field is taken out of it again
      setScene(before.scene);
      setTyped(before.typed);
      if (services) show({ kind: "code", text }, before.scene);
    },
  );
  const standard = JSON.stringify(settings) === JSON.stringify(STANDARD);
  const left = useIdle({
    watched: scene.at !== "done" && (scene.at !== "home" || !standard || person !== null),
    large: settings.large,
    shown: view?.shown?.id,
    over: leave,
  });

  useEffect(() => speak(settings.lang), [settings.lang]);
  useEffect(() => {
    document.documentElement.dataset.mode = settings.large ? "large" : "";
    document.documentElement.dataset.reach = settings.low ? "low" : "";
  }, [settings.large, settings.low]);
  useEffect(() => {
    if (lost && scene.at !== "done" && typed === NOTHING_TYPED) go({ at: "home" });
  }, [Boolean(lost)]);
  useEffect(() => {
    if (scene.at === "paper" && view && !view.printer.stops) setScene(scene.then);
  }, [view?.printer.stops]);
  useEffect(() => {
    if (!toast) return undefined;
    const timer = setTimeout(() => setToast(""), TOAST_SHOWN_MS);
    return () => clearTimeout(timer);
  }, [toast]);
  useEffect(() => (settings.voice ? readFocus(lang) : undefined), [settings.voice, lang]);
  useEffect(() => {
    if (settings.voice && page.current) say(titleOf(page.current), lang);
  }, [settings.voice, lang, scene.at, scene.by, scene.service, scene.zone]);

  const callStaff = async () => {
    const { ok } = await api("POST", `kiosks/${view.kiosk}/staff`, {});
    setStaffCalled(ok);
    setToast(ok ? t("staff_called") : t("staff_not_called"));
  };

  if (missing) return html`<${Said} word=${t("unknown_kiosk")} why=${t("unknown_kiosk_why")} />`;
  if (!view || !services) return html`<${Said} word=${lost ? t("offline") : t("loading")} />`;
  const printless = view.printer.state === "none" || paperless;
  const draw = () => {
    const type = (field, text) => setTyped((now) => ({ ...now, [field]: text }));
    const about = { view, services, settings, scene, paperless: printless, online: !lost, go, typed, type, person, forget: () => setPerson(null) };
    if (lost && scene.at !== "done" && scene.at !== "progress")
      return html`<${Offline} since=${lost} view=${view} go=${go} kept=${typed !== NOTHING_TYPED} />`;
    const stuck = !printless && view.printer.stops;
    if ((stuck && !NEEDS_NO_PAPER.has(scene.at)) || scene.at === "paper") {
      const goOn = () => {
        setPaperless(true);
        if (scene.at === "paper") setScene(scene.then);
      };
      return html`<${PaperOut} view=${view} goOn=${goOn} callStaff=${callStaff} staffCalled=${staffCalled} />`;
    }
    if (scene.at === "home" && view.zones.every((zone) => !zone.open)) return html`<${Closed} view=${view} services=${services} go=${go} />`;
    return html`<${SCENES[scene.at]} key=${`${scene.at} ${scene.service ?? scene.zone ?? ""}`} ...${about} />`;
  };
  return html`<div class="kiosk" ref=${page}>
    ${settings.low
      ? html`<${CallsAbove} calls=${calls} hall=${view.hall} clock=${hallClock} />`
      : html`<${Head} view=${view} clock=${hallClock} lang=${lang} />`}
    ${draw()}
    ${paperless && scene.at !== "done" && html`<p class="strip"><b>${t("paperless")}</b></p>`}
    ${person && html`<p class="strip known"><b>${t(person.name ? "card_known" : "person_known", person)}</b><button class="btn" data-act="forget" onClick=${leave}>${t("not_me")}</button></p>`}
    ${toast && html`<p class="toast" role="status">${toast}</p>`}
    <${Foot} settings=${settings} set=${set} hasVoice=${hasVoice()} callStaff=${callStaff} say=${setToast} />
    ${left !== null && html`<${StillThere} left=${left} large=${settings.large} />`}
  </div>`;
}

render(html`<${Kiosk} kiosk=${document.body.dataset.kiosk} />`, document.getElementById("page"));
