// A scanner that is a keyboard: its burst of keys that ends in Enter, told from a visitor's typing. Pure: no page, no clock.
export const GAP_MS = 50; // scanners take 1 to 30 ms a key; nobody types a whole code so fast
export const LEAST = 4; // characters: two keys may be hit at once, four in a row are not

/**
 * press({key, at, repeat, held}) for every key that goes down, `at` in ms, `held` with Ctrl, Alt or Meta: {began, code}. `began` is
 * true with the first key of what may become a burst, `code` is the text of the burst that this key ends, else "".
 */
export function wedge() {
  let text = "";
  let last = -Infinity;
  const nothing = { began: false, code: "" };
  return ({ key, at, repeat = false, held = false }) => {
    if (key === "Shift" || key === "CapsLock") return nothing; // a scanner presses it for a capital letter
    const quick = at - last <= GAP_MS;
    last = at;
    const before = quick ? text : "";
    text = "";
    if (key === "Enter" || key === "Tab") return { began: false, code: before.length >= LEAST ? before : "" };
    if (repeat || held || key.length !== 1) return nothing; // a key that is held down repeats as fast as a scanner
    text = before + key;
    return { began: !before, code: "" };
  };
}
