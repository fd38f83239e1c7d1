// What a visitor shows: a card on the reader, a code before the scanner. Where the kiosk goes from there, whatever it shows now.
import { useEffect, useRef } from "/static/shared/live.js";
import { meaningOf } from "./codes.js";
import { wedge } from "./wedge.js";

const GOES_ON = new Set(["confirm", "collect", "zone", "search"]); // pages on which the visitor is already choosing

/** A card's reference, or a number that a keyboard scanner typed, as the API wants it; `name` is masked. */
const whose = (it) => (it.kind === "card" ? { as: { card: it.id }, name: it.name } : { as: { person: it.number }, name: "" });

function ofPerson(it, scene) {
  const person = whose(it);
  if (scene.at === "person") return { to: { ...scene, who: person } };
  if (scene.at === "checkin" || it.booked) return { to: { at: "checkin", by: "person", who: person } };
  return { to: GOES_ON.has(scene.at) ? scene : { at: "home" }, person };
}

/**
 * `it` is of the kiosk's view, or {kind: "code", text}: {to: scene, person, say: word}. Each may be missing: `to` where to go,
 * `person` who is known from now on, `say` the word of a sentence.
 */
export function answerTo(it, scene) {
  if (it.kind === "unread") return { say: "card_unread" };
  if (it.kind === "card") return ofPerson(it, scene);
  if (scene.at === "collect") return { to: { ...scene, scanned: { text: it.text } } };
  const meant = meaningOf(it.text);
  if (meant.kind === "id") return ofPerson(meant, scene);
  if (meant.kind === "ticket") return { to: { at: "ticket", token: meant.token } };
  if (meant.kind === "booking") return { to: { at: "checkin", by: "code", scanned: { code: meant.code } } };
  return { say: "code_unknown" };
}

/** `onShown(it)` once for each thing that the view tells was shown; `ready`: the view is there, and the page can act on it. */
export function useShown(shown, ready, onShown) {
  const acted = useRef(null);
  useEffect(() => {
    if (!ready) return;
    const isFirst = acted.current === null; // what stands in a page's first view was shown to the page before it
    const isNew = Boolean(shown) && shown.id !== acted.current;
    acted.current = shown?.id ?? acted.current ?? "";
    if (isNew && !isFirst) onShown(shown);
  }, [shown?.id, ready]);
}

/** `onCode(text, before)` for each burst of a keyboard scanner; `now()` was called when it began and gave `before`. */
export function useWedge(now, onCode) {
  const latest = useRef();
  latest.current = { now, onCode };
  useEffect(() => {
    const press = wedge();
    let before;
    const down = (event) => {
      const held = event.ctrlKey || event.altKey || event.metaKey;
      const { began, code } = press({ key: event.key, at: event.timeStamp, repeat: event.repeat, held });
      if (began) before = latest.current.now();
      if (!code) return;
      event.preventDefault(); // the Enter would press the key that has the focus
      event.stopImmediatePropagation();
      latest.current.onCode(code, before);
    };
    addEventListener("keydown", down, true);
    return () => removeEventListener("keydown", down, true);
  }, []);
}
