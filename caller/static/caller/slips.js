// How slips look: a template in an editor, its mistakes beside it, and what the printer would really print.
import { api, html, render, useToken } from "/static/shared/live.js";
import { AskToken, forgetToken, keepToken, keptToken } from "./door.js";
import { english, words } from "./slips-words.js";

const TYPED_MS = 350; // a pause in typing, after which the slip is drawn
const AGAIN_MS = 3000;
const DOOR = "slips";
const OWN_FILE = "slip.yaml";

const { token: given } = document.body.dataset;
const page = document.getElementById("page");
const wish = { kiosk: "", sample: "", width: 0, mode: "", languages: "" };
let known = null; // GET slips
let text = "";
let made = null; // the last slip that could be drawn
let problems = [];
let said = "";
let wrong = false;
let timer = 0;
let asking = false;
let askedAgain = false;

const kioskNow = () => known.kiosks.find((each) => each.id === wish.kiosk);
const changed = () => text !== (kioskNow()?.template ?? "");
const fileName = () => (kioskNow()?.own ? kioskNow().file : OWN_FILE);

function refused(answer) {
  if (answer.status === 401 || answer.status === 403) {
    forgetToken(DOOR);
    wrong = true;
    known = null;
    return;
  }
  said = answer.status === 0 ? words.offline : (english ? answer.body.detail_en : answer.body.detail) || words.refused;
  if (answer.status === 0) later(AGAIN_MS);
}

/** One request at a time; what changed meanwhile is asked for when it is back. */
async function ask() {
  if (asking) return void (askedAgain = true);
  asking = true;
  const languages = wish.languages ? wish.languages.split(",") : [];
  const answer = await api("POST", "slips/preview", { ...wish, languages, text });
  asking = false;
  if (answer.ok) {
    said = "";
    problems = answer.body.problems;
    if (answer.body.png) made = answer.body;
  } else refused(answer);
  draw();
  if (askedAgain) {
    askedAgain = false;
    ask();
  }
}

function later(ms) {
  clearTimeout(timer);
  timer = setTimeout(ask, ms);
}

function typed(value) {
  text = value;
  later(TYPED_MS);
  draw();
}

function choose(key, value) {
  if (key === "kiosk" && !changed()) text = known.kiosks.find((each) => each.id === value).template;
  wish[key] = value;
  later(0);
  draw();
}

function toLine(line) {
  const area = document.querySelector(".editor textarea");
  const before = text.split("\n").slice(0, line - 1).join("\n");
  const start = line > 1 ? before.length + 1 : 0;
  area.focus();
  area.setSelectionRange(start, start + (text.split("\n")[line - 1] ?? "").length);
  area.scrollTop = (line - 4) * parseFloat(getComputedStyle(area).lineHeight);
}

function download() {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/yaml" }));
  link.download = fileName();
  link.click();
  URL.revokeObjectURL(link.href);
}

const Choices = ({ title, name, options }) => html`<fieldset><legend>${title}</legend>
  ${options.map(([value, label]) => html`<button key=${value} aria-pressed=${wish[name] === value} onClick=${() => choose(name, value)}>${label}</button>`)}
</fieldset>`;

function Wishes() {
  const kiosk = kioskNow();
  return html`<aside>
    <${Choices} title=${words.sample} name="sample" options=${known.samples.map((each) => [each.name, english ? each.en : each.zh])} />
    <${Choices} title=${words.kiosk} name="kiosk" options=${known.kiosks.map((each) => [each.id, each.name])} />
    <${Choices} title=${words.paper} name="width" options=${[[0, words.asPrinter(kiosk.width)], [80, words.mm(80)], [58, words.mm(58)]]} />
    <${Choices} title=${words.mode} name="mode" options=${Object.entries(words.modes)} />
    <${Choices} title=${words.languages} name="languages" options=${Object.entries(words.languageNames)} />
    <details><summary>${words.fields}</summary><dl>${Object.entries(known.fields).map(([name, what]) => html`<dt>{${name}}</dt><dd>${what}</dd>`)}</dl></details>
    <details><summary>${words.blocks}</summary><dl>${Object.entries(known.blocks).map(([name, options]) => html`<dt>${name}</dt><dd>${[...options, "gap", "when"].join(", ")}</dd>`)}</dl></details>
  </aside>`;
}

