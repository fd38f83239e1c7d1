// 好差评 (GB/T 39734): five equal faces in the standard's order; the two poor ones ask once what went wrong.
import { html, useState } from "/static/shared/vendor/htm-preact.module.js";
import { Icon } from "/static/shared/parts.js";
import { t } from "./words.js";

export const GRADES = ["very_satisfied", "satisfied", "fairly_satisfied", "dissatisfied", "very_dissatisfied"];
export const isPoor = (grade) => grade === "dissatisfied" || grade === "very_dissatisfied";
const ASPECTS = ["efficiency", "ability", "attitude"];
const WORDS_AT_MOST = 500;

export const Face = ({ grade }) => html`<${Icon} name=${`face-${grade.replaceAll("_", "-")}`} />`;

/** Five buttons of one size; `choose(grade)`. */
export function Faces({ choose, chevron }) {
  return html`<div class="faces" role="group" aria-label=${t("satisfied_q")}>
    ${GRADES.map(
      (grade) => html`<button key=${grade} class="btn g" data-grade=${grade} onClick=${() => choose(grade)}>
        <${Face} grade=${grade} /><span>${t(grade)}</span>${chevron && html`<${Icon} name="i-chevron" />`}
      </button>`,
    )}
  </div>`;
}

/** What a poor grade asks for; `send({aspects, words})` needs one of them, as the standard does. */
export function Reason({ send, back, sending, problem }) {
  const [aspects, setAspects] = useState([]);
  const [words, setWords] = useState("");
  const [needed, setNeeded] = useState(false);
  const press = (aspect) =>
    setAspects((now) => (now.includes(aspect) ? now.filter((each) => each !== aspect) : [...now, aspect]));
  const submit = () => {
    if (!aspects.length && !words.trim()) return setNeeded(true);
    return send({ aspects, words: words.trim() });
  };
  const wrong = problem || (needed && !aspects.length && !words.trim() && t("reason_needed"));
  return html`<div class="reason">
    <h1>${t("reason_q")}</h1>
    <p class="q">${t("reason_how")}</p>
    <div class="aspects">
      ${ASPECTS.map(
        (aspect) => html`<button
          key=${aspect}
          class="btn a ${aspects.includes(aspect) ? "on" : ""}"
          aria-pressed=${aspects.includes(aspect)}
          data-aspect=${aspect}
          onClick=${() => press(aspect)}
        >
          <span>${t(aspect)}<small class="q">${t(`${aspect}_eg`)}</small></span>
          <span class="tick">${aspects.includes(aspect) && html`<${Icon} name="i-check" />`}</span>
        </button>`,
      )}
    </div>
    <textarea
      maxlength=${WORDS_AT_MOST}
      placeholder=${t("your_words")}
      aria-label=${t("your_words")}
      onInput=${(e) => setWords(e.target.value)}
    ></textarea>
    ${wrong && html`<p class="wrong" role="alert"><${Icon} name="i-alarm" />${wrong}</p>`}
    <div class="acts">
      <button class="btn" onClick=${back}><${Icon} name="i-back" />${t("again")}</button>
      <button class="btn main" data-act="submit" aria-busy=${sending} onClick=${submit}>
        ${sending ? t("sending") : t("submit")}
      </button>
    </div>
  </div>`;
}
