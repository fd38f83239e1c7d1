"""Bars and panels that are not there: what strict ones would show, for the demo, the tests and the simulation."""

from __future__ import annotations

from abc import abstractmethod
from collections import deque
from typing import Any

from devices.virtual import FarEnd


class VirtualSign(FarEnd):
    """Far end of a bar or panel. A family gives its `tokenizer` and `obey`.

    A bar shows `text` and `colour`, a panel `rows` ([text, ...], from the top). `history` has the last
    200 texts, oldest first.
    """

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.text = ""
        self.colour = "red"
        self.rows: list[str] = []
        self.history: deque[str] = deque(maxlen=200)

    def take(self, frame: Any) -> None:
        try:
            self.obey(frame)
        except (ValueError, UnicodeDecodeError):
            pass  # a real one keeps its text and says nothing

    @abstractmethod
    def obey(self, frame: Any) -> None:
        """Do what a verified frame says if it is for this address: `show`, `show_row`, and the answer by `say`.

        Raises ValueError (UnicodeDecodeError is one) for what the hardware would not take.
        """

    def show(self, text: str, colour: str = "red") -> None:
        self.text, self.colour = text, colour
        self.history.append(text)
        self.sink.far(text=text, colour=colour)

    def show_row(self, row: int, text: str) -> None:
        """Row 0 is the top one."""
        self.rows += [""] * (row + 1 - len(self.rows))
        self.rows[row] = text
        self.history.append(text)
        self.sink.far(rows=list(self.rows))
