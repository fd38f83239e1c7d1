"""Bars and panels on zhongyi-fe: their driver, and one that is not there."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle
from typing import Any

from displays.bars import zhongyi
from displays.bars.bar import Bar, OneTextPanel, Sign
from displays.bars.virtual import VirtualSign


class ZhongyiSign(Sign):
    """It never answers. Each frame to it has the next number (1–255, then 1 again), should it drop what it has seen."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._numbers = cycle(range(1, 256))

    def _frame(self, text: str, place: bytes) -> bytes:
        return zhongyi.encode(zhongyi.Frame(self.spec.address, text, next(self._numbers), place))


class ZhongyiBar(ZhongyiSign, Bar):
    """A window's bar. It has one colour."""

    def frames(self, text: str, colour: str) -> Sequence[bytes]:
        return [self._frame(text, zhongyi.BAR)]


class ZhongyiPanel(ZhongyiSign, OneTextPanel):
    """A hall's panel. It has one colour."""

    def text_frames(self, text: str) -> Sequence[bytes]:
        return [self._frame(text, zhongyi.PANEL)]


class VirtualZhongyi(VirtualSign):
    """Far end of a bar or panel: each shows only what is meant for its kind."""

    tokenizer = staticmethod(zhongyi.tokenizer)

    def obey(self, frame: Any) -> None:
        place = zhongyi.PANEL if self.spec.kind == "panel" else zhongyi.BAR
        if (frame.address, frame.place) == (self.spec.address, place):
            self.show(frame.text)
