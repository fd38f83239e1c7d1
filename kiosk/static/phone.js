// The ticket on the phone: paper while one waits, the whole page the lamp when called, five faces when finished.
import { html, OFFLINE_SHOWN_AFTER_MS, onLink, render, socket, useEffect, useRef, useState, watch } from "/static/shared/live.js";
import { clock, HallClock, Icon, Num, Tile, wallClock } from "/static/shared/parts.js";
import { canRing, hush, prepare, ring, ringOnce } from "./bell.js";
import { Faces, Reason } from "./grades.js";
import { useRating } from "./rating.js";
import { areaOf, minutes, nameOf, speak, t, useWords } from "./words.js";

const TRACK_PLACES = 12;
const AGE_DRAWN_EVERY_MS = 1000;
const hallClock = new HallClock();
const lines = (text) => text.split("\n").map((line) => html`${line}<br />`);
const service = (view) => nameOf({ name: view.service_name, name_en: view.service_name_en });

/** Who is still before you, as places on a line that ends at your tile. */
function Track({ ahead, letters }) {
  const gone = Math.max(0, TRACK_PLACES - ahead);
  return html`<div class="track" aria-hidden="true">
    ${Array.from({ length: TRACK_PLACES }, (_, i) => html`<i key=${i} class=${i < gone ? "" : "w"}></i>`)}
    <${Tile} letters=${letters} />
  </div>`;
}

function Waiting({ view, heard, tryRing }) {
  const { ahead, estimate, zone } = view;
  const letters = view.number.replace(/\d+$/, "");
  const place = { floor: zone.floor, zone: areaOf(zone) };
  return html`<main class="waiting">
    <h1>${service(view)}</h1>
    <${Num} number=${view.number} />
    <div class="two">
      <div>
        ${t("ahead")}<b>${ahead ? html`<span class="num">${ahead}</span> ${t("people")}` : t("ahead_none")}</b>
      </div>
      <div>
        ${t("about")}<b
          >${estimate
            ? html`<span class="num">${minutes(estimate.p50_s)}</span> ${t("about_n", { m: "" }).trim()}`
            : html`<span class="word">${t("unknown")}</span>`}</b
        >
      </div>
    </div>
    <${Track} ahead=${ahead} letters=${letters} />
    <p class="row q small">
      <span>${view.calling && t("now_at", { number: view.calling })}</span><span class="sp"></span><span>${t("you")}</span>
    </p>
    <div class="go">
      <b>${zone.floor ? t("go_floor", place) : t("go", place)}</b>
      <p class="q">
        ${view.windows ? t("page_rings", { windows: t("windows", view) }) : t("page_rings_short")}
      </p>
    </div>
    <span class="sp"></span>
    <button class="btn" data-act="ring" onClick=${tryRing}>
      <${Icon} name="i-sound" />${heard ? t("ring_heard") : t("try_ring")}
    </button>
  </main>`;
}

function Called({ view, coming, come }) {
  const { called, zone } = view;
  const since = hallClock.now() ? (hallClock.now() - wallMs(called.at)) / 1000 : 0;
  const name = called.window_name || called.window;
  return html`<main class="called on-lamp">
    <h1>${t("your_turn")}</h1>
    <${Num} number=${view.number} />
    <div class="to" aria-live="assertive">
      <${Icon} name="i-arrow" /><span class="n ${[...name].length > 3 ? "long" : ""}">${name}</span
      ><b>${lines(t("window_two_lines"))}</b>
    </div>
    <p class="where"><b>${t("floor_zone", { floor: called.floor || zone.floor, zone: areaOf(zone) })}</b></p>
    <p class="row">${t("called_times", { n: called.again })} <b class="n">${clock(Math.max(0, since))}</b></p>
    <span class="sp"></span>
    ${coming
      ? html`<p class="coming"><${Icon} name="i-check" /><b>${t("coming_done", { window: name })}</b></p>`
      : html`<button class="btn main" data-act="coming" onClick=${come}>${t("coming")}</button>`}
  </main>`;
}

/** An ISO time of the hall as the hall's own wall clock in ms, comparable with HallClock.now(). */
function wallMs(iso) {
  const { year, month, day, hour, minute, second } = wallClock(iso);
  return Date.UTC(year, month - 1, day, +hour, +minute, +second);
}

function Rate({ view }) {
  const [problem, setProblem] = useState("");
  const [thanked, setThanked] = useState(false);
  const rating = useRating(
    { ticket: view.number, channel: "phone", check: view.check },
    { done: () => setThanked(true), refused: setProblem },
  );
  if (thanked || view.rating.grade) {
    const grade = view.rating.grade;
    return html`<${Sentence}
      view=${view}
      word=${t("thanks")}
      why=${[grade && t("already_rated", { grade: t(grade) }), t("thanks_phone")].filter(Boolean).join("\n")}
    />`;
  }
  const at = view.finished_at && t("finished_at", { time: wallClock(view.finished_at).time });
  const window = view.called && t("window_n", { window: view.called.window_name || view.called.window });
  return html`<main class="rating">
    <div class="row head">
      <${Num} number=${view.number} />
      <span class="q">${[at, window].filter(Boolean).join(" · ")}<br />${service(view)}</span>
    </div>
    ${rating.poor
      ? html`<${Reason} send=${rating.send} back=${rating.again} sending=${rating.sending} problem=${problem} />`
      : html`<h1>${t("satisfied_q")}</h1>
          <p class="q">${t("choose_submits")}</p>
          <${Faces} choose=${rating.choose} chevron />
          ${problem && html`<p class="wrong" role="alert"><${Icon} name="i-alarm" />${problem}</p>`}
          <span class="sp"></span>
          <p class="q small">${t("rate_later")}</p>`}
  </main>`;
}

