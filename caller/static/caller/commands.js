// The desk's commands to the hub: one at a time, and never the same press twice.
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
  constructor(window, onChange) {
    this.window = window;
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
   * Send `name` with `body`, for this window or for `ticket`; `at` is the ticket that stands on the desk.
   * Answers {ok, status, code, sentence, facts} or null while locked.
   */
  async send(name, body, at = "", ticket = "") {
    if (this.locked) return null;
    this.#busy = true;
    this.onChange();
    const wish = JSON.stringify([name, body, at, ticket]);
    const whose = ticket ? `tickets/${encodeURIComponent(ticket)}` : `windows/${encodeURIComponent(this.window)}`;
    const id = this.#unanswered?.wish === wish ? this.#unanswered.id : newId();
    const answer = await api("POST", `${whose}/${name}`, body, id);
    this.#unanswered = answer.status === 0 || answer.status >= 500 ? { wish, id } : null;
    this.#busy = false;
    this.#restUntil = performance.now() + REST_MS;
    this.#due = { seq: answer.body.seq ?? -1, until: performance.now() + VIEW_LATE_MS };
    setTimeout(this.onChange, REST_MS);
    this.onChange();
    const { code = "", facts = null, detail, detail_en, title } = answer.body;
    const sentence = (english && detail_en) || detail || title || "";
    return { ok: answer.ok, status: answer.status, code, facts, sentence };
  }
}
