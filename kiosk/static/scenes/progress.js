// 查排队进度: what each queue is calling now, and one's own number looked up.
import { html, useState } from "/static/shared/vendor/htm-preact.module.js";
import { Icon, Num, Tile, wallClock } from "/static/shared/parts.js";
import { api } from "/static/shared/live.js";
import { Paged } from "../paging.js";
import { Back } from "./services.js";
import { areaOf, sentenceOf, spoken, t } from "../words.js";

const KNOWN = new Set(["waiting", "called", "arrived", "serving", "held", "missed", "finished", "abandoned"]);

/** "等候中，前面 5 人": a ticket of the API in a sentence. */
function standing(ticket) {
  const state = KNOWN.has(ticket.state) ? ticket.state : "finished";
  return t(`state_${state}`, { n: ticket.ahead ?? 0, window: ticket.window ?? ticket.windows?.join("、") });
}

function Keys({ letters, number, press, ask }) {
  return html`<div class="kb digits">
    <div>${letters.map((l) => html`<button key=${l} onClick=${() => press(number + l)}>${l}</button>`)}</div>
    <div>${[..."1234567890"].map((d) => html`<button key=${d} onClick=${() => press(number + d)}>${d}</button>`)}</div>
    <div>
      <button class="w" disabled=${!number} onClick=${() => press(number.slice(0, -1))}>
        <${Icon} name="i-delete" />${t("delete")}
      </button>
      <button class="w go" disabled=${!/\d/.test(number)} onClick=${ask}>${t("look_up")}</button>
    </div>
  </div>`;
}

export function Progress({ view, settings, online, go }) {
  const [number, setNumber] = useState("");
  const [answer, setAnswer] = useState(null);
  const press = (text) => {
    setNumber(text.toUpperCase().slice(0, 8));
    setAnswer(null);
  };
  const ask = async () => {
    const { ok, body } = await api("GET", `tickets/${encodeURIComponent(number)}`);
    setAnswer(ok ? { ticket: body } : { sentence: sentenceOf(body) });
  };
  const queues = Object.entries(view.queues);
  const letters = [...new Set(queues.flatMap(([, queue]) => [...queue.letters]))].sort();
  const zoneOf = (queue) => view.zones.find((zone) => zone.id === queue.zone);
  return html`<main class="progress">
    <div class="head">
      <${Back} onClick=${() => go({ at: "home" })} />
      <div>
        <h1>${t("progress_title")}</h1>
        <p class="q">${online ? t("progress_how") : t("progress_offline", { time: wallClock(view.now).time })}</p>
      </div>
    </div>
    ${online &&
    html`<div class="asked" aria-live="polite">
      <span class="field">${number ? html`<${Num} number=${number} />` : html`<span class="caret"></span>`}</span>
      <p>
        ${answer?.ticket &&
        html`<b>${standing(answer.ticket)}</b>${answer.ticket.estimate &&
          html`<br /><span class="q"
              >${t("about")} ${spoken(answer.ticket.estimate)}</span
            >`}`}
        ${answer?.sentence && html`<b>${answer.sentence}</b>`}
      </p>
    </div>`}
    <${Paged}
      items=${queues}
      cls="res"
      large=${settings.large}
      draw=${([id, queue]) =>
        html`<div key=${id} class="s">
          <${Tile} letters=${queue.letters} />
          <span class="what"><b>${areaOf(zoneOf(queue))}</b><small>${queue.windows && t("windows", queue)}</small></span>
          <span class="v">${t("waits")}<br /><span class="num">${queue.waiting}</span> ${t("people")}</span>
          <span class="v calls"
            >${t("calls")}<br />${queue.calling ? html`<span class="num">${queue.calling}</span>` : "—"}</span
          >
        </div>`}
    />
    ${online && html`<${Keys} letters=${letters} number=${number} press=${press} ask=${ask} />`}
  </main>`;
}
