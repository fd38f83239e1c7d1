"""ESC/POS through a raw queue of CUPS: the printer cannot be asked, so the site says whether CUPS's word counts."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from devices.driver import DeviceError, DeviceSpec, Driver, Job, Sink
from printers import cups, escpos
from printers.head import millimetres
from printers.options import first_mistake
from printers.profile import settled
from printers.roll_book import RollBook
from printers.slip_job import read_job
from printers.status import PRINTING, trouble
from printers.talk import broken
from printers.troubles import trouble_of
from printers.written import write

FINISH_S = 20.0
JOB_LOOK_S = 0.2
QUEUE_LOOK_S = 5.0  # a question to CUPS is a line in its log


class CupsPrinter(Driver):
    """A queue: ipp://HOST:631/printers/NAME, or cups:NAME on this machine.

    Options: `believe_cups` true: this site takes a job that CUPS calls completed for a slip that is out, and a queue
    that CUPS calls idle for a printer that prints. Without it the printer is `silent`: no answer is never ok.
    `finish_s` how long CUPS may take (20) · `width`, `mode`, `fonts`, `font`, `roll_m`, `low_slips` as of `escpos`.
    """

    def __init__(
        self,
        spec: DeviceSpec,
        sink: Sink,
        clock: Callable[[], float] = time.monotonic,
        wall: Callable[[], datetime] = lambda: datetime.now().astimezone(),
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        super().__init__(spec, sink)
        if wrong := first_mistake(spec.options):
            raise ValueError(f"{spec.id}: {wrong}")
        self._options = settled(spec.options)
        self._clock, self._wait = clock, wait
        self._queue = cups.Queue(spec.port)
        self._book = RollBook(spec.id, spec.options, wall)
        self._look_at = 0.0

    def open(self) -> None:
        """Find the queue and tell how it is. Raises DeviceError("lost")."""
        self.state_when_open = self._look_up()

    def do(self, job: Job) -> dict[str, Any]:
        """Print the slip of a `print` job: {"mode", "bytes", "mm", "job"}. DeviceError if CUPS is not sure."""
        if job.kind == "roll":
            self._book.changed()
            self._look_up()
            return {}
        slip, template = read_job(job)
        state = self._look_up()
        if state not in PRINTING:
            raise trouble(state)
        sent = write(slip, template, self._options, 0)
        how = str(self._options.get("cut", "part"))
        tear_off = escpos.RESET + escpos.CUTS[how] if slip.copy else b""
        number = self._queue.print(slip.number, tear_off + escpos.ended(sent.data, how))
        mm = millimetres(sent.data, int(self._options.get("width", 80)))
        try:
            self._finish(number)
        except DeviceError as failed:
            if failed.begun:
                self._book.printed(mm)
            self._say(failed.code, str(failed))
            raise
        self._book.printed(mm)
        self._say(state)
        return {"mode": sent.mode, "bytes": len(sent.data), "mm": round(mm), "job": number}

    def poll(self) -> None:
        if self._clock() >= self._look_at:
            self._look_up()

    def close(self) -> None:
        """Nothing is held: every question is a connection of its own."""

    def _finish(self, job: int) -> None:
        """Wait until CUPS says completed. What it does not complete in time is taken out of the queue again."""
        limit = self._clock() + float(self.spec.options.get("finish_s", FINISH_S))
        state = cups.PENDING
        while self._clock() < limit:
            try:
                state = self._queue.job(job)
            except DeviceError as failed:
                raise broken(failed) from failed
            if state == cups.COMPLETED:
                return
            if state in (cups.CANCELED, cups.ABORTED):
                raise broken(trouble("fault"))
            self._wait(JOB_LOOK_S)
        try:
            self._queue.cancel(job)
        except DeviceError as failed:
            raise broken(failed) from failed
        raise trouble("silent") if state in (cups.PENDING, cups.HELD) else broken(trouble("silent"))

    def _look_up(self) -> str:
        self._look_at = self._clock() + QUEUE_LOOK_S
        state = self._queue.state()
        if state in PRINTING and not self.spec.options.get("believe_cups"):
            self._say("silent", "CUPS 不知道打印机的情况，不能确认是否打印。要用它，请在选项里写 believe_cups: true。")
            return "silent"
        self._say(state)
        return state

    def _say(self, state: str, sentence: str = "") -> None:
        what = trouble_of(state)
        stops = what is not None and what.stops
        told = sentence or (what.sentence if what else "")
        self.sink.state(state, told, stops=stops, paper=self._book.told())
