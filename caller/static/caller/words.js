// The desk's words in the language of the page; the sentences stand in words/zh.js and words/en.js.
import en from "./words/en.js";
import zh from "./words/zh.js";

export const english = document.documentElement.lang.startsWith("en");
export const words = english ? en : zh;
/** A sentence of the hub: {"zh", "en"} or one string. */
export const told = (sentence) => (typeof sentence === "object" && sentence ? sentence[english ? "en" : "zh"] : sentence) || "";
