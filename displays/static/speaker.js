// The loudspeaker of a panel: each announcement once, one at a time, with a receipt when it has been heard.

const GAP_S = 0.8; // silence between two readings of one announcement
const REMEMBERED = "hallcall.spoken"; // over a reload of the page: heard is heard

export class Speaker {
  #context = null;
  #wanted = null; // only the newest: after a silence nobody wants to hear the old ones in a row
  #heard = sessionStorage.getItem(REMEMBERED);
  #busy = false;

  /** `onState("running"|"suspended")`; `onSpoken({id, area})` once all readings have ended. */
  constructor({ onState, onSpoken }) {
    this.onState = onState;
    this.onSpoken = onSpoken;
  }

  /** Open the sound card. A browser keeps it suspended until somebody touches the page, unless it was started with
   *  --autoplay-policy=no-user-gesture-required, as the screens' kiosk mode is. */
  open() {
    this.#context = new AudioContext();
    this.#context.addEventListener("statechange", () => this.#tell());
    for (const gesture of ["pointerdown", "keydown"]) addEventListener(gesture, () => this.#context.resume());
    this.#tell();
  }

  #tell() {
    this.onState(this.#context.state);
    this.#speak();
  }

  /** The view's `voice`. The same announcement again is not spoken again; none ends what waits, and so does one without
   *  a sound: a chip speaks it. */
  offer({ area, announcement }) {
    this.#wanted = announcement && { ...announcement, area };
    this.#speak();
  }

  async #speak() {
    const it = this.#wanted;
    if (!it?.url || this.#busy || this.#context?.state !== "running") return;
    const key = `${it.area} ${it.id} ${it.url}`;
    if (key === this.#heard) return;
    this.#busy = true;
    try {
      const answer = await fetch(it.url);
      if (!answer.ok) throw new Error(`${it.url}: ${answer.status}`);
      const sound = await this.#context.decodeAudioData(await answer.arrayBuffer());
      this.#heard = key;
      sessionStorage.setItem(REMEMBERED, key);
      for (let reading = 0; reading < (it.times || 1); reading++) await this.#read(sound, reading ? GAP_S : 0);
      this.onSpoken({ id: it.id, area: it.area });
    } catch (error) {
      this.#heard = key; // a file that cannot be played is tried once; the missing receipt tells the hub
      console.warn("announcement %s not spoken: %s", it.id, error);
    }
    this.#busy = false;
    this.#speak();
  }

  #read(sound, after) {
    return new Promise((ended) => {
      const source = this.#context.createBufferSource();
      source.buffer = sound;
      source.connect(this.#context.destination);
      source.addEventListener("ended", ended);
      source.start(this.#context.currentTime + after);
    });
  }
}
