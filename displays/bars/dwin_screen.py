"""A DGUS serial screen over a window: its driver, and a screen that is not there and shows what a strict one would."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from devices.driver import DeviceError
from displays.bars import dwin
from displays.bars.bar import Bar
from displays.bars.virtual import VirtualSign

VARIABLE = 0x1000


class DwinScreen(Bar):
    """Options: `variable` (0x1000, where the project has its text), `encoding` (gbk or ucs2), and those of Sign.

    A screen whose firmware does not answer wants `answers: false`.
    """

    tokenizer = staticmethod(dwin.tokenizer)
    ANSWERS = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.variable, self.encoding = place(self.spec.options)

    def open(self) -> None:
        super().open()
        if self.answers:
            self.line.write(dwin.encode(dwin.Read(dwin.VERSION)))

    def heard(self, frame: Any) -> None:
        if isinstance(frame, dwin.Read) and frame.variable == dwin.VERSION and frame.data:
            self.sink.about(firmware=frame.data.hex().upper())
        super().heard(frame)

    def frames(self, text: str, colour: str) -> Sequence[bytes]:
        return [dwin.encode(dwin.show(self.variable, text, self.encoding))]

    def is_answer(self, frame: Any) -> bool:
        return isinstance(frame, dwin.Taken)


class VirtualDwin(VirtualSign):
    """Far end of a screen whose project has one text."""

    tokenizer = staticmethod(dwin.tokenizer)

    def obey(self, frame: Any) -> None:
        variable, encoding = place(self.spec.options)
        if isinstance(frame, dwin.Write):
            if frame.variable == variable:
                self.show(dwin.shown(frame, encoding).rstrip())
            self.say(dwin.encode(dwin.Taken()))
        elif frame == dwin.Read(dwin.VERSION):
            self.say(dwin.encode(dwin.Read(dwin.VERSION, 1, b"\x65\x12")))


def place(options: Mapping[str, Any]) -> tuple[int, str]:
    """The variable and the encoding that the options name. Raises DeviceError("fault", …) for what cannot be one."""
    encoding = str(options.get("encoding", "gbk"))
    if encoding not in dwin.ENCODINGS:
        raise DeviceError("fault", f"串口屏的选项 encoding 不能是 {encoding!r},只能是 gbk 或 ucs2")
    said = options.get("variable", VARIABLE)
    try:
        variable = int(said, 0) if isinstance(said, str) else int(said)
    except (TypeError, ValueError):
        variable = -1
    if not 0x1000 <= variable <= 0xFFFF:
        raise DeviceError("fault", f"串口屏的选项 variable 不能是 {said!r},应在 0x1000 到 0xFFFF 之间")
    return variable, encoding
