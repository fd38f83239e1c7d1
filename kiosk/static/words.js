// What the pages say, in the language the visitor chose. Sentences live in words/zh.js and words/en.js.
import { useEffect, useState } from "/static/shared/vendor/htm-preact.module.js";
import { wallClock } from "/static/shared/parts.js";
import en from "./words/en.js";
import zh from "./words/zh.js";

const CATALOGUES = { zh, en };
const listeners = new Set();
let lang = "zh";

/** Change the language of this page; everything that uses useWords() is drawn anew. */
export function speak(language) {
  lang = language;
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  for (const listener of listeners) listener(language);
}

/** t("ahead", {n: 12}): the sentence of that name with its {n} filled in; `other` is the name to use if there is none. */
export function t(name, facts = {}, other = "") {
  return (CATALOGUES[lang][name] ?? CATALOGUES[lang][other]).replace(/\{(\w+)\}/g, (_, fact) => facts[fact] ?? "");
}

/** The name of a zone, service or hall in the language of the page, Chinese where no English was given. */
export const nameOf = (thing) => (lang === "en" && thing?.name_en) || thing?.name || "";

/** The hall's notice, in the same way. */
export const noticeOf = (view) => (lang === "en" && view.notice_en) || view.notice || "";

/** A zone as a place: 公积金 is 公积金区; a name that says so already is kept. */
export function areaOf(zone) {
  const name = nameOf(zone);
  return name.endsWith(t("zone_ending")) ? name : name + t("zone_ending");
}

const LONG_IN_LATIN_LETTERS = 28;

/** A name that needs a smaller size to stay in two lines; a Chinese character is as wide as two Latin letters. */
export const isLong = (name) =>
  [...name].reduce((width, char) => width + (char > "\u2e80" ? 2 : 1), 0) > LONG_IN_LATIN_LETTERS;

/** The sentence of a problem (RFC 9457) that the hub answered with; without one, that it did not work. */
export const sentenceOf = (problem) => (lang === "en" && problem?.detail_en) || problem?.detail || t("failed");

/** A sentence of the hub, {"zh", "en"}, in the language of the page. */
export const told = (sentence) => sentence?.[lang] ?? "";

/** May a number be taken in this queue now? `left` is what its quota still has, null when nobody counts. */
export const mayTake = (queue) => Boolean(queue?.open) && queue.left !== 0;

/** Why not, as long as there is room for a sentence: the quota's, or the hours'. */
export const noTicketsWhy = (queue) => (queue?.open ? t("all_taken_why") : told(queue?.sentence) || t("not_now"));

/** The same in a word: the time at which it opens, while that is today. */
export function noTickets(it, now) {
  if (it?.open) return t("all_taken");
  const at = !it?.stopped && it?.opens_at;
  return at && at.slice(0, 10) === now.slice(0, 10) ? t("opens_today", { time: wallClock(at).time }) : t("not_now");
}

/** That no window is open for it now, in a word, with the time at which one will be while that is today; "" while one is. */
export function noWindow(it, now) {
  if (!it?.no_window) return "";
  const at = it.no_window.opens_at;
  return at && at.slice(0, 10) === now.slice(0, 10) ? t("window_opens", { time: wallClock(at).time }) : t("no_window");
}

export function useWords() {
  const [language, set] = useState(lang);
  useEffect(() => {
    listeners.add(set);
    return () => listeners.delete(set);
  }, []);
  return language;
}

/** Seconds as whole minutes, at least one. */
export const minutes = (seconds) => Math.max(1, Math.round(seconds / 60));

/** An estimate as people say it, "10–20 分钟": the hub's words (hall/estimate/spoken.py), else its median. */
export const spoken = (estimate) =>
  estimate.spoken?.[lang] ?? t("about_n", { m: minutes(estimate.p50_s) });
