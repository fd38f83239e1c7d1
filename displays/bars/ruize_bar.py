"""The ruize-1a bar: its driver, and a bar that is not there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from displays.bars import ruize
from displays.bars.bar import Bar
from displays.bars.virtual import VirtualSign


class RuizeBar(Bar):
    """It never answers and has one colour."""

    def frames(self, text: str, colour: str) -> Sequence[bytes]:
        return [ruize.encode(ruize.Frame(self.spec.address, text))]


class VirtualRuize(VirtualSign):
    """Far end of a ruize-1a bar."""

    tokenizer = staticmethod(ruize.tokenizer)

    def obey(self, frame: Any) -> None:
        if frame.address == self.spec.address:
            self.show(frame.text)
