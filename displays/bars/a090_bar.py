"""The a090 bar: its driver, and a bar that is not there and shows what a strict one would."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from displays.bars import a090
from displays.bars.bar import Bar
from displays.bars.virtual import VirtualSign


class A090Bar(Bar):
    """Options: those of displays.bars.bar.Sign, `unicode` (send CMD 50 instead of A5), and `power_on_text` (what the
    bar shows when it is switched on; stored in it once after each start of the agent, in red)."""

    tokenizer = staticmethod(a090.tokenizer)
    ANSWERS = True
    _stored = False

    def open(self) -> None:
        super().open()
        text = str(self.spec.options.get("power_on_text", ""))
        if text and not self._stored:  # not after each loss of the line: its memory wears
            self.line.write(a090.encode(a090.store(self.spec.address, text)))
            self._stored = True

    def frames(self, text: str, colour: str) -> Sequence[bytes]:
        address = self.spec.address
        if self.spec.options.get("unicode", False):
            return [a090.encode(a090.show_unicode(address, text))]
        return [a090.encode(a090.show(address, text, colour))]

    def is_answer(self, frame: a090.Frame | a090.Ack) -> bool:
        taken = isinstance(frame, a090.Ack) or frame.data == b"\xaa"
        return taken and frame.command in (a090.SHOW, a090.SHOW_UNICODE)


class VirtualA090(VirtualSign):
    """Far end of an a090 bar. What it cannot read it does not show and does not answer."""

    tokenizer = staticmethod(a090.tokenizer)

    power_on_text = ""

    def power_on(self) -> None:
        super().power_on()
        if self.power_on_text:
            self.show(self.power_on_text)

    def obey(self, frame: Any) -> None:
        if frame.address != self.spec.address or not isinstance(frame, a090.Frame):
            return
        text, colours = a090.shown(frame)
        if frame.command == a090.STORE:
            self.power_on_text = text
        else:
            self.show(text, colours[0] if colours else "red")
        self.say(a090.encode(a090.Ack(frame.address, frame.command)))
