// 总服务台: bookings of today checked in, a number taken for somebody, zones stopped and opened, a number given up,
// a block lifted, and who stands at a window that the file has no more.
import { api, html, onLink, OFFLINE_SHOWN_AFTER_MS, render, socket, useToken, watch } from "/static/shared/live.js";
import { clock, HallClock } from "/static/shared/parts.js";
import { Confirm, mayConfirm } from "./asks.js";
import { Commands } from "./commands.js";
import { AskNumber } from "./dialogs.js";
import { AskToken, forgetToken, keepToken, keptToken } from "./door.js";
import { Bookings, CheckIn, Keys, keysOf, Top, Unblock, Zones } from "./reception-parts.js";
import { mayTakeAnyway, TakeFor } from "./reception-take.js";
import { words } from "./words.js";

const TICK_MS = 500;
const SENTENCE_MS = 10_000;
const DOOR = "reception";

const { token: given } = document.body.dataset;
const page = document.getElementById("page");
const hallClock = new HallClock();
const commands = new Commands(() => draw());
const shown = { hall: null, bookings: null, kiosks: [], alarms: [], lost: [], services: null };
let dialog = "";
let asked = null; // {path, body, code, facts}: the hub asks back
let said = null; // {sentence, refused, at}
let ticket = null; // the last booking that became one
let code = "";
let kiosk = "";
let wrong = false;
let downSince = null;

const say = (sentence, refused = false) => (said = sentence ? { sentence, refused, at: performance.now() } : null);

/** Ask the hub; `done(body)` when it did, otherwise its sentence is said, or asked back. */
async function act(path, body, done) {
  const answer = await commands.send(path, body);
  if (!answer) return;
  if (answer.status === 401 || answer.status === 403) return askAgain();
  const asks = (path === "tickets" ? mayTakeAnyway(answer.code) : mayConfirm(answer.code)) && !body.confirm;
  asked = asks ? { ...answer, path, body, done } : null;
  if (answer.ok) {
    dialog = "";
    say("");
    done(answer.body);
  } else if (!asks) say(answer.status === 0 ? words.offline : answer.sentence || words.refused, true);
  draw();
}

function askAgain() {
  forgetToken(DOOR);
  wrong = true;
  shown.bookings = null;
  draw();
}

const checkIn = (which) =>
  act(`bookings/${encodeURIComponent(which)}/check-in`, kiosk ? { kiosk } : {}, (body) => {
    ticket = body;
    code = "";
  });
const toZone = (zone, name) => act(`zones/${encodeURIComponent(zone.id)}/${name}`, {}, () => say(words.reception.zoneDone(zone.name, name)));
const newRoll = (it) => act(`printers/${encodeURIComponent(it.device)}/roll`, {}, () => say(words.reception.rolled(it.place)));
const printCopy = (number) => act(`tickets/${encodeURIComponent(number)}/print`, { kiosk }, () => say(words.reception.copied(number)));
const giveUp = ({ number }) => act(`tickets/${encodeURIComponent(number)}/abandon`, {}, () => say(words.reception.givenUp(number)));
const take = (body) =>
  act("tickets", { ...body, ...(kiosk && { kiosk }) }, (taken) => {
    ticket = taken;
  });
const ofLost = (it, name) => act(`tickets/${encodeURIComponent(it.number)}/${name}`, {}, () => say(words.reception.lost.done(it.number, name)));
const unblock = (person) => act("persons/unblock", { person }, () => say(words.reception.unblocked));

function press(key) {
  if (key.name === "code") document.querySelector(".code input").focus();
  else dialog = key.name;
  if (key.name === "take" && !shown.services) learnServices();
  draw();
}

/** A hall may have more than a thousand: they are asked for when they are needed. */
async function learnServices() {
  const { ok, body } = await api("GET", "services");
  if (ok) shown.services = body;
  draw();
}

addEventListener("keydown", (event) => {
  const key = keysOf().find((each) => each.key === event.key);
  if (!key || !shown.hall) return;
  event.preventDefault();
  if (!event.repeat && !dialog && !asked) press(key);
});

function Opened() {
  const leave = () => {
    dialog = "";
    asked = null;
    draw();
  };
  if (asked) return html`<${Confirm} asked=${asked} asks=${words.reception.ask} onYes=${() => act(asked.path, { ...asked.body, confirm: true }, asked.done)} onCancel=${leave} />`;
  if (dialog === "abandon") return html`<${AskNumber} said=${words.abandon} near=${[]} onSend=${giveUp} onCancel=${leave} />`;
  if (dialog === "take" && shown.services) return html`<${TakeFor} services=${shown.services} onSend=${take} onCancel=${leave} />`;
  if (dialog === "unblock") return html`<${Unblock} onSend=${unblock} onCancel=${leave} />`;
  return null;
}

function Said() {
  const down = downSince !== null && performance.now() - downSince;
  if (down > OFFLINE_SHOWN_AFTER_MS) return html`<p class="said" role="status">${words.lost}　<span class="n">${clock(down / 1000)}</span></p>`;
  return said && html`<p class="said ${said.refused ? "refused" : ""}" role=${said.refused ? "alert" : "status"}>${said.sentence}</p>`;
}

function Reception() {
  if (!given && !keptToken(DOOR)) return html`<${AskToken} title=${words.reception.door} command="hall token --role reception" wrong=${wrong} onToken=${enter} />`;
  const parts = { ...shown, ticket, code, kiosk, time: hallClock.time(), locked: commands.locked, press };
  if (!shown.hall) return html`<${Top} ...${parts} />`;
  const typed = (text) => {
    code = text;
    draw();
  };
  const print = (at) => {
    kiosk = at;
    draw();
  };
  return html`<${Top} ...${parts} />
    <section class="cur" role="main"><${CheckIn} ...${parts} onCode=${typed} onCheckIn=${checkIn} onKiosk=${print} /><${Bookings} ...${parts} onCheckIn=${checkIn} /></section>
    <${Zones} ...${parts} onZone=${toZone} onRoll=${newRoll} onCopy=${kiosk && printCopy} onLost=${ofLost} /><${Keys} ...${parts} /><${Said} /><${Opened} />`;
}

function draw() {
  if (said && performance.now() - said.at > SENTENCE_MS) said = null;
  render(html`<${Reception} />`, page);
}

function enter(token) {
  keepToken(DOOR, token);
  wrong = false;
  begin(token);
}

function begin(token) {
  useToken(token);
  watch("panel", "hall", (data) => {
    hallClock.set(data.now);
    shown.hall = data;
    draw();
  });
  watch("alarms", "hall", (data) => {
    shown.alarms = data.alarms;
    draw();
  });
  watch("lost", "hall", (data) => {
    shown.lost = data.tickets;
    draw();
  });
  watch("bookings", "today", (data, seq) => {
    shown.bookings = data;
    commands.showed(seq);
    draw();
  });
  // the shared watch() asks for no answer; this one learns whether the token is good
  socket.emit("watch", { view: "bookings", of: "today" }, (answer) => (answer?.status === 401 || answer?.status === 403) && !given && askAgain());
  api("GET", "kiosks").then(({ ok, body }) => {
    shown.kiosks = ok ? body.filter((each) => each.printer !== "none") : [];
    kiosk = shown.kiosks[0]?.id ?? "";
    draw();
  });
  draw();
}

onLink(({ online }) => {
  downSince = online ? null : (downSince ?? performance.now());
  draw();
});
setInterval(draw, TICK_MS);
if (given || keptToken(DOOR)) begin(given || keptToken(DOOR));
draw();
