"""A bar that is not there: it shows what a strict bar would show, and answers."""

from __future__ import annotations

from collections import deque
from typing import Any

from devices.virtual import FarEnd
from displays.bars import a090


class VirtualBar(FarEnd):
    """Far end of an a090 bar. `text` and `colour` are what it shows, `history` the last 200 texts, oldest first."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.text = ""
        self.colour = "red"
        self.history: deque[str] = deque(maxlen=200)
        self._tokenizer = a090.tokenizer()

    def hear(self, data: bytes) -> None:
        for frame in self._tokenizer.feed(data):
            if frame.address == self.spec.address and isinstance(frame, a090.Frame):
                self._obey(frame)

    def _obey(self, frame: a090.Frame) -> None:
        try:
            text, colours = a090.shown(frame)
        except (ValueError, UnicodeDecodeError):
            return  # a real bar keeps its text and says nothing
        self.text, self.colour = text, colours[0] if colours else "red"
        self.history.append(text)
        self.say(a090.encode(a090.Ack(frame.address, frame.command)))
        self.sink.far(text=self.text, colour=self.colour)
