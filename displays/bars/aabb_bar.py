"""Bars and panels on aabb: their driver, which leaves them the rest they need, and one that is not there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from displays.bars import aabb
from displays.bars.bar import Bar, OneTextPanel, Sign
from displays.bars.virtual import VirtualSign

REST_S = 0.1
"""Silence that the source asks for between two frames."""


class AabbSign(Sign):
    """It never answers. After each frame to it the line rests REST_S seconds, or longer with option `rest_s`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._rest_s = max(REST_S, float(self.spec.options.get("rest_s", REST_S)))

    def _send(self, raw: bytes) -> None:
        self.line.write(raw, rest_s=self._rest_s)


class AabbBar(AabbSign, Bar):
    """A window's bar. It has one colour."""

    def frames(self, text: str, colour: str) -> Sequence[bytes]:
        return [aabb.encode(aabb.Frame(self.spec.address, text))]


class AabbPanel(AabbSign, OneTextPanel):
    """A hall's panel. It has one colour."""

    def text_frames(self, text: str) -> Sequence[bytes]:
        return [aabb.encode(aabb.Frame(self.spec.address, text, aabb.PANEL))]


class VirtualAabb(VirtualSign):
    """Far end of a bar or panel: each shows only what is meant for its kind."""

    tokenizer = staticmethod(aabb.tokenizer)

    def obey(self, frame: Any) -> None:
        place = aabb.PANEL if self.spec.kind == "panel" else aabb.BAR
        if (frame.address, frame.place) == (self.spec.address, place):
            self.show(frame.text)
