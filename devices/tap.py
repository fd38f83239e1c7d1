"""Taps on an agent's lines: while somebody looks on, all that goes over a line is gathered for the hub."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from typing import Any

from devices.capture import is_private, line_of
from devices.line import Line
from devices.tally import Direction
from devices.traffic import Passed

GATHERED = 5000
"""What is kept of a line for a hub that is slow; the oldest goes first."""


class Taps:
    """`news` is called when there is something to `take`; clock is monotonic seconds."""

    def __init__(self, news: Callable[[], None], clock: Callable[[], float] = time.monotonic) -> None:
        self._news = news
        self._clock = clock
        self._wanted: set[str] = set()
        self._lines: Mapping[str, Line] = {}
        self._private: set[str] = set()
        self._taps: dict[str, Callable[[Direction, bytes, str], None]] = {}
        self._gathered: dict[str, deque[dict[str, Any]]] = {}
        self._lock = threading.Lock()

    def belong_to(self, lines: Mapping[str, Line], config: Mapping[str, Any]) -> None:
        """A new config's lines: those that are wanted are tapped again. The old ones have ended."""
        with self._lock:
            drivers: dict[str, list[str]] = {}
            for device in config.get("devices", ()):
                drivers.setdefault(device.get("line") or device["id"], []).append(device["driver"])
            self._private = {line for line, names in drivers.items() if is_private(names)}
            self._lines, self._taps = lines, {}
            for line in self._wanted:
                self._open(line)

    def none(self) -> None:
        """Nobody looks on any more."""
        for line in list(self._wanted):
            self.want(line, False)

    def want(self, line: str, on: bool) -> None:
        """Begin or end to look at a line; one that is not here yet may come with the next config."""
        with self._lock:
            if on:
                self._wanted.add(line)
                self._open(line)
            else:
                self._wanted.discard(line)
                self._gathered.pop(line, None)
                if (tap := self._taps.pop(line, None)) and line in self._lines:
                    self._lines[line].tally.unwatch(tap)

    def take(self) -> list[dict[str, Any]]:
        """The `wire` messages that are due: {"line", "t": the clock now, "seen": [docs/agent.md]}."""
        with self._lock:
            due = []
            for line, gathered in self._gathered.items():
                seen = [gathered.popleft() for _ in range(len(gathered))]  # what comes meanwhile is for the next time
                if seen:
                    due.append({"line": line, "t": self._clock(), "seen": seen})
            return due

    def _open(self, line: str) -> None:
        if line in self._lines and line not in self._taps:
            gathered = self._gathered.setdefault(line, deque(maxlen=GATHERED))
            private = line in self._private

            def tap(direction: Direction, data: bytes, device: str) -> None:
                hidden = private and direction == "in"
                told = line_of(Passed(self._clock(), direction, b"" if hidden else data, device))
                gathered.append({**told, "hidden": len(data)} if hidden else told)
                self._news()

            self._taps[line] = tap
            self._lines[line].tally.watch(tap)
