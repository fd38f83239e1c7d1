// The yellow band of a panel: every call is lit, long enough to read, however many come at once. No DOM, no clock.

export const LIT_AT_LEAST_MS = 6000;
export const LIT_AT_MOST_MS = 60000; // the newest call stands while its window calls, but not for ever
export const MOST_AT_ONCE = 8;
export const CATCH_UP_MS = 20000; // after a reconnect: calls older than this are only in the rows

// The day's numbers begin again at 1, so a call is known by its number and its time.
const keyOf = (call) => `${call.call}@${call.at}`;
const sameTurn = (a, b) => a.number === b.number && a.window === b.window;

export class Band {
  /** Calls in the light, newest first: the view's call with `since`, the time (ms) it was lit. */
  lit = [];
  /** Calls that wait for their place in the light, oldest first. */
  line = [];
  #seen = new Set();

  /** Take a view's calls (newest first). `hallNow` is the view's time, `at` this page's running time in ms. */
  offer(calls, hallNow, at, stillCalling = () => true) {
    const fresh = calls.filter((call) => !this.#seen.has(keyOf(call))).reverse();
    for (const call of fresh) {
      if (Date.parse(hallNow) - Date.parse(call.at) > CATCH_UP_MS) continue;
      this.line = this.line.filter((each) => !sameTurn(each, call));
      this.line.push(call);
    }
    // a call that left the list while an older one is still in it was undone: nobody is to follow it
    const told = new Set(calls.map(keyOf));
    const oldest = Math.min(...calls.map((call) => call.call));
    const stands = (each) => told.has(keyOf(each)) || !(each.call > oldest);
    this.line = this.line.filter(stands);
    this.lit = this.lit.filter(stands);
    this.#seen = new Set(calls.map(keyOf).concat([...this.#seen]).slice(0, 200));
    return this.settle(at, stillCalling);
  }

  /** Let time pass: what was lit long enough makes room. True when the band looks different now. */
  settle(at, stillCalling = () => true) {
    const before = this.lit.map(keyOf).join();
    const young = (each) => at - each.since < LIT_AT_LEAST_MS;
    if (this.line.length) this.lit = this.lit.filter(young);
    else if (this.lit.some(young)) this.lit = this.lit.filter(young);
    else this.lit = this.lit.slice(0, 1).filter((each) => at - each.since < LIT_AT_MOST_MS && stillCalling(each));
    while (this.line.length) {
      const call = this.line[0];
      const lit = this.lit.findIndex((each) => sameTurn(each, call)); // a recall lights its own place again
      if (lit < 0 && this.lit.length >= MOST_AT_ONCE) break;
      if (lit >= 0) this.lit.splice(lit, 1);
      this.lit.unshift({ ...this.line.shift(), since: at });
    }
    return before !== this.lit.map(keyOf).join();
  }
}
