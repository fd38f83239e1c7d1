// When no number can be taken here: closed, out of paper, link lost. Each says what still holds, and where to go.
import { html } from "/static/shared/vendor/htm-preact.module.js";
import { Icon, clock, wallClock } from "/static/shared/parts.js";
import { noticeOf, t, told } from "../words.js";

const lines = (text) => text.split("\n").map((line) => html`${line}<br />`);

const NoPaper = () =>
  html`<svg class="sign" viewBox="0 0 180 180" aria-hidden="true">
    <rect x="14" y="14" width="152" height="44" rx="8" />
    <path d="M36 36h108M50 60v64M130 60v64" class="gone" />
    <path d="M50 136l10 10 10-10 10 10 10-10 10 10 10-10 10 10 10-10" />
  </svg>`;

const NoLink = () =>
  html`<svg class="sign" viewBox="0 0 200 180" aria-hidden="true">
    <rect x="8" y="20" width="64" height="120" rx="8" /><rect x="128" y="20" width="64" height="120" rx="8" />
    <path d="M76 82h14M110 82h14M94 68l14 28M22 160h40M142 160h40" />
  </svg>`;

const Shut = () =>
  html`<svg class="sign" viewBox="0 0 180 180" aria-hidden="true">
    <circle cx="90" cy="90" r="76" /><path d="M90 44v46l30 22" />
  </svg>`;

const Way = ({ icon, word, how, onClick, act }) => {
  const inside = html`<${Icon} name=${icon} /><span class="what"><b>${word}</b><span class="q">${how}</span></span>`;
  return onClick
    ? html`<button class="btn way-on" data-act=${act} onClick=${onClick}>${inside}<${Icon} name="i-chevron" /></button>`
    : html`<div class="btn way-on flat">${inside}</div>`;
};

const NEEDS_PAPER = new Set(["no_paper", "near_end"]);

/** The printer prints nothing: for want of paper, or what its state says. `goOn` takes the number on the phone; the next kiosk and the staff are the other two ways. */
export function PaperOut({ view, goOn, callStaff, staffCalled }) {
  const other = view.others[0];
  const since = view.printer.since && wallClock(view.printer.since).time;
  return html`<main class="stop paper-out">
    <${NoPaper} />
    <h1>${t(`printer_${view.printer.state}`, {}, "printer_away")}</h1>
    <p class="lead">${lines(t("paper_out_why"))}</p>
    <div class="ways">
      <${Way}
        act="phone"
        icon="i-phone"
        word=${t("paper_out_phone")}
        how=${t("paper_out_phone_how")}
        onClick=${goOn}
      />
      ${other &&
      html`<${Way}
        icon="i-printer"
        word=${t("paper_out_other", { name: other.name })}
        how=${t("paper_out_other_how", { floor: other.floor })}
      />`}
      <${Way}
        icon="i-call-staff"
        word=${t("paper_out_staff")}
        how=${staffCalled ? t("paper_out_staff_done") : t(NEEDS_PAPER.has(view.printer.state) ? "paper_out_staff_how" : "printer_staff_how")}
        onClick=${callStaff}
      />
    </div>
    <p class="q row last">
      <span>${t(NEEDS_PAPER.has(view.printer.state) ? "paper_back" : "printer_back")}</span><span class="sp"></span>${since && t("paper_since", { time: since })}
    </p>
  </main>`;
}

/** 断线, `since` a Date. What the page knew is still there to look at, with its age; `kept`: so is what was being typed. */
export function Offline({ since, view, go, kept }) {
  const age = Math.max(0, Date.now() - since.getTime()) / 1000;
  return html`<main class="stop offline">
    <${NoLink} />
    <h1>${t("offline")}</h1>
    <p class="lead">${lines(t("offline_why"))}</p>
    <div class="line">
      <div>${t("offline_since")}<b class="num" data-age>${clock(age)}</b></div>
      <div>${t("offline_else")}<b>${t("offline_desk")}</b></div>
    </div>
    <div class="ways">
      <${Way}
        icon="i-clock"
        word=${t("progress")}
        how=${t("progress_offline", { time: wallClock(view.now).time })}
        onClick=${() => go({ at: "progress" })}
      />
    </div>
    <p class="q last">${t(kept ? "offline_back_typing" : "offline_back")}</p>
  </main>`;
}

/** When numbers begin again, if a zone knows: {h1, why} for today, else that it is over for today. */
function shutWords(view) {
  const next = view.zones.filter((zone) => zone.opens_at).sort((a, b) => (a.opens_at < b.opens_at ? -1 : 1))[0];
  const finishing = view.zones.some((zone) => zone.state !== "closed");
  const today = next && next.opens_at.slice(0, 10) === view.now.slice(0, 10);
  return {
    h1: today ? t("opens_today", { time: wallClock(next.opens_at).time }) : t("closed"),
    why: [told((next ?? view.zones[0])?.sentence), finishing && t("closed_finishing")].filter(Boolean).join("\n"),
  };
}

/** 现在不取号: when it opens, and that everyone with a number is served. */
export function Closed({ view, services, go }) {
  const said = shutWords(view);
  return html`<main class="stop closed">
    <${Shut} />
    <h1>${said.h1}</h1>
    <p class="lead">${lines(said.why)}</p>
    <div class="ways">
      ${services.some((service) => service.bookings) && html`<${Way} act="check-in" icon="i-booking" word=${t("booked")} how="" onClick=${() => go({ at: "checkin" })} />`}
      <${Way} icon="i-clock" word=${t("progress")} how="" onClick=${() => go({ at: "progress" })} />
    </div>
    <p class="q last">${noticeOf(view)}</p>
  </main>`;
}

/** A page with one sentence: loading, an address that no kiosk has. */
export const Said = ({ word, why }) =>
  html`<main class="stop said"><h1>${word}</h1>${why && html`<p class="lead">${lines(why)}</p>`}</main>`;
