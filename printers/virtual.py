"""The virtual printer: the far end of the wire. It hears ESC/POS, prints on a strip, runs out, jams, and says so."""

from __future__ import annotations

import io
import threading
from collections import deque
from pathlib import Path

from devices.driver import DeviceSpec, Sink
from devices.virtual import VirtualWire
from printers.ailing import Ailing
from printers.decode import Command, Tokenizer
from printers.head import DOTS_A_MM, Head
from printers.papers import PAPERS
from printers.profile import settled
from printers.tcp_wire import TcpWire


class VirtualPrinter(Ailing):
    """A printer with a Chinese font, on a TCP port of loopback or at the end of a pseudo-terminal.

    Options of the spec: `width` 80 or 58, `transport` tcp or serial. `errors` keeps a sentence for every byte a strict
    printer would not understand; `slips` what has been cut, as (png, lines). What comes while it cannot print waits in
    its buffer and is printed when it can, as in a real one, unless the buffer is cleared.
    """

    def __init__(self, spec: DeviceSpec, sink: Sink) -> None:
        super().__init__(spec, sink)
        self._lock = threading.RLock()
        self._tokens = Tokenizer()
        self._buffer: deque[Command] = deque()
        self._head = Head(PAPERS[int(settled(spec.options).get("width", 80))].dots)
        self._left_mm: float | None = None
        self._wrong: list[str] = []
        self.slips: list[tuple[bytes, list[str]]] = []
        self.codes: list[str] = []
        self.heard = 0
        self._way: TcpWire | VirtualWire
        if spec.options.get("transport", "tcp") == "serial":
            self._way = VirtualWire(spec.id)
        else:
            self._way = TcpWire()
        self._way.attach(self)
        self.sink.far(paper=self._paper, cover=self._cover)

    @property
    def address(self) -> str:
        """What the real driver opens: tcp://127.0.0.1:PORT or the path of a pseudo-terminal."""
        return self._way.address if isinstance(self._way, TcpWire) else str(Path(self._way.path))

    @property
    def errors(self) -> list[str]:
        return self._tokens.errors + self._wrong

    # what somebody at the machine can do

    def paper_in(self) -> None:
        self._left_mm = None
        super().paper_in()

    def run_out_after(self, mm: float) -> None:
        """The roll ends that many millimetres on, also in the middle of a slip."""
        with self._lock:
            self._left_mm = mm + self._head.strip.height / DOTS_A_MM

    def power_off(self) -> None:
        """The mains plug: its buffer is gone, what is on the paper stays. A serial port stays, and is mute."""
        if isinstance(self._way, TcpWire):
            self.unplug()
        super().power_off()
        with self._lock:
            self._tokens.clear()
            self._buffer.clear()
            self._head.clear()
            self._broken = self._hot = False

    def power_on(self) -> None:
        super().power_on()
        self.plug()

    def close(self) -> None:
        self._way.close()

    # what it does by itself

    def hear(self, data: bytes) -> None:
        with self._lock:
            self.heard += len(data)
            for command in self._tokens.feed(data):
                if command.at_once:
                    self._at_once(command)
                else:
                    self._buffer.append(command)
                    self._changed()

    def _changed(self) -> None:
        """Print what is in the buffer, as far as paper, cover and cutter let it."""
        while self._ready and self._buffer:
            command = self._buffer.popleft()
            try:
                self._print(command)
            except ValueError as wrong:
                self._wrong.append(str(wrong))
            if self._left_mm is not None and self._head.strip.height >= self._left_mm * DOTS_A_MM:
                self._left_mm = None
                self._change(_paper="out")

    def _print(self, command: Command) -> None:
        if command.name == "cut":
            self._cut()
        elif command.name == "paper":
            self._answer(0x03 if self._paper == "near_end" else 0x00)
        else:
            self._head.print(command)

    def _cut(self) -> None:
        if self._head.strip.bare:
            return  # the knife falls on bare paper
        strip = self._head.cut()
        if self._left_mm is not None:
            self._left_mm -= strip.height / DOTS_A_MM
        png = io.BytesIO()
        strip.picture_of_all().save(png, "PNG")
        self.slips.append((png.getvalue(), strip.lines))
        self.codes += strip.codes
        self.sink.slip(png.getvalue(), strip.lines)

    def _at_once(self, command: Command) -> None:
        if command.name == "status":
            self._answer(self._status(command.values[0]))
        elif command.name == "clear" or command.values == (2,):
            self._buffer.clear()
            self._head.clear()

    def _answer(self, byte: int) -> None:
        if not self._mute:
            self.say(bytes((byte,)))
