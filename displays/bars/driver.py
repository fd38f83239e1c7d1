"""The driver of an a090 bar: a text goes out until the bar says that it has taken it."""

from __future__ import annotations

import threading
from typing import Any

from devices.driver import DeviceError, Job, LineDriver
from displays.bars import a090

ANSWER_S = 0.4
"""A bar answers within some tens of milliseconds; a serial server and a long cable add their share."""

TRIES = 3


class A090Bar(LineDriver):
    """A bar at an address of a line. Job `show`: {"text", "colour"}.

    Options: `answers` (default true; false where only the way out is wired: then nothing is waited for and done tells
    `acknowledged: false`), `answer_s` (ANSWER_S), `tries` (TRIES), `unicode` (send CMD 50 instead of A5).
    """

    tokenizer = staticmethod(a090.tokenizer)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options = self.spec.options
        self.answers = bool(options.get("answers", True))
        self.answer_s = float(options.get("answer_s", ANSWER_S))
        self.tries = int(options.get("tries", TRIES))
        self.unicode = bool(options.get("unicode", False))
        self._answered = threading.Event()
        self._silent = False

    def do(self, job: Job) -> dict[str, Any]:
        if job.kind != "show":
            raise DeviceError("cannot", f"条屏不会做 {job.kind}")
        text, colour = str(job.data["text"]), str(job.data.get("colour", "red"))
        if colour not in a090.COLOURS:
            raise DeviceError("cannot", f"条屏没有颜色 {colour}")
        address = self.spec.address
        raw = a090.encode(a090.show_unicode(address, text) if self.unicode else a090.show(address, text, colour))
        if not self.answers:
            self.line.write(raw)
            return {"acknowledged": False}
        # A bar that has been silent gets one try: its neighbours on the line are waiting for theirs.
        for _ in range(1 if self._silent else self.tries):
            self._answered.clear()
            self.line.write(raw)
            if self._answered.wait(self.answer_s + len(raw) / 900):
                self._silent = False
                self.sink.state("ok")
                return {"acknowledged": True}
        self._silent = True
        sentence = f"条屏没有应答(地址 {address})"
        if self.line.up:
            self.sink.state("fault", sentence)
        raise DeviceError("no_answer", sentence)

    def heard(self, frame: a090.Frame | a090.Ack) -> None:
        if isinstance(frame, a090.Ack) or frame.data == b"\xaa":
            self._answered.set()
