"""Every LED bar and panel: a text goes out until the device says that it has taken it, where it says anything."""

from __future__ import annotations

import threading
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from devices.driver import DeviceError, Job, LineDriver

ANSWER_S = 0.4
"""A bar answers within some tens of milliseconds; a serial server and a long cable add their share."""

TRIES = 3

COLOURS = ("red", "green", "yellow")


class Sign(LineDriver):
    """What bars and panels share. A family says how a job becomes frames, and which frame is the answer.

    Options: `answers` (ANSWERS; false where only the way out is wired: then nothing is waited for and done tells
    `acknowledged: false`), `answer_s` (ANSWER_S), `tries` (TRIES).
    """

    ANSWERS: ClassVar[bool] = False
    """Whether the family is known to answer. Such a sign that is silent is a fault."""

    JOB: ClassVar[str]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options = self.spec.options
        self.answers = bool(options.get("answers", self.ANSWERS))
        self.answer_s = float(options.get("answer_s", ANSWER_S))
        self.tries = int(options.get("tries", TRIES))
        self._answered = threading.Event()
        self._refused = ""
        self._silent = False
        self._slowest_s = 0.0

    @abstractmethod
    def frames_of(self, data: Mapping[str, Any]) -> Sequence[bytes]:
        """The frames, one after the other, that show what the job says. Raises DeviceError("cannot", ...)."""

    def is_answer(self, frame: Any) -> bool:
        """Whether this frame, heard from the sign's address, says that a frame has come."""
        return True

    def refusal(self, frame: Any) -> str:
        """Why the sign did not take it, for families that say so in an answer; "" when it did."""
        return ""

    def do(self, job: Job) -> dict[str, Any]:
        if job.kind != self.JOB:
            raise DeviceError("cannot", f"显示屏不会做 {job.kind}")
        for raw in self.frames_of(job.data):
            self._send(raw)
        return {"acknowledged": self.answers}

    def _send(self, raw: bytes) -> None:
        """Send a frame and wait for its answer. A sign known to be silent is not waited for: its neighbours are.

        An answer that comes later makes it well again, whenever it comes.
        """
        if not self.answers:
            self.line.write(raw)
            return
        for _ in range(1 if self._silent else self.tries):
            self._refused = ""
            self._answered.clear()
            self.line.write(raw)
            sent = self.clock()
            if self._answered.wait(0 if self._silent else self._patience_s + len(raw) / 900):
                self._slowest_s = max(self._slowest_s * 0.9, self.clock() - sent)
                self._silent = False
                if not self._refused:
                    self.sink.state("ok")
                    return
        if self._refused:
            sentence = f"显示屏拒收(地址 {self.spec.address}):{self._refused}"
            self.sink.state("fault", sentence)
            raise DeviceError("refused", sentence)
        sentence = f"显示屏没有应答(地址 {self.spec.address})"
        if self.line.up and not self._silent:
            self.sink.state("fault", sentence)
        self._silent = True
        raise DeviceError("no_answer", sentence)

    @property
    def _patience_s(self) -> float:
        """How long an answer may take: several times what it took lately, so that a dead sign costs little."""
        return min(self.answer_s, max(ANSWER_S / 2, 4 * self._slowest_s)) if self._slowest_s else self.answer_s

    def heard(self, frame: Any) -> None:
        if not self.is_answer(frame):
            return
        self._refused = self.refusal(frame)
        self._answered.set()
        if self._silent:
            self._silent = False
            self.sink.state("ok")
            self.revived()
        elif not self.answers:  # nobody waits for it, but it tells that the sign is there
            self.sink.state("ok")


class Bar(Sign):
    """条屏: one line of text over a window. Job `show`: {"text", "colour"}."""

    JOB = "show"

    def frames_of(self, data: Mapping[str, Any]) -> Sequence[bytes]:
        return self.frames(str(data["text"]), colour_of(data))

    @abstractmethod
    def frames(self, text: str, colour: str) -> Sequence[bytes]:
        """The frames that show this text. `colour` is one of COLOURS; a family with one colour leaves it."""


class Panel(Sign):
    """综合屏 of LED modules: several lines of text. Job `rows`: {"rows": [{"text", "colour"}, ...]}, newest first.

    The option `rows` says how many it has (ROWS).
    """

    JOB = "rows"
    ROWS: ClassVar[int] = 4

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row_count = int(self.spec.options.get("rows", self.ROWS))

    def frames_of(self, data: Mapping[str, Any]) -> Sequence[bytes]:
        told = [(str(row["text"]), colour_of(row)) for row in data["rows"][: self.row_count]]
        return self.frames(told + [("", "red")] * (self.row_count - len(told)))

    @abstractmethod
    def frames(self, rows: Sequence[tuple[str, str]]) -> Sequence[bytes]:
        """The frames that show these rows, each text and colour: all rows of the panel, the empty ones too."""


class OneTextPanel(Panel):
    """A panel that takes one text and lays it out by itself: the rows go to it as one, two spaces between them.

    Option `rows`: how many calls stand in that text (ROWS: the newest alone).
    """

    ROWS = 1

    def frames(self, rows: Sequence[tuple[str, str]]) -> Sequence[bytes]:
        return self.text_frames("  ".join(text for text, _ in rows if text))

    @abstractmethod
    def text_frames(self, text: str) -> Sequence[bytes]:
        """The frames that show this text."""


def colour_of(data: Mapping[str, Any]) -> str:
    """The colour a job asks for. Raises DeviceError("cannot", ...) for one that is none of COLOURS."""
    colour = str(data.get("colour", "red"))
    if colour not in COLOURS:
        raise DeviceError("cannot", f"显示屏没有颜色 {colour}")
    return colour
