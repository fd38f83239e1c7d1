"""Bars and panels on ruize-1a: their driver, and one that is not there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from displays.bars import ruize
from displays.bars.bar import Bar, OneTextPanel
from displays.bars.virtual import VirtualSign


class RuizeBar(Bar):
    """It never answers and has one colour."""

    def frames(self, text: str, colour: str) -> Sequence[bytes]:
        return [ruize.encode(ruize.Frame(self.spec.address, text))]


class RuizePanel(OneTextPanel):
    """A panel is told as a bar is."""

    def text_frames(self, text: str) -> Sequence[bytes]:
        return [ruize.encode(ruize.Frame(self.spec.address, text))]


class VirtualRuize(VirtualSign):
    """Far end of a ruize-1a bar or panel."""

    tokenizer = staticmethod(ruize.tokenizer)

    def obey(self, frame: Any) -> None:
        if frame.address == self.spec.address:
            self.show(frame.text)
