"""The fk-64 bar: its driver, and a card that is not there and shows what a strict one would."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from displays.bars import fk64
from displays.bars.bar import Bar
from displays.bars.virtual import VirtualSign


class Fk64Bar(Bar):
    """Options: those of displays.bars.bar.Sign, `window` (0) and `broadcast` (send to any card; none answers us then).

    One source has an answer, so none is waited for unless the option `answers` says so; one that comes makes it ok.
    """

    tokenizer = staticmethod(fk64.tokenizer)

    def frames(self, text: str, colour: str) -> Sequence[bytes]:
        options = self.spec.options
        card = fk64.ANY if options.get("broadcast", False) else self.spec.address
        return [fk64.encode(fk64.Show(card, text, colour, int(options.get("window", 0))))]

    def is_answer(self, frame: Any) -> bool:
        return isinstance(frame, fk64.Answer) and frame.result == fk64.TAKEN


class VirtualFk64(VirtualSign):
    """Far end of a card. What it cannot read it does not show and does not answer."""

    tokenizer = staticmethod(fk64.tokenizer)

    def obey(self, frame: Any) -> None:
        if not isinstance(frame, fk64.Show) or frame.address not in (self.spec.address, fk64.ANY):
            return
        if frame.window == int(self.spec.options.get("window", 0)):
            self.show(frame.text, frame.colour)
            self.say(fk64.encode(fk64.Answer(frame.address)))
