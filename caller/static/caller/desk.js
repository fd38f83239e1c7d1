// The clerk's desk: the ticket on the left, who may be called in the middle, held and missed on the right, keys below.
import { html, OFFLINE_SHOWN_AFTER_MS, onLink, render, socket, useToken, watch } from "/static/shared/live.js";
import { clock, HallClock } from "/static/shared/parts.js";
import { Bell } from "./bell.js";
import { Commands } from "./commands.js";
import { CallNumber, More, Pause, Transfer } from "./dialogs.js";
import { AskToken, forgetToken, keepToken, keptToken, Windows } from "./door.js";
import { keysOf } from "./keys.js";
import { Columns, Current, Keys, Strip, Top } from "./desk-parts.js";
import { words } from "./words.js";

const TICK_MS = 500;
const SENTENCE_MS = 8000;
const STRIP_BELOW_PX = 240; // a desk squeezed to the top edge of the screen, beside the office's own software

const { window: of, windows, token: given } = document.body.dataset;
const demo = "demo" in document.body.dataset;
const page = document.getElementById("page");
const hallClock = new HallClock();
const bell = new Bell();
const low = matchMedia(`(max-height: ${STRIP_BELOW_PX}px)`);
const commands = new Commands(of, () => draw());
let view = null;
let dialog = "";
let refused = null; // {sentence, at}
let wrong = false;
let downSince = null;

/** Whole seconds since an ISO time, both read as the hall's wall clock. */
const seconds = (iso) => Math.max(0, Math.round((hallClock.now() - Date.parse(`${iso.slice(0, 19)}Z`)) / 1000));

/** The hall's ISO time, with its zone, in some minutes. */
function inMinutes(minutes) {
  const then = new Date(hallClock.now().getTime() + minutes * 60_000);
  return `${then.toISOString().slice(0, 16)}:00${/(Z|[+-]\d\d:\d\d)$/.exec(view.now)[0]}`;
}

async function act(name, body = {}) {
  if (name !== "more" && !body.number && !body.ticket && !view.can.includes(name)) return;
  const answer = await commands.send(name, body, view.ticket?.number);
  if (!answer) return;
  dialog = answer.ok ? "" : dialog;
  if (answer.status === 401) return askAgain();
  const sentence = answer.status === 0 ? words.offline : answer.sentence || words.refused;
  refused = answer.ok ? null : { sentence, at: performance.now() };
  draw();
}

function askAgain() {
  forgetToken(of);
  wrong = true;
  view = null;
  dialog = "";
  draw();
}

function press(key) {
  if (!key?.can) return;
  if (key.asks) dialog = key.name;
  else act(key.name);
  draw();
}

addEventListener("keydown", (event) => {
  if (!view || !/^F\d+$/.test(event.key)) return;
  const key = keysOf(view).find((each) => each.key === event.key);
  if (!key) return;
  event.preventDefault();
  if (!event.repeat && !dialog) press(key); // a key held down is one press
});

function Opened() {
  const leave = () => {
    dialog = "";
    draw();
  };
  const send = (name) => (body) => act(name, body);
  if (dialog === "transfer" && view.ticket) return html`<${Transfer} view=${view} onSend=${send("transfer")} onCancel=${leave} />`;
  if (dialog === "call") return html`<${CallNumber} view=${view} onSend=${send("call")} onCancel=${leave} />`;
  if (dialog === "pause") return html`<${Pause} inMinutes=${inMinutes} onSend=${send("pause")} onCancel=${leave} />`;
  if (dialog === "more") return html`<${More} view=${view} demo=${demo} onClose=${() => act("close")} onToken=${askAgain} onCancel=${leave} />`;
  return null;
}

function Said() {
  const down = downSince !== null && performance.now() - downSince;
  if (down > OFFLINE_SHOWN_AFTER_MS) return html`<p class="said" role="status">${words.lost}　<span class="n">${clock(down / 1000)}</span></p>`;
  return refused && html`<p class="said refused" role="alert">${refused.sentence}</p>`;
}

function Desk() {
  if (!of) return html`<${Windows} windows=${JSON.parse(windows)} />`;
  if (!given && !keptToken(of)) return html`<${AskToken} window=${of} wrong=${wrong} onToken=${enter} />`;
  if (!view) return html`<header class="top"><span class="n w">${of}</span><span>${words.windowLabel}</span></header>`;
  const since = view.ticket?.started_at ?? view.ticket?.called_at;
  const parts = { view, age: since ? clock(seconds(since)) : "", since: seconds, demo, time: hallClock.time(), locked: commands.locked, act, press, bell, draw };
  if (low.matches) return html`<${Strip} ...${parts} /><${Said} />`;
  return html`<${Top} ...${parts} /><${Current} ...${parts} /><${Columns} ...${parts} /><${Keys} ...${parts} /><${Said} /><${Opened} />`;
}

function draw() {
  if (refused && performance.now() - refused.at > SENTENCE_MS) refused = null;
  document.body.dataset.state = view?.state ?? "";
  render(html`<${Desk} />`, page);
}

let stop = () => {};
function enter(token) {
  keepToken(of, token);
  wrong = false;
  begin(token);
}

function begin(token) {
  stop();
  useToken(token);
  stop = watch("desk", of, (data, seq) => {
    view = data;
    commands.showed(seq);
    hallClock.set(data.now);
    bell.follow(data);
    if (dialog && dialog !== "more" && !data.can.includes(dialog)) dialog = "";
    draw();
  });
  // the shared watch() asks for no answer; this one learns whether the token is good
  socket.emit("watch", { view: "desk", of }, (answer) => (answer?.status === 401 || answer?.status === 403) && !given && askAgain());
  draw();
}

onLink(({ online }) => {
  downSince = online ? null : (downSince ?? performance.now());
  draw();
});
low.addEventListener("change", draw);
setInterval(draw, TICK_MS);
if (of && (given || keptToken(of))) begin(given || keptToken(of));
draw();
