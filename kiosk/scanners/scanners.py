"""Scanners at a kiosk: one that sends what it sees, and modules that are told when to look."""

from __future__ import annotations

from contextlib import suppress
from typing import Any, ClassVar

from devices.driver import DeviceError, Job, LineDriver
from kiosk.scanners import commands
from kiosk.scanners.codes import Answer, Code, Codes

AGAIN_S = 2.0
"""The same code within this time after it was last seen is still lying before the scanner."""

ANSWER_S = 1.0
TRIES = 3


class LineScanner(LineDriver):
    """A scanner that looks by itself and sends each code with CR or LF. Input: {"kind": "code", "text"}.

    Options: `again_s` (AGAIN_S), `speed`. No jobs. Nothing that it reads is logged or kept.
    """

    tokenizer = Codes

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.again_s = float(self.spec.options.get("again_s", AGAIN_S))
        self._last, self._last_at = "", float("-inf")

    def do(self, job: Job) -> dict[str, Any]:
        raise DeviceError("cannot", f"扫码器不会做 {job.kind}")

    def heard(self, frame: Code | Answer) -> None:
        if not isinstance(frame, Code):
            return
        self.sink.state("ok")
        now = self.clock()
        again = frame.text == self._last and now - self._last_at < self.again_s
        self._last, self._last_at = frame.text, now
        if not again:
            self.sink.input({"kind": "code", "text": frame.text})


def module_codes() -> Codes:
    """The tokenizer of modules that answer commands."""
    return Codes(answers=True)


class Module(LineScanner):
    """A module in command mode: told to look, it does so for a while; then it is told again, so that it always looks.

    Option `look_s`: how long it looks at one command (LOOK_S). One that does not answer is a `fault`.
    """

    CHECKED: ClassVar[bool]
    LOOK_S: ClassVar[float]
    CANCELS: ClassVar[bool] = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.look_s = float(self.spec.options.get("look_s", self.LOOK_S))
        self._begin()

    def _begin(self) -> None:
        self._looks_until = self._told_at = float("-inf")
        self._unanswered = 0

    def open(self) -> None:
        super().open()
        self._begin()

    def close(self) -> None:
        """It need not look any more: its light goes out."""
        if self.CANCELS:
            with suppress(DeviceError):
                self.line.write(commands.encode(commands.CANCEL, checked=self.CHECKED))

    def poll(self) -> None:
        now = self.clock()
        if now < self._looks_until or now - self._told_at < ANSWER_S:
            return
        if self._unanswered == TRIES:
            self.sink.state("fault", "扫码器没有应答")
        self._unanswered += 1
        self._told_at = now
        self.line.write(commands.encode(commands.TRIGGER, checked=self.CHECKED))

    def heard(self, frame: Code | Answer) -> None:
        self._unanswered = 0
        if isinstance(frame, Code):
            self._looks_until = float("-inf")
            self._told_at = float("-inf")
            super().heard(frame)
        elif frame.result == 0:
            self._looks_until = self.clock() + self.look_s
            self.sink.state("ok")


class Gm65(Module):
    """Grow GM65, GM805, GM812 and their like."""

    tokenizer = staticmethod(module_codes)
    CHECKED = False
    LOOK_S = 5.0


class Newland(Module):
    """Newland EM1365 and its like: the same frames, with the real CRC."""

    tokenizer = staticmethod(module_codes)
    CHECKED = True
    LOOK_S = 15.0
    CANCELS = True