const Sentence = ({ view, word, why, place }) =>
  html`<main class="sentence">
    <p class="q">${service(view)}</p>
    <${Num} number=${view.number} />
    <h1>${word}</h1>
    ${place && html`<p class="place"><b>${place}</b></p>`}
    <p>${lines(why)}</p>
  </main>`;

function Page({ view, ...rest }) {
  const window = view.called && t("serving_at", { window: view.called.window_name || view.called.window });
  switch (view.state) {
    case "waiting":
      return html`<${Waiting} view=${view} ...${rest} />`;
    case "called":
      return html`<${Called} view=${view} ...${rest} />`;
    case "serving":
      return html`<${Sentence} view=${view} word=${t("serving")} place=${window} why=${t("serving_why")} />`;
    case "held":
      return html`<${Sentence} view=${view} word=${t("held")} why=${t("held_why")} />`;
    case "missed":
      return html`<${Sentence} view=${view} word=${t("missed")} why=${t("missed_why", { zone: areaOf(view.zone) })} />`;
    case "finished":
      return view.rating.open || view.rating.grade
        ? html`<${Rate} view=${view} />`
        : html`<${Sentence} view=${view} word=${t("finished")} why=${t("finished_why")} />`;
    default:
      return html`<${Sentence} view=${view} word=${t("abandoned")} why=${t("abandoned_why")} />`;
  }
}

/** How fresh the page is, in a line; and large type and the other language. */
function Foot({ online, since, seenAt, called, ringing, large, setLarge, lang }) {
  const away = since ? (Date.now() - since.getTime()) / 1000 : 0;
  const lost = seenAt && !online && away * 1000 >= OFFLINE_SHOWN_AFTER_MS;
  const told = !seenAt
    ? ""
    : lost
    ? t("age_offline", { age: clock((Date.now() - seenAt.real) / 1000) })
    : called
      ? t(!ringing ? "ring_off" : canRing() ? "ringing" : "touch_to_ring")
      : t("connected_at", { time: seenAt.hall });
  return html`<footer class="foot ${lost ? "lost" : ""}">
    <${Icon} name=${lost ? "i-alarm" : called ? "i-sound" : "i-wifi"} /><span role="status">${told}</span
    ><span class="sp"></span>
    <button aria-pressed=${large} onClick=${() => setLarge(!large)}>${large ? t("standard_type") : t("large")}</button>
    <button onClick=${() => speak(lang === "zh" ? "en" : "zh")}>${t("language_short")}</button>
  </footer>`;
}

function Phone({ token }) {
  const lang = useWords();
  const [view, setView] = useState(null);
  const [link, setLink] = useState({ online: true, since: null });
  const [missing, setMissing] = useState(false);
  const [large, setLarge] = useState(false);
  const [heard, setHeard] = useState(false);
  const [comingTo, setComingTo] = useState("");
  const seenAt = useRef({ hall: "", real: Date.now() });
  const [, tick] = useState(0);
  useEffect(() => onLink((now) => setLink({ online: now.online || !now.since, since: now.since })), []);
  useEffect(() => {
    watch("ticket", token, (now) => {
      hallClock.set(now.now);
      seenAt.current = { hall: hallClock.seconds(), real: Date.now() };
      setMissing(false);
      setView(now);
    });
    const ask = () =>
      socket.emit("watch", { view: "ticket", of: token }, (told) => setMissing(told?.status === 404));
    if (socket.connected) ask();
    socket.on("connect", ask);
    const timer = setInterval(() => tick((n) => n + 1), AGE_DRAWN_EVERY_MS);
    addEventListener("pointerdown", prepare);
    return () => {
      clearInterval(timer);
      socket.off("connect", ask);
      removeEventListener("pointerdown", prepare);
    };
  }, []);
  // one call or recall is one ring: `at` and `again` tell them apart
  const call = view?.state === "called" ? `${view.called.at} ${view.called.again}` : "";
  useEffect(() => {
    if (call) ring();
    else hush();
  }, [call]);
  useEffect(() => {
    document.documentElement.dataset.mode = large ? "large" : "";
  }, [large]);
  useEffect(() => {
    document.body.classList.toggle("on-lamp", Boolean(call));
  }, [Boolean(call)]);
  const come = () => {
    hush();
    setComingTo(call);
  };
  const tryRing = () => {
    prepare();
    ringOnce();
    setHeard(true);
  };
  const name = view?.hall ? (typeof view.hall === "string" ? view.hall : nameOf(view.hall)) : document.body.dataset.hall;
  const top = html`<header class="top">
    <b>${name}</b><span class="sp"></span><time class="n">${view ? hallClock.time() : ""}</time>
  </header>`;
  const said = (word, why) => html`<main class="sentence"><h1>${word}</h1><p>${why}</p></main>`;
  const coming = Boolean(call) && comingTo === call;
  const body = () => {
    if (missing) return said(t("no_such_ticket"), t("no_such_ticket_why"));
    if (!view) return said(t("loading"), "");
    return html`<${Page} view=${view} heard=${heard} tryRing=${tryRing} coming=${coming} come=${come} />`;
  };
  return html`<div class="phone">
    ${top}${body()}
    <${Foot}
      ...${link}
      seenAt=${view && seenAt.current}
      called=${Boolean(call)}
      ringing=${Boolean(call) && !coming}
      large=${large}
      setLarge=${setLarge}
      lang=${lang}
    />
  </div>`;
}

render(html`<${Phone} token=${document.body.dataset.ticket} />`, document.getElementById("page"));
