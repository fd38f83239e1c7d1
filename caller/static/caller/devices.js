// 设备: every agent with its lines and devices, as they are now; what wants looking at stands first.
import { html, onLink, OFFLINE_SHOWN_AFTER_MS, render, socket, useToken, watch } from "/static/shared/live.js";
import { HallClock, wallClock } from "/static/shared/parts.js";
import { AskToken, forgetToken, keepToken, keptToken } from "./door.js";
import { words } from "./devices-words.js";

const TICK_MS = 1000;
const DOOR = "devices";
// never having answered is no trouble yet: a keypad is heard of when somebody presses
const WELL = new Set(["ok", "unknown"]);

const { token: given } = document.body.dataset;
const page = document.getElementById("page");
const hallClock = new HallClock();
let told = null;
let only = "all";
let wrong = false;
let downSince = null;

const well = (it) => WELL.has(it.state);
const troubled = () => [...told.devices, ...told.lines].filter((it) => !well(it)).length + told.agents.filter((it) => it.older).length;
const placeOf = (it) => {
  const kind = ["window", "kiosk", "zone", "area"].find((each) => it[each]);
  return kind ? words.places[kind](it[kind]) : "";
};

/** A day that is not the hall's today is named. */
function when(iso) {
  if (!iso) return "";
  const { month, day, time } = wallClock(iso);
  return iso.slice(0, 10) === told.now.slice(0, 10) ? time : `${words.day(month, day)} ${time}`;
}

const Mark = ({ children }) => html`<span class="mark">${children}</span>`;

const State = ({ it }) => html`<span class="lamp ${well(it) ? "" : "wrong"} ${it.state}"><i></i><b>${words.states[it.state] ?? it.state}</b></span>`;

function Row({ it, what, at, aside }) {
  const counts = it.counts ?? {};
  const frames = counts.frames_in === undefined ? "" : `${counts.frames_in} / ${counts.frames_out}`;
  const error = it.error || it.last_error?.error || "";
  return html`<tr class=${well(it) ? "" : "wrong"} data-id=${it.id}>
    <th scope="row"><b>${what}</b><span class="q">${aside}</span></th>
    <td class="at">${at}</td>
    <td><${State} it=${it} /></td>
    <td class="n since">${when(it.since)}</td>
    <td class="err">${error && html`<span class=${it.error ? "" : "q"}>${error}</span>`}${!it.error && it.last_error && html`<span class="q n">${when(it.last_error.at)}</span>`}</td>
    <td class="num"><span class="n">${counts.done ?? ""}</span>${counts.failed > 0 && html`<span class="q">${words.failed(counts.failed)}</span>`}</td>
    <td class="num"><span class="n">${frames}</span>${counts.bad_frames > 0 && html`<span class="q">${words.bad(counts.bad_frames)}</span>`}</td>
    <td class="num n">${counts.reconnects ?? ""}</td>
  </tr>`;
}

function Device({ it }) {
  const at = it.line ? `${it.line} · ${words.address(it.address)}` : it.port || "";
  const marks = html`${it.experimental && html`<${Mark}>${words.experimental}</${Mark}>`}${it.virtual && html`<${Mark}>${words.virtual}</${Mark}>`}`;
  const aside = html`${it.id} · ${it.driver}${it.about?.firmware && ` · ${words.firmware(it.about.firmware)}`} ${marks}`;
  return html`<${Row} it=${it} what=${[placeOf(it), words.kinds[it.kind] ?? it.kind].filter(Boolean).join(" ")} at=${at} aside=${aside} />`;
}

const Line = ({ it }) => html`<${Row} it=${it} what=${`${words.line} ${it.id}`} at=${it.port} aside=${it.speed ? `${it.speed} bit/s` : ""} />`;

function Agent({ agent }) {
  const mine = (rows) => rows.filter((it) => it.agent === agent.name && (only === "all" || !well(it)));
  const alone = new Set(told.devices.map((it) => it.id));
  const lines = mine(told.lines).filter((it) => !alone.has(it.id));
  const devices = mine(told.devices);
  if (!lines.length && !devices.length && (only !== "all") && !agent.older) return null;
  const { python, platform, packages } = agent.runs ?? {};
  const runs = [python && `Python ${python}`, platform, ...Object.entries(packages ?? {}).map(([name, version]) => `${name} ${version}`)].filter(Boolean);
  return html`<tbody data-agent=${agent.name}>
    <tr class="agent"><th colspan="8" scope="rowgroup"><div>
      <h2>${words.agent} ${agent.name}</h2>
      <span class=${agent.online ? "" : "wrong"}>${agent.online ? words.online(when(agent.since)) : words.offline(when(agent.since))}</span>
      <span class="q">${words.version(agent.version)}</span>${agent.older && html`<span class="wrong">${words.older}</span>`}
      ${runs.length > 0 && html`<span class="q runs">${runs.join(" · ")}</span>`}
    </div></th></tr>
    ${lines.map((it) => html`<${Line} key=${`line ${it.id}`} it=${it} />`)}${devices.map((it) => html`<${Device} key=${it.id} it=${it} />`)}
  </tbody>`;
}

function Top() {
  const down = downSince !== null && performance.now() - downSince > OFFLINE_SHOWN_AFTER_MS;
  const count = told ? troubled() : 0;
  return html`<header class="top"><h1>${words.title}</h1><i class="cut"></i><b>${document.body.dataset.hall}</b>
    ${told && html`<span class=${count ? "wrong" : "q"} role="status">${words.wrong(count)}</span>`}
    ${down && html`<span class="wrong" role="alert">${words.lost}</span>`}<span class="sp"></span>
    ${told && html`<div class="pick" role="group">${Object.entries(words.filters).map(([name, said]) => html`<button aria-pressed=${only === name} data-only=${name} onClick=${() => pick(name)}>${said}</button>`)}</div>`}
    <span class="n time">${hallClock.time()}</span></header>`;
}

function Devices() {
  if (!given && !keptToken(DOOR)) return html`<${AskToken} title=${words.door} command="hall token --role supervisor" wrong=${wrong} onToken=${enter} />`;
  if (!told) return html`<${Top} />`;
  const nothing = told.devices.length === 0 ? words.empty : only === "wrong" && troubled() === 0 ? words.none : "";
  return html`<${Top} /><main tabindex="0">
    ${nothing && html`<p class="nothing">${nothing}</p>`}
    ${!nothing && html`<table><thead><tr>${Object.entries(words.heads).map(([name, said]) => html`<th scope="col" class=${name}>${said}</th>`)}</tr></thead>
      ${told.agents.map((agent) => html`<${Agent} key=${agent.name} agent=${agent} />`)}</table>`}
  </main>`;
}

function pick(name) {
  only = name;
  draw();
}

function draw() {
  render(html`<${Devices} />`, page);
}

function enter(token) {
  keepToken(DOOR, token);
  wrong = false;
  begin(token);
}

function begin(token) {
  useToken(token);
  watch("devices", "hall", (data) => {
    hallClock.set(data.now);
    told = data;
    draw();
  });
  // the shared watch() asks for no answer; this one learns whether the token is good
  socket.emit("watch", { view: "devices", of: "hall" }, (answer) => {
    if ((answer?.status !== 401 && answer?.status !== 403) || given) return;
    forgetToken(DOOR);
    wrong = true;
    told = null;
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
