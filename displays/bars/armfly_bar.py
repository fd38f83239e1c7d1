"""armfly digit tubes as a bar over a window: two drivers, ASCII and Modbus, and tubes that are not there."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any

from displays.bars import armfly
from displays.bars.bar import Bar
from displays.bars.virtual import VirtualSign

MODEL = "LED-485-054"


class Tubes(Bar):
    """Digit tubes show the number that the window calls or serves, and are dark otherwise: a window's own number, or
    an hour, would be taken for a ticket's.

    Options: `digits` (4, how many tubes), `letters` (false; true for models that know letters) and those of Sign.
    """

    def frames_of(self, data: Mapping[str, Any]) -> Sequence[bytes]:
        count = min(max(int(self.spec.options.get("digits", 4)), 1), armfly.MAX_TUBES)
        letters = bool(self.spec.options.get("letters", False))
        return self.frames(armfly.tubes(str(data.get("number") or ""), count, letters), "red")

    @abstractmethod
    def frames(self, text: str, colour: str) -> Sequence[bytes]:
        """As Bar's; the text is one character a tube."""


class ArmflyAscii(Tubes):
    """The ASCII form. Nothing answers a text."""

    def frames(self, text: str, colour: str) -> Sequence[bytes]:
        return [armfly.encode_ascii(armfly.Show(self.spec.address, text))]


class ArmflyModbus(Tubes):
    """The Modbus form, which answers."""

    tokenizer = staticmethod(armfly.answers)
    ANSWERS = True

    def frames(self, text: str, colour: str) -> Sequence[bytes]:
        return [armfly.encode_modbus(armfly.Show(self.spec.address, text))]

    def is_answer(self, frame: Any) -> bool:
        if isinstance(frame, armfly.Refused):
            self.sink.state("fault", f"数码管拒绝了内容(异常码 {frame.code})")
        return isinstance(frame, armfly.Taken)


class VirtualArmflyAscii(VirtualSign):
    """Far end of tubes that speak ASCII."""

    tokenizer = staticmethod(armfly.ascii_tokenizer)

    def obey(self, frame: Any) -> None:
        if frame.address != self.spec.address:
            return
        if isinstance(frame, armfly.Show):
            self.show(frame.text)
        elif frame.what == armfly.MODEL:
            self.say(MODEL.encode())


class VirtualArmflyModbus(VirtualSign):
    """Far end of tubes that speak Modbus."""

    tokenizer = staticmethod(armfly.requests)

    def obey(self, frame: Any) -> None:
        if frame.address == self.spec.address:
            self.show(frame.text)
            self.say(armfly.encode_modbus(armfly.Taken(frame.address, len(frame.text.replace(".", "")))))
