"""Signs that can be asked whether they are there: one that falls silent is noticed before a call needs it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any

from devices.driver import Job
from displays.bars.bar import Sign

PING_S = 5.0


class PingedSign(Sign):
    """It is asked every PING_S seconds (option `ping_s`; 0: never) without waiting for the answer.

    As many questions without an answer as it has tries make it a fault, and each answer makes it well. When it answers
    for the first time it is told its settings; when it was silent, what it showed too: power may have been off. One
    with a port to itself gets that opened again once, should the network have lost it without a word.
    """

    poll_s = 1.0  # a hall has hundreds of bars, and nobody waits for this

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ping_s = float(self.spec.options.get("ping_s", PING_S))
        self._asked_at: float | None = None
        """When the question was asked that is not answered yet."""
        self._ask_at = 0.0
        self._unanswered = 0
        self._known = False
        self._to_greet = False
        self._forgot = False
        """It was silent: it may have had no power, and show nothing."""
        self._tried_again = False
        self._shown: Job | None = None

    @abstractmethod
    def question(self) -> bytes:
        """The frame that asks."""

    @abstractmethod
    def answers_question(self, frame: Any) -> bool:
        """Whether this frame is the answer to the question, and not to a text."""

    def settings(self) -> Sequence[bytes]:
        """The frames to send when it is there (again)."""
        return ()

    def open(self) -> None:
        super().open()
        self._asked_at, self._ask_at, self._unanswered = None, 0.0, 0
        self._known, self._silent, self._forgot, self._shown = False, False, False, None

    def do(self, job: Job) -> dict[str, Any]:
        self._shown = None  # if this fails the worker tries again, and what stood there before is out of date
        done = super().do(job)
        self._shown = job
        return done

    def poll(self) -> None:
        if not self.answers or not self.ping_s:
            return
        now = self.clock()
        if self._asked_at is not None:
            if now < self._asked_at + self.answer_s:
                return
            self._miss()
        if self._to_greet:
            self._to_greet = False
            self._greet()
        if now >= self._ask_at:
            self._asked_at, self._ask_at = now, now + self.ping_s
            self.line.write(self.question())

    def _miss(self) -> None:
        self._asked_at = None
        self._unanswered += 1
        if self._unanswered < self.tries:
            self._ask_at = 0.0
        elif self.line.up:
            if not self._silent:
                self.sink.state("fault", f"显示屏没有应答(地址 {self.spec.address})")
            self._silent, self._known = True, False
            if self.spec.port and not self._tried_again:
                self._tried_again = True
                self.line.again()

    def _greet(self) -> None:
        for raw in self.settings():
            self._send(raw)
        if self._forgot and self._shown is not None:
            super().do(self._shown)
        self._forgot = False

    def heard(self, frame: Any) -> None:
        pong = self._asked_at is not None and self.answers_question(frame)
        if not pong and not self.is_answer(frame):
            return
        self._unanswered, self._tried_again = 0, False
        if not self._known or self._silent:
            self._known = self._to_greet = True
            self._forgot |= self._silent
        if not pong:
            super().heard(frame)
            return
        self._asked_at = None
        if self._silent:
            self._silent = False
            self.revived()
        if not self._refused:
            self.sink.state("ok")
