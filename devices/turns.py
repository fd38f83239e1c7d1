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

ANSWERS_IN_A_ROW = 4
"""Then another frame gets its turn: a key that is stuck must not keep the bars waiting."""

BITS = 10
"""Of a byte on the wire: 8N1."""


class Turns:
    """The turns of one line of `speed` bits a second. Threads come and wait; `clock` is monotonic seconds."""

    def __init__(self, speed: int, clock: Callable[[], float]) -> None:
        self._speed = speed
        self._clock = clock
        self._gate = threading.Condition()
        self._waiting = {True: 0, False: 0}
        """Answers, and other frames."""
        self._in_a_row = 0
        """Answers since another frame went."""
        self._clear_at = 0.0
        self._rests_until = 0.0
        self._heard_at = self._talks_since = float("-inf")
        self._over = False

    def seconds(self, frame: bytes) -> float:
        """How long these bytes take on the wire."""
        return len(frame) * BITS / self._speed

    def heard(self, now: float) -> None:
        """A device has said something just now."""
        if now - self._heard_at > QUIET_S:
            self._talks_since = now
        self._heard_at = now

    @contextmanager
    def taken(self, frame: bytes, rest_s: float = 0.0, *, answer: bool = False) -> Iterator[None]:
        """Wait for the turn, then hold it while the frame is handed to the port.

        The wire is free when our frame before has left it and no device is in the middle of its own. Answers go before
        other frames; `rest_s` after this one only answers are written.
        """
        with self._gate:
            self._waiting[answer] += 1
            try:
                self._wait(answer)
                self._in_a_row = self._in_a_row + 1 if answer else 0
                yield
                self._clear_at = self._clock() + self.seconds(frame) + GAP_S
                self._rests_until = max(self._rests_until, self._clear_at + rest_s)
            finally:
                self._waiting[answer] -= 1
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
        while not self._over:
            now = self._clock()
            clear_at = self._clear_at if answer else max(self._clear_at, self._rests_until)
            pause = max(clear_at, min(self._heard_at + QUIET_S, self._talks_since + BABBLE_S)) - now
            if pause <= 0 and self._is_next(answer, now):
                return
            self._gate.wait(pause if pause > 0 else None)

    def _is_next(self, answer: bool, now: float) -> bool:
        others_turn = self._in_a_row >= ANSWERS_IN_A_ROW and self._waiting[False] and now >= self._rests_until
        return not others_turn if answer else bool(others_turn) or not self._waiting[True]
