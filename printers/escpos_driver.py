"""ESC/POS printers at work: a slip counts as printed when the printer says that it has come to its end, not before."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from devices.driver import DeviceError, DeviceSpec, Driver, Job, Sink
from printers.escpos import ended
from printers.head import millimetres
from printers.options import first_mistake
from printers.profile import settled
from printers.roll_book import RollBook
from printers.slip_job import read_job
from printers.status import Status, trouble
from printers.talk import Talk, broken
from printers.transport import connect
from printers.troubles import trouble_of
from printers.virtual import VirtualPrinter
from printers.written import write

log = logging.getLogger(__name__)


class EscposPrinter(Driver):
    """A printer of its own port: tcp://host:port, a serial path, file:/dev/usb/lp0, usb:vid:pid or "virtual".

    Options: `profile` a model of python-escpos, whose `width`, `mode` and `cut` are taken where they are not given ·
    `cut` part, full or none · `width` 80, 72 or 58 · `mode` auto, raster or native · `fonts` gb18030, or latin for a
    printer that has no Chinese · `font` path of the site's own Chinese face, for pictures ·
    `near_end` warn or stop · `status` dle, or gs-r for printers that answer only GS r 1 · `gs_r_out` the bits of that
    answer that mean no paper (12) · `finish_s` how long a slip may take to come out (15) · `roll_m` and `low_slips` of
    `printers.roll_book` · those of `printers.transport.connect` · `transport` tcp or serial of a virtual one.
    """

    def __init__(
        self,
        spec: DeviceSpec,
        sink: Sink,
        clock: Callable[[], float] = time.monotonic,
        wall: Callable[[], datetime] = lambda: datetime.now().astimezone(),
    ) -> None:
        super().__init__(spec, sink)
        self._clock = clock
        self._options = settled(spec.options)
        self._option = self._options.get
        if wrong := first_mistake(spec.options):
            raise ValueError(f"{spec.id}: {wrong}")
        self._paper = int(self._option("width", 80))
        self._book = RollBook(spec.id, spec.options, wall)
        self._talk: Talk | None = None
        self._doubt = True
        """Whether its buffer may hold a part of a slip: one that broke off, or one of a process before this."""
        self._torn = False
        """Whether a broken slip may hang in it."""
        self.far_end: VirtualPrinter | None = None

    def open(self) -> None:
        """Take the port and tell how the printer is. Raises DeviceError("lost")."""
        self.close()
        port = self.spec.port
        if port == "virtual":
            self.far_end = self.far_end or VirtualPrinter(self.spec, self.sink)
            port = self.far_end.address
        self._talk = Talk(connect(port, self._options), self._options, self._clock)
        if self._doubt:
            self._talk.forget()  # before anything is asked: in the middle of a picture a question would be dots
        self.state_when_open = self._look_up()

    def do(self, job: Job) -> dict[str, Any]:
        """Print the slip of a `print` job: {"mode", "bytes", "near_end", "mm"}. DeviceError if it cannot be sure.

        A `roll` job only takes note that somebody has put in a new roll.

        An error that is not `begun` came before the first byte of the slip was sent: nothing was printed.
        """
        if job.kind == "roll":
            self._book.changed()
            self._look_up()
            return {}
        slip, template = read_job(job)
        self._ready(slip.copy)
        sent = write(slip, template, self._options, self._with().way.speed)
        data = ended(sent.data, str(self._option("cut", "part")))
        try:
            self._with().send(data)
            after = self._with().finish(len(data))
        except DeviceError as failed:
            self._doubt = self._torn = True
            self._book.printed(millimetres(sent.data, self._paper))  # as much at most
            if failed.code != "lost":
                self._say(failed)
                self._forget()
            raise broken(failed) from failed
        mm = millimetres(sent.data, self._paper)
        self._book.printed(mm)
        self._tell(after)
        return {"mode": sent.mode, "bytes": len(data), "near_end": after.near_end, "mm": round(mm)}

    def poll(self) -> None:
        """Ask the printer how it is and tell sink.state. Raises DeviceError("lost")."""
        self._look_up()

    def _look_up(self) -> str:
        try:
            return self._tell(self._with().ask())
        except DeviceError as failed:
            if failed.code == "lost":
                raise
            self._say(failed)
            return failed.code

    def close(self) -> None:
        if self._talk is not None:
            self._talk.way.close()
            self._talk = None
            self._book.out_of_sight()

    def shut_down(self) -> None:
        """Close, and take the virtual printer away too."""
        self.close()
        if self.far_end is not None:
            self.far_end.close()

    # the steps of a transaction

    def _ready(self, copy: bool) -> None:
        """The printer can print, or DeviceError; an idle connection that has gone is taken up again once."""
        try:
            before = self._with().ask_cool()
        except DeviceError as failed:
            if failed.code != "lost":
                self._say(failed)
                raise
            self.open()
            before = self._with().ask_cool()
        self._tell(before)
        if not before.prints:
            raise trouble(before.code)
        if self._stops(before):
            raise DeviceError("near_end", trouble_of("near_end", True).sentence)
        if self._doubt:
            self._with().forget()  # half a slip may wait in the buffer of a printer that was cut off
        if self._torn or copy:
            self._with().tear_off()
        self._doubt = self._torn = False

    def _forget(self) -> None:
        """The rest of a broken slip shall not come out when the paper is back; done again before the next slip."""
        try:
            self._with().forget()
        except DeviceError:
            log.debug("%s: its buffer is emptied before the next slip", self.spec.id)

    def _tell(self, now: Status) -> str:
        """Say how it is; returns the state."""
        self._book.saw(now)
        stops = not now.prints or self._stops(now)
        what = trouble_of(now.code, stops)
        self.sink.state(now.code, what.sentence if what else "", stops=stops, paper=self._book.told())
        return now.code

    def _say(self, failed: DeviceError) -> None:
        """It cannot be asked, or could not finish."""
        if failed.code == "silent":
            self._book.out_of_sight()
        self.sink.state(failed.code, str(failed), stops=True, paper=self._book.told())

    def _stops(self, now: Status) -> bool:
        return now.code == "near_end" and self._option("near_end", "warn") == "stop"

    def _with(self) -> Talk:
        if self._talk is None:
            raise trouble("lost")
        return self._talk
