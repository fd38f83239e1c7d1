// The ticket on the phone: paper while one waits, the whole page the lamp when called, five faces when finished.
import { html, OFFLINE_SHOWN_AFTER_MS, onLink, render, socket, useEffect, useRef, useState, watch } from "/static/shared/live.js";
import { clock, HallClock, Icon } from "/static/shared/parts.js";
import { canRing, hush, prepare, ring, ringOnce } from "./bell.js";
import { Ticket } from "./ticket.js";
import { nameOf, speak, t, useWords } from "./words.js";

const AGE_DRAWN_EVERY_MS = 1000;
const hallClock = new HallClock();

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
    return html`<${Ticket} view=${view} hallClock=${hallClock} heard=${heard} tryRing=${tryRing} coming=${coming} come=${come} />`;
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
