"""Scanners that are not there: a code is held before them, and they read it if they are looking."""

from __future__ import annotations

import time
from typing import Any, ClassVar

from devices.virtual import FarEnd
from kiosk.scanners import commands
from kiosk.scanners.codes import Answer, Code, encode

_9600 = bytes.fromhex("39 01")


class VirtualScanner(FarEnd):
    """Far end of a scanner that always looks. `end` is what it puts after a code. It shows `scanned`, a count."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.end = b"\r"
        self.scanned = 0

    def scan(self, text: str) -> None:
        """Hold a code before it."""
        self.scanned += 1
        self.say(encode(Code(str(text)), self.end))
        self.sink.far(scanned=self.scanned)

    def hear(self, data: bytes) -> None:
        """It listens to nobody."""


class VirtualModule(VirtualScanner):
    """Far end of a module in command mode: it looks for a while after each trigger, and is dark otherwise."""

    UNCHECKED: ClassVar[bool] = True
    LOOK_S: ClassVar[float] = 5.0
    HELD_S: ClassVar[float] = 2.0
    """So long somebody holds a code before it: one that does not look yet reads it when it does."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.triggers = 0
        self.look_s = float(self.spec.options.get("look_s", self.LOOK_S))
        self._until = 0.0
        self._held: tuple[str, float] = ("", 0.0)
        self._tokenizer = commands.tokenizer(unchecked=self.UNCHECKED)

    @property
    def looking(self) -> bool:
        return time.monotonic() < self._until

    def scan(self, text: str) -> None:
        self._held = (str(text), time.monotonic() + self.HELD_S)
        self._look()

    def _look(self) -> None:
        text, until = self._held
        if text and self.looking and time.monotonic() < until:
            self._until, self._held = 0.0, ("", 0.0)
            super().scan(text)

    def hear(self, data: bytes) -> None:
        for command in self._tokenizer.feed(data):
            if command == commands.ASK_SPEED:
                self.say(encode(Answer(0, _9600)))
                continue
            if command == commands.TRIGGER:
                self._until = time.monotonic() + self.look_s
                self.triggers += 1
            elif command == commands.CANCEL and not self.UNCHECKED:
                self._until = 0.0
            else:
                continue
            self.say(encode(Answer(0, bytes(1))))
            self._look()


class VirtualNewland(VirtualModule):
    """Takes no command without its CRC."""

    UNCHECKED = False
    LOOK_S = 15.0
