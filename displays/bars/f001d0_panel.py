"""The f001d0 panel: its driver, and a panel that is not there and shows what a strict one would."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from devices.gbk import fitted
from displays.bars import f001d0
from displays.bars.bar import Panel
from displays.bars.virtual import VirtualSign

COLUMNS = 16
"""Half-width characters that stand still on a line of the usual 128 pixels; a Chinese character is two."""

PAINT = {"red": "red", "green": "green", "yellow": "red"}
"""The wire has no yellow, and every panel has red."""


class F001D0Panel(Panel):
    """Options: `rows` (4), `columns` (16; a longer text runs)."""

    def frames(self, rows: Sequence[tuple[str, str]]) -> Sequence[bytes]:
        columns = int(self.spec.options.get("columns", COLUMNS))
        lines = []
        for number, (text, colour) in enumerate(rows[: f001d0.MAX_LINE], 1):
            mode = f001d0.STILL if len(fitted(text, f001d0.MAX_TEXT)) <= columns else f001d0.LEFT
            # A line without text is a blank: we do not know whether a panel takes an empty one.
            lines.append(f001d0.encode(f001d0.Line(number, text or " ", PAINT[colour], mode)))
        return lines


class VirtualF001D0(VirtualSign):
    """Far end of a panel with `rows` lines (4). A line that it does not have it does not show."""

    tokenizer = staticmethod(f001d0.tokenizer)

    def obey(self, frame: Any) -> None:
        if frame.number <= int(self.spec.options.get("rows", 4)):
            self.show_row(frame.number - 1, frame.text.strip())
