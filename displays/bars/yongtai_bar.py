"""The yongtai-aa55 bar: its driver, and a bar that is not there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from displays.bars import yongtai
from displays.bars.bar import Bar
from displays.bars.virtual import VirtualSign


class YongtaiBar(Bar):
    """It never answers and has one colour. A text is two frames; with option `zeros` so many follow the first."""

    def frames(self, text: str, colour: str) -> Sequence[bytes]:
        announcement, shown = map(yongtai.encode, yongtai.show(self.spec.address, text))
        return [announcement + bytes(int(self.spec.options.get("zeros", 0))), shown]


class VirtualYongtai(VirtualSign):
    """Far end of a yongtai-aa55 bar: it shows a text only as long as was announced just before."""

    tokenizer = staticmethod(yongtai.tokenizer)

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._announced = -1

    def obey(self, frame: Any) -> None:
        if frame.address != self.spec.address:
            return
        if isinstance(frame, yongtai.Announcement):
            self._announced = frame.size
            return
        announced, self._announced = self._announced, -1
        if announced == len(frame.text.encode("gbk")):
            self.show(frame.text)
