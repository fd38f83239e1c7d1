"""The hardware of a hall, in the bench: keypads and bars at the far ends of wires that an agent holds."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Any

from caller.config import load
from caller.config.first import init_text
from caller.virtual_keypad import VirtualKeypad
from devices.virtual import FarEnd, VirtualWire
from displays.bars.a090_bar import VirtualA090

START_S = 60.0
QUIET_S = 1.0

LATE_S = 20.0
"""A text that has not come by then does not come."""


class FarAway:
    """The wires of a hall of so many windows on so many buses, and how long each press took to be a text.

    `config` is the hall's file, written to `folder`: it names the wires as ports. Nothing speaks.
    """

    def __init__(self, folder: Path, windows: int, zones: int, buses: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.config = folder / "hall_config.yaml"
        self.windows = windows
        text = init_text(zones, windows, zones, buses=buses)
        self._wires = {f"bus-{n}": VirtualWire(f"bus-{n}") for n in range(1, buses + 1)}
        for bus, wire in self._wires.items():
            text = text.replace(f"{{id: {bus}, port: virtual,", f"{{id: {bus}, port: {wire.path},")
        rows = [row for row in text.splitlines() if "driver: espeak" not in row]
        self.config.write_text("\n".join(rows) + "\n", encoding="utf-8")
        self._keypads: dict[str, Any] = {}
        self._pressed: dict[str, float] = {}
        self.times: list[float] = []
        self._news = threading.Condition()
        self._untold = windows
        for placed in load(self.config).devices:
            if placed.spec.kind == "keypad":
                end: FarEnd = VirtualKeypad(placed.spec, Digits(self))
                self._keypads[placed.window] = end
            elif placed.spec.kind == "bar":
                end = VirtualA090(placed.spec, Text(self, placed.window))
            else:
                continue
            self._wires[placed.spec.line].attach(end)

    def press(self, window: str) -> None:
        """A clerk presses next."""
        with self._news:
            self._pressed[window] = time.perf_counter()
        self._keypads[window].press("next")

    def showed(self, window: str) -> None:
        """A text stands on the bar of this window."""
        at = time.perf_counter()
        with self._news:
            if pressed := self._pressed.pop(window, 0.0):
                self.times.append((at - pressed) * 1000)
                self._news.notify_all()

    def settle(self) -> int:
        """Wait until every press has its text, LATE_S at most; how many have not."""
        with self._news:
            self._news.wait_for(lambda: not self._pressed, LATE_S)
            late = len(self._pressed)
            self._pressed.clear()
            return late

    def told(self) -> None:
        """Wait until every keypad shows something and then nothing more comes: the agent is there and has told all."""
        with self._news:
            if not self._news.wait_for(lambda: self._untold == 0, START_S):
                raise TimeoutError(f"{self._untold} keypads of the bench were told nothing")
            while self._news.wait(QUIET_S):
                pass

    def seen(self) -> None:
        """A keypad shows something."""
        with self._news:
            self._untold = sum(keypad.waiting is None and keypad.number is None for keypad in self._keypads.values())
            self._news.notify_all()

    def close(self) -> None:
        for wire in self._wires.values():
            wire.close()


class Unseen:
    """Nobody looks at this device."""

    def far(self, **seen: Any) -> None:
        pass

    def input(self, event: Any) -> None:
        pass

    def state(self, state: str, error: str = "", **detail: Any) -> None:
        pass

    def about(self, **facts: str) -> None:
        pass

    def slip(self, png: bytes, lines: list[str]) -> None:
        pass


class Digits(Unseen):
    """A keypad that is looked at."""

    def __init__(self, hall: FarAway) -> None:
        self._hall = hall

    def far(self, **seen: Any) -> None:
        self._hall.seen()


class Text(Unseen):
    """A bar that is looked at."""

    def __init__(self, hall: FarAway, window: str) -> None:
        self._hall = hall
        self._window = window

    def far(self, **seen: Any) -> None:
        self._hall.showed(self._window)
