"""The answers that a line owes its devices, written by a thread of their own: the next frame is heard meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress

from devices.driver import DeviceError

MOST = 64
"""Answers that may be owed at once: more devices than press in the same moment. Of more, the oldest is dropped: its
device has stopped waiting for it and says its frame again."""


class Answers:
    """What is owed is written in order by `write(data, device)`, which may raise DeviceError: then nobody waits for it.

    The same answer is owed once, however often it is asked for: a device that does not stop talking makes no heap.
    """

    def __init__(self, line: str, write: Callable[[bytes, str], None]) -> None:
        self._write = write
        self._owed: dict[tuple[bytes, str], None] = {}
        self._changed = threading.Condition()
        self._over = False
        self._thread = threading.Thread(target=self._run, name=f"line {line} answers", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def owe(self, data: bytes, device: str) -> None:
        """Returns at once."""
        with self._changed:
            self._owed[data, device] = None
            if len(self._owed) > MOST:
                del self._owed[next(iter(self._owed))]
            self._changed.notify()

    def stop(self) -> None:
        with self._changed:
            self._over = True
            self._changed.notify()
        if self._thread.is_alive():
            self._thread.join(5)

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._owed or self._over)
                if self._over:
                    return
                data, device = next(iter(self._owed))
                del self._owed[data, device]
            with suppress(DeviceError):  # the line is lost, and says so itself
                self._write(data, device)
