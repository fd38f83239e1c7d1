// 语音: reads the title of a page and what has the focus, with the voice this machine has, if it has one.

/** True when the browser can speak at all; a kiosk without a voice says so instead of keeping silent. */
export const hasVoice = () => Boolean(window.speechSynthesis?.getVoices().length);

/** Speak now, dropping what was being spoken. `lang` is "zh" or "en". */
export function say(text, lang) {
  if (!hasVoice() || !text) return;
  speechSynthesis.cancel();
  const words = new SpeechSynthesisUtterance(text);
  words.lang = lang === "zh" ? "zh-CN" : "en-GB";
  speechSynthesis.speak(words);
}

const nameOf = (element) => element.getAttribute?.("aria-label") || element.innerText || "";

/** The title and the line below it: what a page is about. */
export const titleOf = (page) =>
  [...page.querySelectorAll("h1, .lead")].map((each) => each.innerText).join("，").slice(0, 120);

/** Read what takes the focus or the finger until stopped. */
export function readFocus(lang) {
  const read = (event) => {
    const key = event.target.closest?.("button, input");
    if (key) say(nameOf(key), lang);
  };
  document.addEventListener("focusin", read);
  return () => document.removeEventListener("focusin", read);
}
