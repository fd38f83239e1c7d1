// The commands of desk and reception to the hub: one at a time, and never the same press twice.
import { api, newId } from "/static/shared/live.js";
import { english } from "./words.js";

const REST_MS = 600; // after an answer: a double press must not become the next act
const VIEW_LATE_MS = 2000; // after an answer the desk waits for the view that shows it, but not for ever

export class Commands {
  #busy = false;
  #restUntil = 0;
  #shown = -1; // the seq of the view on the screen
  #due = { seq: -1, until: 0 }; // the seq of the last answer
  #unanswered = null; // {wish, id}: sent, but nobody knows whether it arrived; the same press keeps its id

  /** `onChange()` when what may be pressed changes. */
  constructor(onChange) {
    this.onChange = onChange;
  }

  get locked() {
    const now = performance.now();
    return this.#busy || now < this.#restUntil || (this.#shown < this.#due.seq && now < this.#due.until);
  }

  /** The desk shows the view of this seq now. */
  showed(seq) {
    this.#shown = seq;
  }

  /**
   * Send `body` to `path`; `at` is the ticket that stands on the desk.
   * Answers {ok, status, code, sentence, facts, body} or null while locked.
   */
  async send(path, body, at = "") {
    if (this.locked) return null;
    this.#busy = true;
    this.onChange();
    const wish = JSON.stringify([path, body, at]);
    const id = this.#unanswered?.wish === wish ? this.#unanswered.id : newId();
    const answer = await api("POST", path, body, id);
    this.#unanswered = answer.status === 0 || answer.status >= 500 ? { wish, id } : null;
    this.#busy = false;
    this.#restUntil = performance.now() + REST_MS;
    this.#due = { seq: answer.body.seq ?? -1, until: performance.now() + VIEW_LATE_MS };
    setTimeout(this.onChange, REST_MS);
    this.onChange();
    const { code = "", facts = null, detail, detail_en, title } = answer.body;
    const sentence = (english && detail_en) || detail || title || "";
    return { ok: answer.ok, status: answer.status, code, facts, sentence, body: answer.body };
  }
}
