// Giving a ticket up: asked twice, because the number is then no longer called.
import { api, html, newId, useRef, useState } from "/static/shared/live.js";
import { Icon, Num } from "/static/shared/parts.js";
import { sentenceOf, t } from "./words.js";

/** The quiet key under a ticket; `ask()` shows GiveUp. */
export const GiveUpKey = ({ ask }) => html`<button class="quiet" data-act="give-up" onClick=${ask}>${t("give_up")}</button>`;

/** 放弃这个号？ `stay()` goes back; once given up, the ticket's own view says so. */
export function GiveUp({ view, stay }) {
  const [problem, setProblem] = useState("");
  const [sending, setSending] = useState(false);
  const id = useRef(newId());
  const giveUp = async () => {
    if (sending) return;
    setSending(true);
    const answer = await api("POST", `tickets/${view.number}/abandon`, { check: view.check }, id.current);
    setSending(false);
    setProblem(answer.ok ? "" : sentenceOf(answer.body));
  };
  return html`<main class="sentence">
    <${Num} number=${view.number} />
    <h1>${t("give_up_q")}</h1>
    <p>${t("give_up_why")}</p>
    ${problem && html`<p class="wrong" role="alert"><${Icon} name="i-alarm" />${problem}</p>`}
    <span class="sp"></span>
    <button class="btn" data-act="give-up-yes" aria-busy=${sending} onClick=${giveUp}>${t("give_up_yes")}</button>
    <button class="btn main" data-act="stay" onClick=${stay}>${t("give_up_no")}</button>
  </main>`;
}
