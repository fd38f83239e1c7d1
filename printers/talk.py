"""A conversation with a printer that answers: how are you, take this, have you come to its end, forget the rest."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from devices.driver import DeviceError
from printers import escpos
from printers.status import ASKED, Status, is_answer, is_reached, trouble
from printers.transport import Outlet

ANSWER_S = 0.4  # a status request is answered at once, whatever the printer is doing
ASK_TIMES = 2  # a byte may be lost on a long line; a printer that is there answers the second time
FINISH_S = 15.0  # the longest slip, printed and cut
COOL_S = 60.0  # a hot head pauses for some seconds, in a hot hall for more
LOOK_S = 0.4  # how often we look what keeps a printer that has not finished


class Talk:
    """Over an open outlet. `options` are those of the driver, `clock` is monotonic seconds.

    Every call ends in time. Raises DeviceError; "silent" when the printer does not answer, which is never good news.
    """

    def __init__(self, way: Outlet, options: Mapping[str, Any], clock: Callable[[], float]) -> None:
        self.way = way
        self._option = options.get
        self._clock = clock

    def ask(self) -> Status:
        """How it is."""
        if self._option("status", "dle") == "gs-r":
            answer = self._answer(escpos.PAPER_WHEN_REACHED, is_reached)
            return Status.of_paper(answer, int(self._option("gs_r_out", 0x0C)))
        return Status.of({n: self._answer(escpos.status(n), is_answer) for n in ASKED})

    def ask_cool(self) -> Status:
        """How it is, once a hot head has had FINISH_S to cool."""
        limit = self._clock() + float(self._option("finish_s", FINISH_S))
        while (now := self.ask()).code == "overheated" and self._clock() < limit:
            self.way.receive(LOOK_S)
        return now

    def send(self, data: bytes) -> None:
        """Hand over all of it, in pieces that fit the way."""
        for start in range(0, len(data), self.way.piece):
            self.way.send(data[start : start + self.way.piece])

    def finish(self, sent: int) -> Status:
        """Wait until the printer has come to the end of its buffer; then ask how it is, and only then believe it."""
        self.way.send(escpos.PAPER_WHEN_REACHED)
        started = self._clock()
        on_the_line = sent * 10 / self.way.speed if self.way.speed else 0
        limit = started + float(self._option("finish_s", FINISH_S)) + on_the_line
        coolest = limit + COOL_S
        look, keeps = started + LOOK_S, "silent"
        while self._clock() < limit:
            if any(is_reached(byte) for byte in self.way.receive(LOOK_S / 4)):
                after = self.ask()
                if not after.prints and after.code != "overheated":  # it is cut: a head may be hot now
                    raise trouble(after.code)
                return after
            if self._clock() >= look:
                look = self._clock() + LOOK_S
                if self._look() == "overheated":
                    keeps, limit = "overheated", min(max(limit, look + LOOK_S), coolest)
        raise trouble(keeps)

    def _look(self) -> str:
        """What keeps it? Raises that if somebody must come; "" if it is only busy or does not say."""
        if self._option("status", "dle") != "dle":
            return ""
        self.way.send(escpos.status(1))
        heard = self.way.receive(ANSWER_S)
        if any(is_reached(byte) for byte in heard):
            self.way.send(escpos.PAPER_WHEN_REACHED)  # it has just come to the end: let it say so once more
        elif any(is_answer(byte) and byte & 0x08 for byte in heard):
            found = self.ask()
            if found.code == "overheated":
                return found.code
            if not found.prints:
                raise trouble(found.code)
        return ""

    def forget(self) -> None:
        """Empty the printer's buffer, so that the rest of a broken slip does not come out later."""
        self.way.send(escpos.CLEAR + escpos.RECOVER)
        self.way.receive(LOOK_S / 4)

    def tear_off(self) -> None:
        """Cut off what a broken slip has left on the paper, so that the next one begins with itself."""
        self.way.send(escpos.RESET + escpos.CUTS[self._option("cut", "part")])

    def _answer(self, question: bytes, fits: Callable[[int], bool]) -> int:
        for asked in range(ASK_TIMES):
            self.way.receive(0)  # what it said before we asked is no answer
            self.way.send(question)
            limit = self._clock() + ANSWER_S
            while (left := limit - self._clock()) > 0:
                for byte in self.way.receive(left):
                    if fits(byte):
                        if asked:
                            self.way.receive(ANSWER_S / 2)  # the other answer, late, is none to the next question
                        return byte
        raise trouble("silent")


def broken(failed: DeviceError) -> DeviceError:
    """The same trouble, met when the slip had been begun: it may have left paper."""
    return DeviceError(failed.code, str(failed), begun=True)