function Editor() {
  const lines = text.split("\n").length;
  const scroll = (event) => (event.target.previousSibling.scrollTop = event.target.scrollTop);
  const marked = new Set(problems.map((each) => each.line));
  return html`<main>
    <h2><label for="template">${words.template}</label><span class="q">${changed() ? words.changed : kioskNow().own ? kioskNow().file : words.shipped}</span><span class="sp"></span>
      <button disabled=${!changed()} onClick=${() => typed(kioskNow().template)}>${words.back}</button><button class="do" disabled=${problems.length > 0} onClick=${download}>${words.download}</button></h2>
    <div class="editor"><div class="lines" aria-hidden="true">${Array.from({ length: lines }, (_, n) => html`<span key=${n} class=${marked.has(n + 1) ? "bad" : ""}>${n + 1}</span>`)}</div>
      <textarea id="template" spellcheck=${false} wrap="off" value=${text} onScroll=${scroll} onInput=${(event) => typed(event.target.value)} /></div>
    <section class="problems" role="status">
      ${said ? html`<p class="fault">${said}</p>` : problems.length ? html`<b>${words.wrong(problems.length)}</b><ul>${problems.map((each) => html`<li><button onClick=${() => toLine(each.line || 1)}><b>${words.line(each.line || 1)}</b><span><code>${each.path}</code> ${each.what}${each.meant && html` <b>${words.meant(each.meant)}</b>`}</span></button></li>`)}</ul>` : html`<b>${words.good}</b>`}
      <p class="q">${words.how(fileName())}</p>
    </section>
  </main>`;
}

const Paper = () => html`<section class="tray" aria-label=${words.preview}>
  ${made && html`<div class="facts"><b>${words.made[made.mode]}</b><span>${words.size(made.mm, made.bytes)}</span>${made.speed > 0 && html`<span>${words.seconds(made.seconds, made.speed)}</span>`}${problems.length > 0 && html`<span class="fault">${words.old}</span>`}</div>
    <div class="roll"><img class=${problems.length ? "old" : ""} src=${`data:image/png;base64,${made.png}`} width=${made.dots[0]} height=${made.dots[1]} alt=${words.preview} /></div>`}
</section>`;

function Slips() {
  if (!given && !keptToken(DOOR)) return html`<${AskToken} title=${words.door} command="hall token --role supervisor" wrong=${wrong} onToken=${enter} />`;
  return html`<header class="top"><h1>${words.title}</h1><span class="q">${document.body.dataset.hall}</span></header>
    ${known && (known.kiosks.length ? html`<${Wishes} /><${Editor} /><${Paper} />` : html`<p class="none">${words.none}</p>`)}`;
}

const draw = () => render(html`<${Slips} />`, page);

function enter(token) {
  keepToken(DOOR, token);
  wrong = false;
  begin(token);
}

async function begin(token) {
  useToken(token);
  draw();
  const answer = await api("GET", "slips");
  if (answer.ok) {
    known = answer.body;
    wish.kiosk = known.kiosks[0]?.id ?? "";
    wish.sample = known.samples[0].name;
    text = known.kiosks[0]?.template ?? "";
    if (wish.kiosk) ask();
  } else {
    refused(answer);
    if (answer.status === 0) setTimeout(() => begin(token), AGAIN_MS);
  }
  draw();
}

addEventListener("beforeunload", (event) => known && changed() && event.preventDefault());
if (given || keptToken(DOOR)) begin(given || keptToken(DOOR));
draw();
