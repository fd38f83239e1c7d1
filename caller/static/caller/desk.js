// The clerk's desk: the ticket on the left, who may be called in the middle, held and missed on the right, keys below.
import { html, OFFLINE_SHOWN_AFTER_MS, onLink, render, socket, useToken, watch } from "/static/shared/live.js";
import { clock, HallClock } from "/static/shared/parts.js";
import { Confirm, mayConfirm, More } from "./asks.js";
import { Bell } from "./bell.js";
import { Commands } from "./commands.js";
import { AskNumber, callable, mayLeave, Outcome, Pause, Transfer } from "./dialogs.js";
import { Current } from "./current.js";
import { AskToken, forgetToken, keepToken, keptToken, Windows } from "./door.js";
import { keysOf, undoOf } from "./keys.js";
import { Columns, Keys, Strip, Top } from "./desk-parts.js";
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
const commands = new Commands(() => draw());
let view = null;
let dialog = "";
let asked = null; // {name, body, code, sentence, facts}: the hub asks back before it does this
let refused = null; // {sentence, at}
let wrong = false;
let downSince = null;

/** Whole seconds since an ISO time, both read as the hall's wall clock. */
const seconds = (iso) => Math.max(0, Math.round((hallClock.now() - Date.parse(`${iso.slice(0, 19)}Z`)) / 1000));

/** Whole seconds until an ISO time, 0 when it has passed. */
const until = (iso) => Math.max(0, Math.ceil((Date.parse(`${iso.slice(0, 19)}Z`) - hallClock.now()) / 1000));

/** The hall's ISO time, with its zone, in some minutes. */
function inMinutes(minutes) {
  const then = new Date(hallClock.now().getTime() + minutes * 60_000);
  return `${then.toISOString().slice(0, 16)}:00${/(Z|[+-]\d\d:\d\d)$/.exec(view.now)[0]}`;
}

/** One act of this window, or of `ticket`. A refusal is said, or asked back when the clerk may say yes to it. */
async function act(name, body = {}, ticket = "") {
  if (!ticket && !body.number && name !== "auto" && !view.can.includes(name)) return;
  const whose = ticket ? `tickets/${encodeURIComponent(ticket)}` : `windows/${encodeURIComponent(of)}`;
  const answer = await commands.send(`${whose}/${name}`, body, view.ticket?.number);
  if (!answer) return;
  if (answer.status === 401) return askAgain();
  const asks = mayConfirm(answer.code) && !body.confirm;
  asked = asks ? { ...answer, name, body } : null;
  dialog = answer.ok || asks ? "" : dialog;
  refused = answer.ok || asks ? null : { sentence: sentenceOf(answer), at: performance.now() };
  draw();
}

const sentenceOf = ({ status, sentence }) => (status === 0 ? words.offline : sentence || words.refused);

function askAgain() {
  forgetToken(of);
  wrong = true;
  view = null;
  dialog = "";
  asked = null;
  draw();
}

function press(key) {
  if (!key?.can) return;
  if (key.asks) dialog = key.name;
  else act(key.name);
  draw();
}

addEventListener("keydown", (event) => {
  if (event.key === "Escape" && view?.auto?.at && !dialog && !asked) act("auto", { seconds: 0 });
  if (!view || !/^F\d+$/.test(event.key)) return;
  const key = [undoOf(view), ...keysOf(view)].find((each) => each.key === event.key);
  if (!key) return;
  event.preventDefault();
  if (!event.repeat && !dialog && !asked) press(key); // a key held down is one press
});

/** What F12 offers, in the order of its digits. */
function moreActs() {
  const skip = view.can.includes("skip") ? [{ name: "skip" }] : [];
  const acts = [{ name: "abandon" }, { name: "close", off: !view.can.includes("close") }, { name: "other" }, ...skip];
  return demo ? acts : [...acts, { name: "token" }];
}

function doMore(name) {
  if (name === "abandon") dialog = "abandon";
  else if (name === "close" || name === "skip") act(name);
  else if (name === "other") location.assign("/desk");
  else askAgain();
  draw();
}

function Opened() {
  const leave = () => {
    dialog = "";
    asked = null;
    draw();
  };
  const send = (name) => (body) => act(name, body);
  if (asked) return html`<${Confirm} asked=${asked} onYes=${() => act(asked.name, { ...asked.body, confirm: true })} onCancel=${leave} />`;
  if (dialog === "transfer" && view.ticket) return html`<${Transfer} view=${view} onSend=${send("transfer")} onCancel=${leave} />`;
  if (dialog === "outcome" && view.ticket) return html`<${Outcome} view=${view} onSend=${send("finish")} onCancel=${leave} />`;
  if (dialog === "call") return html`<${AskNumber} key="call" said=${words.call} near=${callable(view)} onSend=${send("call")} onCancel=${leave} />`;
  if (dialog === "abandon")
    return html`<${AskNumber} key="abandon" said=${words.abandon} near=${mayLeave(view)} onSend=${({ number }) => act("abandon", {}, number)} onCancel=${leave} />`;
  if (dialog === "pause") return html`<${Pause} reasons=${view.pause_reasons} inMinutes=${inMinutes} onSend=${send("pause")} onCancel=${leave} />`;
  if (dialog === "more") return html`<${More} acts=${moreActs()} onPick=${doMore} onCancel=${leave} />`;
  return null;
}

function Said() {
  const down = downSince !== null && performance.now() - downSince;
  if (down > OFFLINE_SHOWN_AFTER_MS) return html`<p class="said" role="status">${words.lost}　<span class="n">${clock(down / 1000)}</span></p>`;
  return refused && html`<p class="said refused" role="alert">${refused.sentence}</p>`;
}

function Desk() {
  if (!of) return html`<${Windows} windows=${JSON.parse(windows)} />`;
  if (!given && !keptToken(of)) return html`<${AskToken} title=${words.token.title(of)} command=${`hall token --role clerk --window ${of}`} wrong=${wrong} onToken=${enter} />`;
  if (!view) return html`<header class="top"><span class="n w">${of}</span><span>${words.windowLabel}</span></header>`;
  const since = view.ticket?.started_at ?? view.ticket?.called_at;
  const parts = { view, age: since ? clock(seconds(since)) : "", since: seconds, until, demo, time: hallClock.time(), locked: commands.locked, act, press, bell, draw };
  if (low.matches) return html`<${Strip} ...${parts} /><${Said} /><${Opened} />`;
  return html`<${Top} ...${parts} /><${Current} ...${parts} /><${Columns} ...${parts} /><${Keys} ...${parts} /><${Said} /><${Opened} />`;
}

function draw() {
  if (refused && performance.now() - refused.at > SENTENCE_MS) refused = null;
  document.body.dataset.state = view?.state ?? "";
  render(html`<${Desk} />`, page);
}

/** May the dialog that is open still lead to its act? */
function stillAsks(data) {
  if (dialog === "more" || dialog === "abandon") return true;
  return data.can.includes(dialog === "outcome" ? "finish" : dialog);
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
    if (dialog && !stillAsks(data)) dialog = "";
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
