"""A serial line shared by many devices: one thread reads it, whoever has something to say writes whole frames."""

from __future__ import annotations

import random
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from functools import partial

import serial
import structlog

from devices.answers import Answers
from devices.babble import LOOK_S, Babble
from devices.driver import DeviceError, LineDriver, Tokenizer
from devices.opening import LOST, open_port
from devices.own_voice import OwnVoice
from devices.pauses import Pauses
from devices.tally import Tally
from devices.turns import Turns

SETTLED_S = 5.0
"""A port that has stayed this long is there for good: the next loss is tried again quickly."""

MOST_AT_ONCE = 4096
"""Bytes: what has piled up is read in pieces, so that a port which pours out anything is noticed."""

log = structlog.get_logger(__name__)


class Line:
    """A line and the devices at its addresses.

    `start` never fails: a port that is not there is tried again with growing pauses until it is, and said once in the
    log when it is lost and once when it is back. `chance` and `clock` are random.random and monotonic seconds.
    """

    def __init__(
        self,
        id: str,  # noqa: A002 - the config calls it id
        port: str,
        speed: int = 9600,
        *,
        opener: Callable[[str, int], serial.SerialBase] = open_port,
        clock: Callable[[], float] = time.monotonic,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self.id = id
        self.port = port
        self.speed = speed
        self.error = ""
        self.tally = Tally()
        self._opener = opener
        self._clock = clock
        self._pauses = Pauses(chance=chance)
        self._tokenizers: dict[Callable[[], Tokenizer], Tokenizer] = {}
        self._at: dict[tuple[Callable[[], Tokenizer], int], list[LineDriver]] = defaultdict(list)
        self._listeners: list[Callable[[bool, str], None]] = []
        self._open: serial.SerialBase | None = None
        self._broken = threading.Event()
        self._turns = Turns(speed, clock)
        self._lost_once = False
        self._own = OwnVoice()
        self._answers = Answers(id, partial(self._write, answer=True))
        self._babble = Babble(speed)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"line {id}", daemon=True)

    @property
    def up(self) -> bool:
        return self._open is not None and not self._broken.is_set()

    @property
    def babbles(self) -> bool:
        """Whether a device on it does not stop talking."""
        return self.up and self._babble.goes_on

    def attach(self, driver: LineDriver) -> None:
        """Let a device hear the frames of its family that carry its address. Before start."""
        self._tokenizers.setdefault(driver.tokenizer, driver.tokenizer())
        self._at[driver.tokenizer, driver.spec.address].append(driver)

    def listen(self, changed: Callable[[bool, str], None]) -> None:
        """Call `changed(up, sentence)` from the line's thread when the port is lost or back. It returns at once."""
        self._listeners.append(changed)

    def start(self) -> None:
        self._answers.start()
        self._thread.start()

    def stop(self) -> None:
        """Let the port go. Returns when it is closed."""
        self._stop.set()
        self._turns.end()
        if hasattr(self._open, "cancel_read"):  # local ports have it; the others come round by themselves
            with suppress(*LOST):
                self._open.cancel_read()
        if self._thread.is_alive():
            self._thread.join(5)
        self._answers.stop()

    def write(self, data: bytes, device: str = "", rest_s: float = 0.0) -> None:
        """Put one frame of `device` on the wire when the frame before it has left. Raises DeviceError("lost", ...).

        What the thread that reads writes is an answer. It returns at once, so that the next frame is heard when it
        comes and not when the wire is free; the answer goes before the other frames, whose devices do not wait.
        The frame is followed by `rest_s` seconds in which only answers are written.
        """
        if threading.current_thread() is self._thread:
            self._answers.owe(data, device)
        else:
            self._write(data, device, rest_s)

    def _write(self, data: bytes, device: str, rest_s: float = 0.0, *, answer: bool = False) -> None:
        with self._turns.taken(data, rest_s, answer=answer):
            port = self._open
            if port is None or self._broken.is_set():
                raise DeviceError("lost", self.error or f"串口 {self.port} 未接通")
            self._own.wrote(data, self._clock() + self._turns.seconds(data))
            try:
                port.write(data)
            except LOST as problem:
                self._broken.set()  # the reading thread closes and opens again
                raise DeviceError("lost", f"串口 {self.port} 已断开:{problem}") from problem
            self.tally.went("out", data, device)

    def again(self) -> None:
        """Close the port and open it again, as if it had been lost. Returns at once."""
        self._broken.set()

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                port = self._opener(self.port, self.speed)
            except LOST as problem:
                self._is_lost(problem)
            else:
                self._use(port)
            self._stop.wait(self._pauses.next())

    def _use(self, port: serial.SerialBase) -> None:
        """Read the open port until it breaks or the line is stopped."""
        began = self._clock()
        self._is_back(port)
        try:
            while not self._stop.is_set() and not self._broken.is_set():
                data = self._read(port)
                now = self._clock()
                if data:
                    self._turns.heard(now)
                if self._babble.heard(len(data), now):
                    self._tell_babble()
                if theirs := self._own.without(data, now):
                    self.tally.went("in", theirs)
                    self._hear(theirs)
            problem: BaseException | None = None
        except LOST as broken:
            problem = broken
        with self._turns.stopped():
            self._open = None
        with suppress(*LOST):
            port.close()
        if self._clock() - began > SETTLED_S:
            self._pauses.reset()
        if not self._stop.is_set():
            self._is_lost(problem)

    def _read(self, port: serial.SerialBase) -> bytes:
        """What has come, or nothing in READ_S. From who does not stop talking, no more than the work is bounded by."""
        if self._babble.goes_on:
            self._stop.wait(LOOK_S)
            return port.read(self._babble.piece)
        data = port.read(1)
        return data + port.read(min(port.in_waiting, MOST_AT_ONCE)) if data else b""

    def _hear(self, data: bytes) -> None:
        for family, tokenizer in self._tokenizers.items():
            frames = self.tally.found(tokenizer, data)
            for frame in frames:
                for driver in self._at.get((family, frame.address), ()):
                    self.tally.heard(driver.spec.id)
                    try:
                        driver.heard(frame)
                    except DeviceError:
                        pass  # the acknowledgement did not go out: the line is lost, and says so itself
                    except Exception:
                        log.exception("a frame was not understood", device=driver.spec.id, frame=frame)

    def _tell_babble(self) -> None:
        if self._babble.goes_on:
            log.warning("line babbles", line=self.id, port=self.port)
        else:
            log.info("line is quiet again", line=self.id, port=self.port)

    def _is_back(self, port: serial.SerialBase) -> None:
        self._tokenizers = {family: family() for family in self._tokenizers}
        self._own = OwnVoice()
        self._babble = Babble(self.speed)
        self._broken.clear()
        self._open = port
        self.error = ""
        if self._lost_once:
            log.info("line is back", line=self.id, port=self.port)
        self._lost_once = False
        self._tell(True)

    def _is_lost(self, problem: BaseException | None) -> None:
        self.error = f"串口 {self.port} 未接通"
        if not self._lost_once:
            log.warning("line is lost", line=self.id, port=self.port, error=str(problem))
            self._lost_once = True
            self._tell(False)

    def _tell(self, up: bool) -> None:
        for changed in self._listeners:
            changed(up, self.error)
