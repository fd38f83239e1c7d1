"""A press on an ff68 device, at both ends of the wire: sent until echoed, and taken once however often it comes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

from devices import ff68
from devices.virtual import FarEnd

BOUNCE_S = 1.0
"""The same frame again within this time is the same press: a bouncing key, or a resend because our echo was lost."""

OWN_ECHO_S = 0.05
"""A two-wire adapter may play our own acknowledgement back; no device resends this soon, so it is not answered."""

RESEND_S = 0.3
TRIES = 3


class Presses:
    """The host's end: tells a new press from one sent again, and what is to be acknowledged."""

    def __init__(self, bounce_s: float, clock: Callable[[], float]) -> None:
        self._bounce_s = bounce_s
        self._clock = clock
        self._answered = float("-inf")
        self.forget()

    def forget(self) -> None:
        """The next press is a new one, whatever it is."""
        self._last: tuple[bytes, float] = (b"", float("-inf"))

    def take(self, data: bytes) -> tuple[bool, bool]:
        """(is it a new press, does it want an acknowledgement) for the data of a frame that came now."""
        now = self._clock()
        before, at = self._last
        new = data != before or now - at >= self._bounce_s
        self._last = (data, now)
        return new, new or now - self._answered > OWN_ECHO_S

    def acknowledged(self) -> None:
        """The acknowledgement has been written."""
        self._answered = self._clock()


class PressingFarEnd(FarEnd):
    """The device's end: presses, waits for the echo and presses again, as the hardware does.

    A subclass gives `obey(frame)`. Frames with a wrong checksum, length, tail or address do nothing. `deaf` makes it
    miss our acknowledgements.
    """

    tokenizer = staticmethod(ff68.tokenizer)

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.deaf = False
        self.acknowledged = 0
        self._lock = threading.Lock()
        self._unanswered: tuple[ff68.Frame, int, float] | None = None

    def obey(self, frame: ff68.Frame) -> None:
        """A good frame for this address."""
        raise NotImplementedError

    def press_frame(self, command: int, data: bytes) -> None:
        """Say it, and again every RESEND_S until it is echoed, TRIES times in all."""
        frame = ff68.Frame(self.spec.address, command, data)
        with self._lock:
            self._unanswered = (frame, TRIES - 1, time.monotonic() + RESEND_S)
        self.say(ff68.encode(frame))
        self.wake()

    def echoed(self, data: bytes) -> bool:
        """Is `data` the acknowledgement that is waited for? Then it is waited for no longer."""
        with self._lock:
            if self.deaf or self._unanswered is None or self._unanswered[0].data != data:
                return False
            self._unanswered = None
            self.acknowledged += 1
            return True

    def take(self, frame: ff68.Frame) -> None:
        if frame.address == self.spec.address:
            self.obey(frame)

    @property
    def restless(self) -> bool:
        return self._unanswered is not None

    def tick(self, now: float) -> None:
        with self._lock:
            if self._unanswered is None or now < self._unanswered[2]:
                return
            frame, left, _ = self._unanswered
            self._unanswered = (frame, left - 1, now + RESEND_S) if left else None
        if left:
            self.say(ff68.encode(frame))
