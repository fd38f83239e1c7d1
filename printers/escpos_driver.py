"""ESC/POS printers at work: a slip counts as printed when the printer says that it has come to its end, not before."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any, Literal

from devices.driver import DeviceError, DeviceSpec, Driver, Job, Sink
from printers import escpos, native, raster
from printers.papers import PAPERS
from printers.slip import Slip
from printers.status import ASKED, SENTENCES, Status, is_answer, is_reached, trouble
from printers.transport import Outlet, connect
from printers.virtual import VirtualPrinter

log = logging.getLogger(__name__)

ANSWER_S = 0.4  # a status request is answered at once, whatever the printer is doing
ASK_TIMES = 2  # a byte may be lost on a long line; a printer that is there answers the second time
FINISH_S = 15.0  # the longest slip, printed and cut
LOOK_S = 0.4  # how often we look what keeps a printer that has not finished
FAST = 230_400  # bit/s from which a picture takes no longer than its printing


class EscposPrinter(Driver):
    """A printer of its own port: tcp://host:port, a serial path, file:/dev/usb/lp0, usb:vid:pid or "virtual".

    Options: `width` 80 or 58 (mm) · `mode` auto, raster or native · `font` path of the site's own Chinese face ·
    `near_end` warn or stop · `status` dle, or gs-r for printers that answer only GS r 1 · `gs_r_out` the bits of that
    answer that mean no paper (12) · `finish_s` how long a slip may take to come out (15) · those of
    `printers.transport.connect` · `transport` tcp or serial of a virtual one.
    """

    def __init__(self, spec: DeviceSpec, sink: Sink, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(spec, sink)
        self._clock = clock
        self._option = spec.options.get
        self._paper = int(self._option("width", 80))
        if self._paper not in PAPERS:
            raise ValueError(f"{spec.id}: paper is 80 or 58 mm wide, not {self._paper}")
        self._outlet: Outlet | None = None
        self._unfinished = False
        self.far_end: VirtualPrinter | None = None

    def open(self) -> None:
        """Take the port and tell how the printer is. Raises DeviceError("lost")."""
        self.close()
        port = self.spec.port
        if port == "virtual":
            self.far_end = self.far_end or VirtualPrinter(self.spec, self.sink)
            port = self.far_end.address
        self._outlet = connect(port, self.spec.options)
        self.state_when_open = self._look_up()

    def do(self, job: Job) -> dict[str, Any]:
        """Print the slip of a `print` job: {"mode", "bytes", "near_end"}. Raises DeviceError if it cannot be sure.

        no_paper, cover_open, fault or silent before the first byte has been sent means that nothing was printed.
        """
        if job.kind != "print":
            raise DeviceError("fault", f"打印机不会做 {job.kind}。")
        try:
            slip = Slip.of(job.data)
        except (ValueError, TypeError) as wrong:
            raise DeviceError("fault", f"小票内容有误：{wrong}") from wrong
        self._ready()
        data, mode = self._bytes(slip)
        try:
            self._send(data)
            after = self._finish(len(data))
        except DeviceError as failed:
            self._abandon()
            if failed.code == "lost":
                self._unfinished = True
            else:
                self.sink.state("unknown" if failed.code == "silent" else failed.code, str(failed))
            raise
        self.sink.state(after.state, SENTENCES[after.code])
        return {"mode": mode, "bytes": len(data), "near_end": after.near_end}

    def poll(self) -> None:
        """Ask the printer how it is and tell sink.state. Raises DeviceError("lost")."""
        self._look_up()

    def _look_up(self) -> str:
        try:
            now = self._ask()
        except DeviceError as failed:
            if failed.code == "lost":
                raise
            self.sink.state("unknown", str(failed))
            return "unknown"
        self.sink.state(now.state, SENTENCES[now.code])
        return now.state

    def close(self) -> None:
        if self._outlet is not None:
            self._outlet.close()
            self._outlet = None

    def shut_down(self) -> None:
        """Close, and take the virtual printer away too."""
        self.close()
        if self.far_end is not None:
            self.far_end.close()

    # the steps of a transaction

    def _ready(self) -> None:
        """The printer can print, or DeviceError; an idle connection that has gone is taken up again once."""
        try:
            before = self._ask()
        except DeviceError as failed:
            if failed.code != "lost":
                self.sink.state("unknown", str(failed))
                raise
            self.open()
            before = self._ask()
        self.sink.state(before.state, SENTENCES[before.code])
        if not before.prints:
            raise trouble(before.code)
        if before.near_end and self._option("near_end", "warn") == "stop":
            raise trouble("no_paper")
        if self._unfinished:
            self._abandon()  # half a slip may wait in the buffer of a printer that was cut off
            self._unfinished = False

    def _bytes(self, slip: Slip) -> tuple[bytes, Literal["raster", "native"]]:
        mode = self._option("mode", "auto")
        speed = self._way().speed
        if mode == "native" or (mode == "auto" and 0 < speed < FAST):
            return native.compose(slip, self._paper, speed or FAST), "native"
        drawn = raster.draw(slip, self._paper, str(self._option("font", "")))
        return escpos.RESET + escpos.picture(drawn) + escpos.CUT, "raster"

    def _send(self, data: bytes) -> None:
        way = self._way()
        for start in range(0, len(data), way.piece):
            way.send(data[start : start + way.piece])

    def _finish(self, sent: int) -> Status:
        """Wait until the printer has come to the end of its buffer; then ask how it is, and only then believe it."""
        way = self._way()
        way.send(escpos.PAPER_WHEN_REACHED)
        started = self._clock()
        limit = started + float(self._option("finish_s", FINISH_S)) + (sent * 10 / way.speed if way.speed else 0)
        look = started + LOOK_S
        while self._clock() < limit:
            if any(is_reached(byte) for byte in way.receive(LOOK_S / 4)):
                after = self._ask()
                if not after.prints:
                    raise trouble(after.code)
                return after
            if self._clock() >= look:
                look = self._clock() + LOOK_S
                self._look(way)
        raise trouble("silent")

    def _look(self, way: Outlet) -> None:
        """What keeps it? Raises that; nothing if it is only busy or does not say."""
        if self._option("status", "dle") != "dle":
            return
        way.send(escpos.status(1))
        heard = way.receive(ANSWER_S)
        if any(is_reached(byte) for byte in heard):
            way.send(escpos.PAPER_WHEN_REACHED)  # it has just come to the end: let it say so once more
        elif any(is_answer(byte) and byte & 0x08 for byte in heard):
            found = self._ask()
            if not found.prints:
                raise trouble(found.code)

    def _abandon(self) -> None:
        """Empty the printer's buffer, so that the rest of a failed slip does not come out later."""
        try:
            self._way().send(escpos.CLEAR + escpos.RECOVER)
            self._way().receive(LOOK_S / 4)
        except DeviceError:
            self._unfinished = True

    def _ask(self) -> Status:
        """The printer's state. DeviceError("silent") if it does not answer: no answer is never good news."""
        if self._option("status", "dle") == "gs-r":
            answer = self._answer(escpos.PAPER_WHEN_REACHED, is_reached)
            return Status.of_paper(answer, int(self._option("gs_r_out", 0x0C)))
        return Status.of({n: self._answer(escpos.status(n), is_answer) for n in ASKED})

    def _answer(self, question: bytes, fits: Callable[[int], bool]) -> int:
        way = self._way()
        for _ in range(ASK_TIMES):
            way.receive(0)  # what it said before we asked is no answer
            way.send(question)
            limit = self._clock() + ANSWER_S
            while (left := limit - self._clock()) > 0:
                for byte in way.receive(left):
                    if fits(byte):
                        return byte
        raise trouble("silent")

    def _way(self) -> Outlet:
        if self._outlet is None:
            raise trouble("lost")
        return self._outlet
