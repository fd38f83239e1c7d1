// How long things stay, and how long a visitor may think; large type doubles them.
export const IDLE_ASKED_AFTER_MS = 60_000; // a page other than home, untouched
export const IDLE_ANSWER_MS = 12_000; // "还在吗？" before the page goes home
export const DONE_SHOWN_MS = 20_000; // the number, after the slip came or the code was shown
export const TOAST_SHOWN_MS = 6_000;
export const THANKS_SHOWN_MS = 5_000;
export const TICK_MS = 250;

export const inMode = (ms, large) => (large ? ms * 2 : ms);
