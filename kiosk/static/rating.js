// One rating on its way to the hub: the grade, a poor one's reason, and what the hub said. Shared by pad, /rate and phone.
import { api, newId, useRef, useState } from "/static/shared/live.js";
import { isPoor } from "./grades.js";
import { sentenceOf } from "./words.js";

/**
 * `about` is {ticket, channel, check?}; `done(grade)` when it is recorded; `refused(sentence, code)` when it is not.
 * Answers {grade, poor, sending, choose(grade), send(reason), again()}: `poor` is true while the reason is asked.
 */
export function useRating(about, { done, refused }) {
  const [grade, setGrade] = useState(null);
  const [sending, setSending] = useState(false);
  const id = useRef(newId()); // kept until the hub has answered: one visit, one rating
  const post = async (given, reason) => {
    if (sending) return;
    setSending(true);
    const body = { ...about, grade: given, aspects: reason.aspects ?? [], words: reason.words ?? "" };
    const answer = await api("POST", "ratings", body, id.current);
    setSending(false);
    if (answer.status > 0 && answer.status < 500) id.current = newId();
    if (answer.ok) {
      setGrade(null);
      done(given);
    } else refused(sentenceOf(answer.body), answer.body?.code);
  };
  const choose = (given) => {
    setGrade(given);
    if (!isPoor(given)) post(given, {});
  };
  return {
    grade,
    poor: Boolean(grade) && isPoor(grade),
    sending,
    choose,
    send: (reason) => post(grade, reason),
    again: () => setGrade(null),
  };
}
