"""Bars and panels on aabb: their driver, which leaves them the rest they need, and one that is not there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from devices.driver import DeviceSpec, Sink
from displays.bars import aabb
from displays.bars.bar import Bar, OneTextPanel, Sign
from displays.bars.virtual import VirtualSign

REST_S = 0.1
"""Silence that the source asks for between two frames."""


class AabbSign(Sign):
    """It never answers. After each frame to it the line rests REST_S seconds, or longer with option `rest_s`.

    Options too: `effect` (a name of aabb.EFFECTS), `effect_speed` (0–7), `tail_in_sum` (true; false for those that
    do not count the FF at the end). Raises ValueError for one that is not known.
    """

    EFFECT: ClassVar[str]
    SPEED: ClassVar[int]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options = self.spec.options
        self._rest_s = max(REST_S, float(options.get("rest_s", REST_S)))
        effect, self._speed = str(options.get("effect", self.EFFECT)), int(options.get("effect_speed", self.SPEED))
        if effect not in aabb.EFFECTS or not 0 <= self._speed <= 7:
            raise ValueError(
                f"effect {effect}, effect_speed {self._speed}: one of {', '.join(aabb.EFFECTS)}, and 0 to 7"
            )
        self._effect = aabb.EFFECTS[effect]

    def _frame(self, text: str) -> bytes:
        frame = aabb.Frame(self.spec.address, text, self._effect, self._speed)
        return aabb.encode(frame, tail_counted(self.spec.options))

    def _send(self, raw: bytes) -> None:
        self.line.write(raw, rest_s=self._rest_s)


class AabbBar(AabbSign, Bar):
    """A window's bar. It is told no colour."""

    EFFECT, SPEED = "left", 0

    def frames(self, text: str, colour: str) -> Sequence[bytes]:
        return [self._frame(text)]


class AabbPanel(AabbSign, OneTextPanel):
    """A hall's panel. It is told no colour."""

    EFFECT, SPEED = "now", 2

    def text_frames(self, text: str) -> Sequence[bytes]:
        return [self._frame(text)]


class VirtualAabb(VirtualSign):
    """Far end of a bar or panel."""

    def __init__(self, spec: DeviceSpec, sink: Sink) -> None:
        self.tokenizer = aabb.tokenizer if tail_counted(spec.options) else aabb.tailless_tokenizer
        super().__init__(spec, sink)

    def obey(self, frame: Any) -> None:
        if frame.address == self.spec.address:
            self.show(frame.text)


def tail_counted(options: Any) -> bool:
    """Whether these options say that the FF at the end counts in the sum."""
    return bool(options.get("tail_in_sum", True))
