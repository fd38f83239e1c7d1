"""Our own frames, heard back: a two-wire adapter that does not close its ear while it speaks plays us what we wrote."""

from __future__ import annotations

import threading

LATE_S = 0.05
"""After its last bit a frame of ours may come back so much later. No device says the same thing again so soon."""


class OwnVoice:
    """Takes out of what is heard what we have just written. `wrote` and `without` may be called from two threads.

    Nothing is lost where the adapter does not do this: bytes that only began like ours are given back.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._own = b""
        self._held = b""
        self._until = 0.0

    def wrote(self, data: bytes, gone_at: float) -> None:
        """`data` will have left the wire at `gone_at` (monotonic seconds)."""
        with self._lock:
            self._own += data
            self._until = gone_at + LATE_S

    def without(self, data: bytes, now: float) -> bytes:
        """What others said, of the bytes heard until `now` (monotonic seconds). Call it with b"" when it is quiet."""
        with self._lock:
            heard, self._held = self._held + data, b""
            if now > self._until:
                self._own = b""
            if not self._own:
                return heard
            if heard.startswith(self._own):
                heard, self._own = heard[len(self._own) :], b""
                return heard
            if self._own.startswith(heard):
                self._held = heard
                return b""
            self._own = b""
            return heard
