// Taking a number, or checking a booking in: asked of the hub once, however often the key is pressed.
import { useRef, useState } from "/static/shared/vendor/htm-preact.module.js";
import { api, newId } from "/static/shared/live.js";
import { sentenceOf } from "../words.js";

const ofThePrinter = (code) => code === "no_paper" || code === "cover_open" || code === "paper_near_end" || code?.startsWith("printer_");

/**
 * [state, ask]: `ask(path, body)` posts it; state is "ready", "asking" or "failed" (nothing came of it: press again).
 * `taken(ticket)`, `outOfPaper()` or `refused({code, sentence, facts})` says how it went.
 */
export function useTake({ taken, outOfPaper, refused }) {
  const [state, setState] = useState("ready");
  const wish = useRef({ said: "", id: "" }); // the same id until the hub has answered: pressing twice takes one number
  const ask = async (path, body) => {
    if (state === "asking") return;
    setState("asking");
    const said = JSON.stringify([path, body]);
    if (wish.current.said !== said) wish.current = { said, id: newId() };
    const answer = await api("POST", path, body, wish.current.id);
    if (answer.ok) return taken(answer.body);
    if (answer.status < 400 || answer.status >= 500) return setState("failed");
    wish.current = { said: "", id: "" };
    setState("ready");
    const { code, facts } = answer.body;
    return ofThePrinter(code) ? outOfPaper() : refused({ code, facts, sentence: sentenceOf(answer.body) });
  };
  return [state, ask];
}
