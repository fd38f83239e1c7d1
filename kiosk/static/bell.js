// The phone's bell: three tones and a shake, again until somebody says that they heard it.

const TONE_HZ = [880, 1175, 880];
const TONE_S = 0.28;
const SHAKE_MS = [400, 200, 400, 200, 400];
const AGAIN_AFTER_MS = 3000;
const RINGS_AT_MOST = 6;

const shake = (pattern) => navigator.userActivation?.hasBeenActive && navigator.vibrate?.(pattern);

let context = null;
let ringing = null;

/** A phone lets a page sound only after a touch: prepare at the first one. True when it can sound now. */
export function prepare() {
  context ??= window.AudioContext ? new AudioContext() : null;
  context?.resume();
  return context?.state === "running";
}

const canSound = () => context?.state === "running";

/** Before the first touch a phone neither sounds nor shakes for a page: then it is better not to claim it. */
export const canRing = () => canSound() || Boolean(navigator.userActivation?.hasBeenActive && navigator.vibrate);

function once() {
  shake(SHAKE_MS);
  if (!canSound()) return;
  TONE_HZ.forEach((hz, i) => {
    const tone = context.createOscillator();
    const loud = context.createGain();
    const from = context.currentTime + i * TONE_S;
    tone.frequency.value = hz;
    loud.gain.setValueAtTime(0.001, from);
    loud.gain.exponentialRampToValueAtTime(0.6, from + 0.02);
    loud.gain.exponentialRampToValueAtTime(0.001, from + TONE_S);
    tone.connect(loud).connect(context.destination);
    tone.start(from);
    tone.stop(from + TONE_S);
  });
  document.body.dataset.rung = Number(document.body.dataset.rung ?? 0) + 1;
}

/** Ring now and again, a few times, until hush(). */
export function ring() {
  hush();
  let left = RINGS_AT_MOST;
  const next = () => {
    once();
    left -= 1;
    if (left <= 0) hush();
  };
  ringing = setInterval(next, AGAIN_AFTER_MS);
  next();
}

export const ringOnce = once;

export function hush() {
  clearInterval(ringing);
  ringing = null;
  shake(0);
}
