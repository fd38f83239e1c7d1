"""Whose turn it is to speak on a line: one frame at a time, answers first, nobody into a device's words."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

GAP_S = 0.005
"""Silence between two frames, so that bars and keypads on RS-485 see where one ends."""

QUIET_S = 0.004
"""Silence after a device's last byte before we speak: four characters at 9600 baud."""

BABBLE_S = 0.1
"""A device that never stops talking is not waited for any longer than this."""

BITS = 10
"""Of a byte on the wire: 8N1."""


class Turns:
    """The turns of one line of `speed` bits a second. Threads come and wait; `clock` is monotonic seconds."""

    def __init__(self, speed: int, clock: Callable[[], float]) -> None:
        self._speed = speed
        self._clock = clock
        self._gate = threading.Condition()
        self._answers_waiting = 0
        self._clear_at = 0.0
        self._rests_until = 0.0
        self._heard_at = float("-inf")
        self._over = False

    def seconds(self, frame: bytes) -> float:
        """How long these bytes take on the wire."""
        return len(frame) * BITS / self._speed

    def heard(self, now: float) -> None:
        """A device has said something just now."""
        self._heard_at = now

    @contextmanager
    def taken(self, frame: bytes, rest_s: float = 0.0, *, answer: bool = False) -> Iterator[None]:
        """Wait for the turn, then hold it while the frame is handed to the port.

        The wire is free when our frame before has left it and no device is in the middle of its own. Answers go before
        other frames; `rest_s` after this one only answers are written.
        """
        with self._gate:
            self._answers_waiting += answer
            try:
                self._wait(answer)
                yield
                self._clear_at = self._clock() + self.seconds(frame) + GAP_S
                self._rests_until = max(self._rests_until, self._clear_at + rest_s)
            finally:
                self._answers_waiting -= answer
                self._gate.notify_all()

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """Nobody speaks meanwhile."""
        with self._gate:
            yield
            self._gate.notify_all()

    def end(self) -> None:
        """Let everybody who waits go: the line is stopped."""
        with self._gate:
            self._over = True
            self._gate.notify_all()

    def _wait(self, answer: bool) -> None:
        babble_over = self._clock() + BABBLE_S
        while not self._over:
            clear_at = self._clear_at if answer else max(self._clear_at, self._rests_until)
            pause = max(clear_at, min(self._heard_at + QUIET_S, babble_over)) - self._clock()
            if pause <= 0 and (answer or not self._answers_waiting):
                return
            self._gate.wait(pause if pause > 0 else None)
