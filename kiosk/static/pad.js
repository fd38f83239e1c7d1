// 评价器: the tablet at a window. Asleep until a visit is finished, then five faces, a reason if poor, and thanks.
import { html, OFFLINE_SHOWN_AFTER_MS, onLink, render, socket, useEffect, useRef, useState, watch } from "/static/shared/live.js";
import { clock, HallClock, Icon, Num, Tile } from "/static/shared/parts.js";
import { Face, Faces, Reason } from "./grades.js";
import { Thanks, useSecondsLeft } from "./thanks.js";
import { useRating } from "./rating.js";
import { THANKS_SHOWN_MS, TICK_MS } from "./times.js";
import { nameOf, speak, t, useWords } from "./words.js";

const hallClock = new HallClock();

/** Seconds until an ISO time, by the hall's clock as of the view that was received `at`. */
const secondsUntil = (until, now, at) =>
  Math.max(0, (Date.parse(until) - Date.parse(now) - (performance.now() - at)) / 1000);

function Who({ view, grade }) {
  const { clerk, rating } = view;
  return html`<aside class="who">
    ${grade ? html`<span class="chosen"><${Face} grade=${grade} /></span>` : html`<span class="portrait"><${Icon} name="i-person" /></span>`}
    <b class="name">${grade ? t(grade) : clerk?.name}</b>
    ${!grade && clerk && html`<span>${t("staff_no", { no: clerk.staff_no })}</span>`}
    <span class="q">${nameOf(view.zone)} · ${t("window_n", { window: view.name })}</span>
    ${grade && html`<span class="q">${rating.service_name}</span>`}
    <span class="sp"></span><${Num} number=${rating.ticket} />
  </aside>`;
}

const otherLanguage = (lang) =>
  html`<button class="language" onClick=${() => speak(lang === "zh" ? "en" : "zh")}>
    <${Icon} name="i-language" />${t("other_language")}
  </button>`;

function Prompt({ view, at, thanked }) {
  const lang = useWords();
  const [problem, setProblem] = useState("");
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((n) => n + 1), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  const rating = useRating(
    { ticket: view.rating.ticket, channel: "pad" },
    { done: () => thanked(view.rating), refused: setProblem },
  );
  const left = Math.ceil(secondsUntil(view.rating.until, view.now, at));
  const count = html`<span class="n">${left}</span><span>${t("seconds")}</span>`;
  return html`<div class="pad">
    <${Who} view=${view} grade=${rating.poor && rating.grade} />
    ${rating.poor
      ? html`<main><${Reason} send=${rating.send} back=${rating.again} sending=${rating.sending} problem=${problem} /></main>`
      : html`<main>
          <h1>${t("satisfied_q")}</h1>
          <p class="q about">${view.rating.service_name}　${t("press_one")}</p>
          <${Faces} choose=${rating.choose} />
          ${problem && html`<p class="wrong" role="alert"><${Icon} name="i-alarm" />${problem}</p>`}
          <p class="ft">
            <span>${t("anonymous")}</span><span class="sp"></span>${otherLanguage(lang)}<span class="left">${count}</span>
          </p>
        </main>`}
  </div>`;
}

function Asleep({ view }) {
  return html`<main class="asleep">
    <p class="row"><${Tile} letters=${view.zone?.letter} /><b>${nameOf(view.zone)}</b></p>
    <p class="window" role="heading" aria-level="1"><span class="n">${view.name}</span><b>${t("window_of")}</b></p>
    ${view.clerk &&
    html`<p class="clerk">
      <b>${view.clerk.name}</b><span class="q">${t("staff_no", { no: view.clerk.staff_no })}</span>
      ${view.clerk.stars > 0 &&
      html`<span class="stars" role="img" aria-label=${t("stars", { n: view.clerk.stars })}
        >${Array.from({ length: view.clerk.stars }, (_, i) => html`<${Icon} key=${i} name="i-star" />`)}</span
      >`}
    </p>`}
    <p class="q last">${t("asleep_how")}</p>
  </main>`;
}

function Pad({ window: of }) {
  useWords();
  const [seen, setSeen] = useState(null); // {view, at}
  const [thanked, setThanked] = useState(null); // {rating, since}
  const [link, setLink] = useState({ online: true, since: null });
  const [missing, setMissing] = useState(false);
  const last = useRef(undefined);
  const [, tick] = useState(0);
  useEffect(() => onLink((now) => setLink({ online: now.online || !now.since, since: now.since })), []);
  useEffect(() => {
    watch("pad", of, (view) => {
      hallClock.set(view.now);
      // rated on the keypad beside this tablet: thank for it here too
      const rated = view.last?.grade && `${view.last.number} ${view.last.at} ${view.last.grade}`;
      if (last.current !== undefined && rated && rated !== last.current)
        setThanked((now) => now ?? { rating: { ticket: view.last.number, service_name: view.last.service_name ?? "" }, since: performance.now() });
      last.current = rated ?? null;
      setSeen({ view, at: performance.now() });
    });
    const ask = () =>
      socket.emit("watch", { view: "pad", of }, (told) => setMissing(told?.status === 404));
    if (socket.connected) ask();
    socket.on("connect", ask);
    return () => socket.off("connect", ask);
  }, []);
  useEffect(() => {
    if (link.online) return undefined;
    const timer = setInterval(() => tick((n) => n + 1), TICK_MS);
    return () => clearInterval(timer);
  }, [link.online]);
  const left = useSecondsLeft(thanked?.since ?? null, THANKS_SHOWN_MS, () => {
    setThanked(null);
    speak("zh");
  });
  if (missing) return html`<main class="asleep"><h1>${t("unknown_window", { window: of })}</h1></main>`;
  if (!seen) return html`<main class="asleep"><h1>${t("loading")}</h1></main>`;
  const { view, at } = seen;
  const away = link.since ? (Date.now() - link.since.getTime()) / 1000 : 0;
  const page = () => {
    if (thanked) {
      const when = `${hallClock.time()} · ${thanked.rating.service_name}`;
      return html`<${Thanks} number=${thanked.rating.ticket} line=${when} left=${left} />`;
    }
    if (view.rating && secondsUntil(view.rating.until, view.now, at) > 0) {
      const thank = (rating) => setThanked({ rating, since: performance.now() });
      return html`<${Prompt} key=${view.rating.ticket} view=${view} at=${at} thanked=${thank} />`;
    }
    return html`<${Asleep} view=${view} />`;
  };
  return html`<div class="tablet">
    ${page()}
    ${away * 1000 >= OFFLINE_SHOWN_AFTER_MS &&
    html`<p class="away" role="status">${t("pad_offline", { age: clock(away) })}</p>`}
  </div>`;
}

render(html`<${Pad} window=${document.body.dataset.window} />`, document.getElementById("page"));
