"""The ID-card reader at a kiosk: asks three times a second whether a card lies there, and reads it once."""

from __future__ import annotations

import threading
from typing import Any

import structlog

from devices.driver import DeviceError, Job, LineDriver
from kiosk.readers import card, sdt

AWAY_S = 1.0
"""A card that was not found for so long has been taken away; laid there again it is read again."""

READ_TRIES = 3
BROKEN_S = 5.0
"""How long a module that has failed its own test is left alone before it is reset."""

SILENT_S = 3.0
PATIENCE_S = {sdt.READ: 2.5, sdt.RESET: 2.0}
"""How long an answer may take: the reader talks to the card by radio before it says what is in it."""

USUAL_PATIENCE_S = 1.0

log = structlog.get_logger(__name__)


class SdtReader(LineDriver):
    """A reader with a port to itself. Input: {"kind": "card", "number", "name"}, and no more of the card than that.

    {"kind": "unread"} when a card lies there that cannot be read. Nothing of a card is logged or kept; the number of
    the one that lies there stays in memory until it is taken away. No jobs, no options but `speed`.
    """

    tokenizer = staticmethod(sdt.tokenizer)
    poll_s = 0.33

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._turn = threading.Lock()
        self._begin()

    def _begin(self) -> None:
        self._asked: sdt.Ask | None = None
        self._asked_at = self._answered_at = self._rest_until = self.clock()
        self._next = sdt.STATUS
        self._forget()

    def _forget(self) -> None:
        """No card lies there."""
        self._lying = ""
        self._seen_at = float("-inf")
        self._read = False
        self._failures = 0

    def open(self) -> None:
        super().open()
        with self._turn:
            self._begin()

    def do(self, job: Job) -> dict[str, Any]:
        raise DeviceError("cannot", f"读卡器不会做 {job.kind}")

    def poll(self) -> None:
        with self._turn:
            now = self.clock()
            if now < self._rest_until:
                return
            if self._asked and now - self._asked_at < PATIENCE_S.get(self._asked, USUAL_PATIENCE_S):
                return
            if self._asked and now - self._answered_at > SILENT_S and self._next is sdt.FIND:
                self.sink.state("fault", "读卡器没有应答")
                self._next = sdt.RESET
            self._ask(self._next)

    def _ask(self, question: sdt.Ask) -> None:
        self._asked, self._asked_at = question, self.clock()
        self.line.write(sdt.encode(question))

    def heard(self, frame: sdt.Ask | sdt.Answer) -> None:
        if not isinstance(frame, sdt.Answer):
            return
        with self._turn:
            asked, self._asked = self._asked, None
            self._answered_at = self.clock()
            if asked is sdt.STATUS and frame.result != sdt.OK:
                self._next, self._rest_until = sdt.RESET, self.clock() + BROKEN_S
                self.sink.state("fault", f"读卡器的安全模块有故障(代码 {frame.result:02X})")
                return
            if asked is not sdt.RESET:  # it may be as broken as before
                self.sink.state("ok")
            if (text := sdt.text_of(frame)) is not None:  # also one that comes late
                self._card(text)
            elif asked is not None:
                self._answer(asked, frame)

    def _answer(self, asked: sdt.Ask, answer: sdt.Answer) -> None:
        """Go on with what follows the question that was asked."""
        if asked is sdt.RESET:
            self._next = sdt.STATUS
        elif asked is sdt.STATUS:
            self._ask(sdt.SAM_ID)
        elif asked is sdt.SAM_ID:
            self._next = sdt.FIND
            self._introduce(answer)
        elif asked is sdt.FIND and answer.result == sdt.FOUND:
            self._found()
        elif asked is sdt.FIND:
            self._read = False  # the next card found may be another one
            if self.clock() - self._seen_at > AWAY_S:
                self._forget()
        elif asked is sdt.SELECT and answer.result == sdt.OK:
            self._ask(sdt.READ)
        else:
            self._not_read()

    def _introduce(self, answer: sdt.Answer) -> None:
        try:
            self.sink.about(firmware=sdt.sam_id(answer.data))
        except ValueError as unlike:
            log.warning("the module's number is not as expected", device=self.spec.id, error=str(unlike))

    def _found(self) -> None:
        self._seen_at = self.clock()
        if not self._read and self._failures < READ_TRIES:
            self._ask(sdt.SELECT)

    def _card(self, text: bytes) -> None:
        try:
            it = card.parse(text)
        except ValueError as unlike:
            log.warning("a card cannot be understood", device=self.spec.id, error=str(unlike))
            self._not_read()
            return
        same = it.number == self._lying and self.clock() - self._seen_at <= AWAY_S
        self._lying, self._seen_at = it.number, self.clock()
        self._read, self._failures = True, 0
        if not same:
            self.sink.input({"kind": "card", "number": it.number, "name": it.name})

    def _not_read(self) -> None:
        """Tried again with the next question; told once, when it will not do."""
        self._failures += 1
        if self._failures == READ_TRIES:
            self.sink.input({"kind": "unread"})
