// 离台评价: away from the windows and the clerk. Number and check digits from the slip, then the five faces.
import { html, render, useEffect, useRef, useState } from "/static/shared/live.js";
import { Icon, Num } from "/static/shared/parts.js";
import { Face, Faces, Reason } from "./grades.js";
import { Thanks, useSecondsLeft } from "./thanks.js";
import { useRating } from "./rating.js";
import { IDLE_ASKED_AFTER_MS, THANKS_SHOWN_MS } from "./times.js";
import { speak, t, useWords } from "./words.js";

const CHECK_DIGITS = 2;
const NUMBER_AT_MOST = 8;
const ALPHABET = "ABCDEFGHJKLMNPRSTUVWXYZ";
const cleanNumber = (text) => text.toUpperCase().replace(/[^A-Z0-9]/g, "").slice(0, NUMBER_AT_MOST);
const cleanCheck = (text) => text.replace(/\D/g, "").slice(0, CHECK_DIGITS);

const Picture = () =>
  html`<svg class="scan" viewBox="0 0 260 230" aria-hidden="true">
    <path d="M70 14h120v176M70 14v176l10 8 10-8 10 8 10-8 10 8 10-8 10 8 10-8 10 8 10-8 10 8 10-8" />
    <rect x="84" y="28" width="30" height="30" rx="5" class="full" />
    <path d="M126 34v20M140 34h10v20h-10zM164 34v20M84 76h92M84 90h60M84 112h54v54H84zM96 124h12v12H96zM120 124h6M120 148h6M98 152h10" />
    <path d="M20 108v-14h22M20 168v14h22M240 108v-14h-22M240 168v14h-22" />
  </svg>`;

function Enter({ number, check, set, next, problem }) {
  const [field, setField] = useState("number");
  const [letters, setLetters] = useState(!number);
  const inputs = { number: useRef(), check: useRef() };
  const value = { number, check };
  const clean = { number: cleanNumber, check: cleanCheck };
  const write = (name, text) => set({ [name]: clean[name](text) });
  const press = (key) => {
    write(field, value[field] + key);
    if (letters && /[A-Z]/.test(key)) setLetters(false);
  };
  const box = (name, shown, word) =>
    html`<label class="box ${field === name ? "e" : ""}"
      ><span class="shown">${shown}</span
      ><input
        name=${name}
        ref=${inputs[name]}
        inputmode="none"
        autocomplete="off"
        value=${value[name]}
        aria-label=${word}
        onFocus=${() => setField(name)}
        onInput=${(e) => write(name, e.target.value)}
      /><small class="q">${word}</small></label
    >`;
  const ready = /\d/.test(number) && check.length === CHECK_DIGITS;
  const keys = letters && field === "number" ? [...ALPHABET] : [..."1234567890"];
  return html`<div class="rate">
    <section class="l">
      <h1>${t("rate_title")}</h1>
      <p class="q about">${t("rate_days")}</p>
      <div class="scanbox">
        <${Picture} /><span><b>${t("rate_scan")}</b><span class="q">${t("rate_scan_how")}</span></span>
      </div>
      <p class="ft"><${Icon} name="i-person" /><span>${t("anonymous_short")}</span></p>
    </section>
    <section class="r">
      <b class="title">${t("rate_enter")}</b><span class="q">${t("rate_enter_how")}</span>
      <div class="boxes">
        ${box("number", number && html`<${Num} number=${number} />`, t("rate_number"))}
        ${box("check", check && html`<span class="n">${check}</span>`, t("rate_check"))}
      </div>
      <div class="kp ${keys.length > 10 ? "abc" : ""}">
        ${keys.map((key) => html`<button key=${key} class="btn" onClick=${() => press(key)}>${key}</button>`)}
      </div>
      <div class="kp two">
        <button class="btn" disabled=${field !== "number"} onClick=${() => setLetters(!letters)}>
          ${letters ? t("digits") : t("letters")}
        </button>
        <button class="btn" aria-label=${t("delete")} onClick=${() => write(field, value[field].slice(0, -1))}>
          <${Icon} name="i-delete" />
        </button>
      </div>
      ${problem && html`<p class="wrong" role="alert"><${Icon} name="i-alarm" />${problem}</p>`}
      <button class="btn main" data-act="next" disabled=${!ready} onClick=${next}>${t("rate_next")}</button>
    </section>
  </div>`;
}

function Grade({ number, check, done, refused, back }) {
  const rating = useRating({ ticket: number, check, channel: "off_desk" }, { done, refused });
  return html`<div class="pad">
    <aside class="who">
      ${rating.poor && html`<span class="chosen"><${Face} grade=${rating.grade} /></span><b class="name">${t(rating.grade)}</b>`}
      <span class="sp"></span><${Num} number=${number} />
    </aside>
    <main>
      ${rating.poor
        ? html`<${Reason} send=${rating.send} back=${rating.again} sending=${rating.sending} />`
        : html`<h1>${t("satisfied_q")}</h1>
            <p class="q about">${t("choose_submits")}</p>
            <${Faces} choose=${rating.choose} />
            <p class="ft">
              <button class="btn" onClick=${back}><${Icon} name="i-back" />${t("back")}</button>
            </p>`}
    </main>
  </div>`;
}

const BLANK = { number: "", check: "" };

function Rate() {
  const lang = useWords();
  const [written, setWritten] = useState(BLANK);
  const [at, setAt] = useState("enter");
  const [problem, setProblem] = useState("");
  const [thanked, setThanked] = useState(null);
  const leave = () => {
    setWritten(BLANK);
    setProblem("");
    setThanked(null);
    setAt("enter");
    speak("zh");
  };
  const left = useSecondsLeft(thanked, THANKS_SHOWN_MS, leave);
  useEffect(() => {
    // somebody who walked away leaves nothing behind
    let timer = setTimeout(leave, IDLE_ASKED_AFTER_MS);
    const touched = () => {
      clearTimeout(timer);
      timer = setTimeout(leave, IDLE_ASKED_AFTER_MS);
    };
    addEventListener("pointerdown", touched, true);
    addEventListener("keydown", touched, true);
    return () => {
      clearTimeout(timer);
      removeEventListener("pointerdown", touched, true);
      removeEventListener("keydown", touched, true);
    };
  }, []);
  const set = (part) => {
    setProblem("");
    setWritten((now) => ({ ...now, ...part }));
  };
  if (thanked !== null) return html`<${Thanks} number=${written.number} line="" left=${left} />`;
  if (at === "grade") {
    const refused = (sentence) => {
      setProblem(sentence);
      setAt("enter");
    };
    const done = () => setThanked(performance.now());
    return html`<${Grade} ...${written} done=${done} refused=${refused} back=${() => setAt("enter")} />`;
  }
  return html`<div class="tablet" role="main">
    <${Enter} ...${written} set=${set} next=${() => setAt("grade")} problem=${problem} />
    <button class="language corner" onClick=${() => speak(lang === "zh" ? "en" : "zh")}>
      <${Icon} name="i-language" />${t("other_language")}
    </button>
  </div>`;
}

render(html`<${Rate} />`, document.getElementById("page"));
