"""An evaluator that is not there: it asks for a grade when told to, and sends it until it is acknowledged."""

from __future__ import annotations

import threading
import time
from typing import Any

from devices import ff68
from devices.virtual import FarEnd
from kiosk.pads import grade_codes

RESEND_S = 0.3
TRIES = 3


class VirtualPad(FarEnd):
    """Far end of an ff68 evaluator. It shows `prompting` and `stars` (0–5)."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.prompting = False
        self.stars = 0
        self.deaf = False
        self.acknowledged = 0
        self._codes = {grade: code for code, grade in grade_codes(self.spec.options.get("grades")).items()}
        self._tokenizer = ff68.tokenizer()
        self._lock = threading.Lock()
        self._unanswered: tuple[bytes, int, float] | None = None

    def grade(self, grade: str) -> None:
        """Press a grade by its name. Raises ValueError if the pad has no such key."""
        if grade not in self._codes:
            raise ValueError(f"this evaluator has no key {grade!r}")
        data = bytes((self._codes[grade],))
        with self._lock:
            self._unanswered = (data, TRIES - 1, time.monotonic() + RESEND_S)
        self._send(data)

    def hear(self, data: bytes) -> None:
        for frame in self._tokenizer.feed(data):
            if frame.address == self.spec.address:
                self._obey(frame)

    def tick(self, now: float) -> None:
        with self._lock:
            if self._unanswered is None or now < self._unanswered[2]:
                return
            data, left, _ = self._unanswered
            self._unanswered = (data, left - 1, now + RESEND_S) if left else None
        if left:
            self._send(data)

    def _send(self, data: bytes) -> None:
        self.say(ff68.encode(ff68.Frame(self.spec.address, ff68.GRADE, data)))

    def _obey(self, frame: ff68.Frame) -> None:
        if frame.command == ff68.KEY and frame.data == bytes((ff68.START_RATING,)):
            self.prompting = True
        elif frame.command == ff68.KEY:
            with self._lock:
                if self.deaf or self._unanswered is None or self._unanswered[0] != frame.data:
                    return
                self._unanswered = None
            self.acknowledged += 1
            self.prompting = False
        elif frame.command == ff68.SHOW and len(frame.data) == 1 and frame.data[0] <= 5:
            self.stars = frame.data[0]
        else:
            return
        self.sink.far(prompting=self.prompting, stars=self.stars)
