// A short bell at the desk when somebody begins to wait while the window is free. The clerk can switch it off.

const REMEMBERED = "hallcall.bell";
const TONES = [
  { hz: 880, from: 0, lasts: 0.18 },
  { hz: 660, from: 0.2, lasts: 0.3 },
];

export class Bell {
  #waiting = null;
  on = localStorage.getItem(REMEMBERED) !== "off";

  toggle() {
    this.on = !this.on;
    localStorage.setItem(REMEMBERED, this.on ? "on" : "off");
  }

  /** The newest view: rings when its line was empty before. */
  follow(view) {
    const before = this.#waiting;
    this.#waiting = view.waiting;
    if (this.on && before === 0 && view.waiting > 0 && view.state === "open") this.ring();
  }

  ring() {
    const context = new AudioContext();
    for (const { hz, from, lasts } of TONES) {
      const tone = new OscillatorNode(context, { frequency: hz });
      const level = new GainNode(context, { gain: 0.2 });
      level.gain.setTargetAtTime(0, context.currentTime + from, lasts / 3);
      tone.connect(level).connect(context.destination);
      tone.start(context.currentTime + from);
      tone.stop(context.currentTime + from + lasts);
    }
    setTimeout(() => context.close(), 1500);
  }
}
