"""A keypad that is not there: it presses, waits for the echo and presses again, as the hardware does."""

from __future__ import annotations

import threading
import time
from typing import Any

from caller.keypads import Keymap
from devices import ff68
from devices.virtual import FarEnd

RESEND_S = 0.3
TRIES = 3


class VirtualKeypad(FarEnd):
    """Far end of an ff68 keypad. It shows `waiting` (int or None) and `number` ("023" or None), and counts `beeps`.

    Frames with a wrong checksum, length, tail or address do nothing. `deaf` makes it miss our acknowledgements.
    """

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.waiting: int | None = None
        self.number: str | None = None
        self.beeps = 0
        self.deaf = False
        self.acknowledged = 0
        self._keymap = Keymap(self.spec.options.get("keys"))
        self._tokenizer = ff68.tokenizer()
        self._lock = threading.Lock()
        self._unanswered: tuple[bytes, int, float] | None = None

    def press(self, key: str, digits: str = "") -> None:
        """Press a key by its meaning ("next"), after typing digits. Raises ValueError if the keypad has no such key."""
        raw = ff68.encode(ff68.Frame(self.spec.address, ff68.KEY, self._keymap.bytes_of(key, str(digits))))
        with self._lock:
            self._unanswered = (raw, TRIES - 1, time.monotonic() + RESEND_S)
        self.say(raw)

    def hear(self, data: bytes) -> None:
        for frame in self._tokenizer.feed(data):
            if frame.address == self.spec.address:
                self._obey(frame)

    def tick(self, now: float) -> None:
        with self._lock:
            if self._unanswered is None or now < self._unanswered[2]:
                return
            raw, left, _ = self._unanswered
            self._unanswered = (raw, left - 1, now + RESEND_S) if left else None
        if left:
            self.say(raw)

    def _obey(self, frame: ff68.Frame) -> None:
        if frame.command == ff68.KEY:
            with self._lock:
                if not self.deaf and self._unanswered and self._unanswered[0] == ff68.encode(frame):
                    self._unanswered = None
                    self.acknowledged += 1
        elif frame.command == ff68.SHOW and len(frame.data) == 6 and max(frame.data) <= ff68.BLANK:
            left, right = _lit(frame.data[:3]), _lit(frame.data[3:])
            self.waiting, self.number = int(left) if left else None, right or None
            self.sink.far(waiting=self.waiting, number=self.number)
        elif frame.command == ff68.BEEP and not frame.data:
            self.beeps += 1


def _lit(places: bytes) -> str:
    return "".join("" if place == ff68.BLANK else str(place) for place in places)
