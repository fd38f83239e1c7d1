// The ticket on the phone in each of its states: waiting, called, serving, held, missed, finished, no longer used.
import { api, html, newId, useRef, useState } from "/static/shared/live.js";
import { clock, Icon, Num, Tile, wallClock } from "/static/shared/parts.js";
import { Faces, Reason } from "./grades.js";
import { GiveUp, GiveUpKey } from "./giveup.js";
import { Range } from "./range.js";
import { WayKey, WayPage } from "./way-page.js";
import { useRating } from "./rating.js";
import { stepsOf } from "/static/shared/visit.js";
import { areaOf, nameOf, noWindow, sentenceOf, t, told } from "./words.js";

const TRACK_PLACES = 12;
const MAY_LEAVE = new Set(["waiting", "held", "missed"]);
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

/** 一票到底: what is done, where one is now, and what follows. */
function Steps({ view }) {
  const steps = stepsOf(view.visit);
  if (!steps.length) return null;
  return html`<section class="steps">
    <b>${t("step_of", { n: view.visit.step, of: steps.length })}</b>
    <ol>${steps.map(({ name, state }, i) => html`<li key=${i} class=${state}>
      <i class="num">${state === "done" ? html`<${Icon} name="i-check" />` : i + 1}</i><span>${name}</span></li>`)}</ol>
  </section>`;
}

const slotOf = (view) => view.slot && t("booked_for", { time: wallClock(view.slot).time });

function Waiting({ view, heard, tryRing, giveUp, askWay }) {
  const { ahead, estimate, zone } = view;
  const letters = view.number.replace(/\d+$/, "");
  const place = { floor: zone.floor, zone: areaOf(zone) };
  return html`<main class="waiting">
    <h1>${service(view)}</h1>
    ${view.slot && html`<p class="slot"><${Icon} name="i-booking" />${slotOf(view)}</p>`}
    <${Num} number=${view.number} />
    <div class="two">
      <div>
        ${t("ahead")}<b>${ahead ? html`<span class="num">${ahead}</span> ${t("people")}` : t("ahead_none")}</b>
      </div>
      <div>
        ${t("about")}<b><${Range} estimate=${estimate} else=${noWindow(view, view.now)} /></b>
      </div>
    </div>
    ${view.no_window && html`<p class="slot no-window"><${Icon} name="i-clock" />${told(view.no_window.sentence)}</p>`}
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
    <${WayKey} view=${view} ask=${askWay} />
    <${Steps} view=${view} />
    <span class="sp"></span>
    <button class="btn" data-act="ring" onClick=${tryRing}>
      <${Icon} name="i-sound" />${heard ? t("ring_heard") : t("try_ring")}
    </button>
    <${GiveUpKey} ask=${giveUp} />
  </main>`;
}

function Called({ view, hallClock, coming, come, askWay }) {
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
    <${WayKey} view=${view} ask=${askWay} />
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

const Sentence = ({ view, word, why, place, problem, children }) =>
  html`<main class="sentence">
    <p class="q">${service(view)}</p>
    <${Num} number=${view.number} />
    <h1>${word}</h1>
    ${place && html`<p class="place"><b>${place}</b></p>`}
    <p>${lines(why)}</p>
    <${Steps} view=${view} />
    ${problem && html`<p class="wrong" role="alert"><${Icon} name="i-alarm" />${problem}</p>`}
    ${children && html`<span class="sp"></span>${children}`}
  </main>`;

/** Missed: one press says that the visitor is back, and a press sent twice is one. */
function Missed({ view, giveUp }) {
  const [problem, setProblem] = useState("");
  const id = useRef(newId());
  const comeBack = async () => {
    const answer = await api("POST", `tickets/${view.number}/return`, { check: view.check }, id.current);
    setProblem(answer.ok ? "" : sentenceOf(answer.body));
  };
  return html`<${Sentence} view=${view} word=${t("missed")} why=${t("missed_why")} problem=${problem}>
    <button class="btn main" data-act="back" onClick=${comeBack}>${t("missed_back")}</button>
    <${GiveUpKey} ask=${giveUp} />
  <//>`;
}

/** The ticket in the state it is in; `hallClock` ages a call, `heard` and `coming` are what the visitor pressed. */
export function Ticket({ view, ...rest }) {
  const [leaving, setLeaving] = useState(false);
  // the way is looked at in the state it was asked in: a call is never hidden behind the way to the zone
  const [wayIn, lookAtWay] = useState("");
  const giveUp = () => setLeaving(true);
  const askWay = () => lookAtWay(view.state);
  if (wayIn === view.state && view.ways) return html`<${WayPage} view=${view} back=${() => lookAtWay("")} />`;
  if (leaving && MAY_LEAVE.has(view.state)) return html`<${GiveUp} view=${view} stay=${() => setLeaving(false)} />`;
  const window = view.called && t("serving_at", { window: view.called.window_name || view.called.window });
  switch (view.state) {
    case "waiting":
      return html`<${Waiting} view=${view} giveUp=${giveUp} askWay=${askWay} ...${rest} />`;
    case "called":
      return html`<${Called} view=${view} askWay=${askWay} ...${rest} />`;
    case "arrived":
      return html`<${Sentence} view=${view} word=${t("arrived")} place=${window} why=${t("arrived_why")} />`;
    case "serving":
      return html`<${Sentence} view=${view} word=${t("serving")} place=${window} why=${t("serving_why")} />`;
    case "held":
      return html`<${Sentence} view=${view} word=${t("held")} why=${t("held_why")}><${GiveUpKey} ask=${giveUp} /><//>`;
    case "missed":
      return html`<${Missed} view=${view} giveUp=${giveUp} />`;
    case "finished":
      return view.rating.open || view.rating.grade
        ? html`<${Rate} view=${view} />`
        : html`<${Sentence} view=${view} word=${t("finished")} why=${t("finished_why")} />`;
    default:
      return html`<${Sentence} view=${view} word=${t("abandoned")} why=${t("abandoned_why")} />`;
  }
}
