// The number, how long, where; and the slip that rises from the slot, with the real slip's picture.
import { html, useEffect, useState } from "/static/shared/vendor/htm-preact.module.js";
import { Icon, Num, splitNumber, wallClock } from "/static/shared/parts.js";
import { Ring } from "../frame.js";
import { Range } from "../range.js";
import { DONE_SHOWN_MS, TICK_MS, inMode } from "../times.js";
import { areaOf, isLong, nameOf, noWindow, t, told } from "../words.js";

// Barlow SemiBold: the advance of a tabular digit and of a wide capital, the tile's sides, the gap; in em
const DIGIT_EM = 0.57;
const LETTER_EM = 0.64;
const TILE_SIDES_EM = 0.32;
const GAP_EM = 0.13;

/** The width of a ticket number in em of its own size: a long one is set smaller, never broken or squeezed. */
export function widthInEm(number) {
  const [letters, digits] = splitNumber(number);
  const tile = letters ? Math.max(1, TILE_SIDES_EM + letters.length * LETTER_EM) + GAP_EM : 0;
  return tile + digits.length * DIGIT_EM;
}

const Arrow = () =>
  html`<svg class="down" viewBox="0 0 60 96" aria-hidden="true"><path d="M30 6v78M6 58l24 28 24-28" /></svg>`;

/** What the printer has done with this ticket: {state, slip} of the kiosk's view, or "paperless". */
function printOf(ticket, view, paperless) {
  if (paperless) return { state: "paperless" };
  return view.prints.find((print) => print.number === ticket.number) ?? { state: "queued" };
}

function useCountdown(of, restartOn, over) {
  const [left, setLeft] = useState(of);
  useEffect(() => {
    const until = performance.now() + of;
    const timer = setInterval(() => {
      const rest = until - performance.now();
      setLeft(rest);
      if (rest <= 0) over();
    }, TICK_MS);
    setLeft(of);
    return () => clearInterval(timer);
  }, [restartOn, of]);
  return left;
}

function Paper({ print, ticket, service }) {
  return html`<div class="slot ${print.state}">
    <div class="paper" data-slip=${print.slip ?? ""}>
      ${print.slip
        ? html`<img src=${print.slip} alt=${`${t("take_slip")}: ${ticket.number}`} />`
        : html`<div class="plain"><${Num} number=${ticket.number} /><b>${nameOf(service)}</b></div>`}
    </div>
  </div>`;
}

export function Done({ view, services, settings, scene, go }) {
  const { ticket, paperless } = scene;
  const service = services.find((each) => each.id === scene.service);
  const zone = view.zones.find((each) => each.id === ticket.zone);
  const queue = view.queues[ticket.queue];
  const print = printOf(ticket, view, paperless);
  const shownFor = inMode(DONE_SHOWN_MS, settings.large);
  const left = useCountdown(shownFor, print.state, () => go({ at: "home" }));
  const token = ticket.token ?? print.token;
  const area = areaOf(zone);
  const shut = told(queue?.no_window?.sentence);
  const words = {
    queued: [t("printing"), t("printing_wait")],
    printed: [t("take_slip"), t("slot_below")],
    again: [t("print_broken"), t("print_broken_why")],
    failed: [t("not_printed"), t("number_valid")],
    paperless: [t("on_phone"), t("on_phone_why")],
  }[print.state];
  const codeOnly = print.state !== "queued" && print.state !== "printed";
  return html`<main class="done" data-print=${print.state}>
    <div class="told">
      <h1 class=${isLong(nameOf(service)) ? "long" : ""}>${nameOf(service)}</h1>
      ${ticket.slot && html`<p class="slot-time"><${Icon} name="i-booking" />${t("booked_for", { time: wallClock(ticket.slot).time })}</p>`}
      <div class="big" style=${{ "--em": widthInEm(ticket.number).toFixed(2) }}><${Num} number=${ticket.number} /></div>
      <div class="line">
        <div>
          ${t("ahead")}
          <b
            >${ticket.ahead
              ? html`<span class="num">${ticket.ahead}</span> ${t("people")}`
              : html`<span class="word">${t("ahead_none")}</span>`}</b
          >
          ${queue?.calling ? t("now_at", { number: queue.calling }) : " "}
        </div>
        <div>
          ${t("about")}
          <b><${Range} estimate=${ticket.estimate} else=${noWindow(queue, view.now)} /></b>
        </div>
      </div>
      <div class="way">
        ${view.ways && zone && html`<button class="btn" data-act="way" onClick=${() => go({ at: "way", zone: zone.id, number: ticket.number, from: scene })}><${Icon} name="i-way" />${t("how_to_go")}</button>`}
        <h2>${zone?.floor ? t("go_floor", { floor: zone.floor, zone: area }) : t("go", { zone: area })}</h2>
        ${queue?.windows && html`<p class="q">${t("windows", { windows: queue.windows })}</p>`}
        ${shut && html`<p class="no-window"><b>${shut}</b></p>`}
      </div>
    </div>
    <section class="out ${codeOnly ? "code-only" : ""}" aria-live="polite">
      ${!codeOnly && html`<${Paper} print=${print} ticket=${ticket} service=${service} />`}
      <div class="side">
        <h2>${words[0]}${print.state === "printed" && html`<${Arrow} />`}</h2>
        <p class="q">${words[1]}</p>
        ${token &&
        html`<div class="qr">
          <img src=${`/qr/${token}.svg`} alt=${t("scan")} />
          <span
            >${codeOnly
              ? t("remember")
              : html`<b>${t("no_paper_wanted")}</b><br />${t("scan")}<br />${t("rings")}`}</span
          >
        </div>`}
        <div class="acts">
          <button class="btn" onClick=${() => go({ at: "home", again: true })}>${t("another")}</button>
          <button class="btn" data-act="done" onClick=${() => go({ at: "home" })}>
            <${Ring} left=${left} of=${shownFor} />${t("done")}
          </button>
        </div>
      </div>
    </section>
  </main>`;
}
