"""Virtual wires: a pseudo-terminal whose near end real drivers open by path, and whose far end virtual devices hold."""

from __future__ import annotations

import os
import select
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from devices.driver import DeviceError, DeviceSpec, Sink, Tokenizer

TICK_S = 0.05


class FarEnd:
    """A virtual device on a wire. It hears every byte of its wire and decodes them as strictly as the hardware.

    A subclass gives its `tokenizer` and `take`, or `hear` if it has no frames, and `tick` if it has something to
    repeat; it says what it shows by sink.far.
    """

    tokenizer: Callable[[], Tokenizer] | None = None

    def __init__(self, spec: DeviceSpec, sink: Sink) -> None:
        self.spec = spec
        self.sink = sink
        self.powered = True
        self.wire: VirtualWire | None = None
        self._own_tokenizer = self.tokenizer() if self.tokenizer else None

    def hear(self, data: bytes) -> None:
        """Bytes from the near end, in any pieces."""
        for frame in self._own_tokenizer.feed(data) if self._own_tokenizer else ():
            self.take(frame)

    def take(self, frame: Any) -> None:
        """A verified frame of this family, for whichever address."""

    def tick(self, now: float) -> None:
        """Called about every TICK_S from the wire's thread while `restless`; `now` is monotonic seconds."""

    @property
    def restless(self) -> bool:
        """Whether there is anything to repeat or to wait for: a hall of quiet devices costs nothing."""
        return type(self).tick is not FarEnd.tick

    def wake(self) -> None:
        """Let the wire look again whether this end is restless. Call it from any thread."""
        if self.wire is not None:
            self.wire.wake()

    def say(self, data: bytes) -> None:
        """Put bytes on the wire towards the near end. A device without power, or on a pulled plug, is silent."""
        if self.powered and self.wire is not None:
            self.wire.say(data)

    def power_off(self) -> None:
        """This device alone goes dark: it hears and says nothing, while its line stays up."""
        self.powered = False

    def power_on(self) -> None:
        self.powered = True

    def unplug(self) -> None:
        """Pull the plug of the wire: the port vanishes for every device on it."""
        if self.wire is not None:
            self.wire.unplug()

    def plug(self) -> None:
        if self.wire is not None:
            self.wire.plug()


class VirtualWire:
    """A pseudo-terminal pair. `path` is the near end: a name that vanishes with the plug and comes back with it.

    POSIX only: raises DeviceError("cannot", ...) elsewhere. The far end never blocks: what nobody reads is lost, as
    on a real wire.
    """

    def __init__(self, name: str = "line", clock: Callable[[], float] = time.monotonic) -> None:
        try:
            import pty
            import tty
        except ImportError as absent:  # Windows: only who asks for a virtual wire needs to know
            raise DeviceError("cannot", "虚拟串口只能在 Linux 或 macOS 上使用") from absent
        self._openpty, self._setraw = pty.openpty, tty.setraw
        self._clock = clock
        self._folder = tempfile.TemporaryDirectory(prefix="hallcall-wire-")
        self.path = str(Path(self._folder.name) / name.replace("/", "-"))
        self._ends: list[FarEnd] = []
        self._tokenizers: dict[Callable[[], Tokenizer], Tokenizer] = {}
        self._lock = threading.RLock()
        self._master: int | None = None
        self._slave: int | None = None
        self._pulled: list[int] = []
        self._let_go_of = threading.Event()
        self._closing = False
        self._wake_read, self._wake_write = os.pipe()
        self.plug()
        self._thread = threading.Thread(target=self._run, name=f"wire {name}", daemon=True)
        self._thread.start()

    def attach(self, end: FarEnd) -> None:
        end.wire = self
        with self._lock:
            self._ends.append(end)

    @property
    def plugged(self) -> bool:
        return self._master is not None

    def plug(self) -> None:
        """Put the plug in: the path is there again. Does nothing when it is."""
        with self._lock:
            if self._master is not None:
                return
            # We hold the near end too: without that the far end reads errors while no driver has the port open.
            self._master, self._slave = self._openpty()
            self._setraw(self._slave)
            os.set_blocking(self._master, False)
            # Renamed into place: a driver that tries at this moment finds the whole name or none.
            fresh = Path(self.path + ".new")
            fresh.symlink_to(os.ttyname(self._slave))
            fresh.replace(self.path)
        self.wake()

    def unplug(self) -> None:
        """Pull the plug: the path is gone and an open port breaks. Returns when that is so."""
        with self._lock:
            if self._master is None or self._slave is None:
                return
            Path(self.path).unlink(missing_ok=True)
            self._pulled += (self._master, self._slave)
            self._master = self._slave = None
            self._let_go_of.clear()
        self.wake()
        self._let_go_of.wait(2)

    def close(self) -> None:
        """Take the wire away for good. A second time does nothing: its file numbers may be somebody else's by then."""
        if self._closing:
            return
        self.unplug()
        self._closing = True
        self.wake()
        self._thread.join(2)
        for end in (self._wake_read, self._wake_write):
            os.close(end)
        self._folder.cleanup()

    def feed(self, hex: str) -> None:  # noqa: A002 - as it stands in a capture
        """Bytes of a capture, from the far end towards the near one. Raises ValueError for what is no hex."""
        self.say(bytes.fromhex(hex))

    def say(self, data: bytes) -> None:
        """Bytes from the far end towards the near one. Lost when the plug is out or nobody reads."""
        with self._lock:
            if self._master is not None:
                with suppress(OSError):
                    os.write(self._master, data)

    def _run(self) -> None:
        while not self._closing:
            self._let_go()
            master = self._master
            watched = [self._wake_read] if master is None else [self._wake_read, master]
            with self._lock:
                restless = master is not None and any(end.restless for end in self._ends if end.powered)
            ready = select.select(watched, [], [], TICK_S if restless else None)[0]
            if self._wake_read in ready:
                os.read(self._wake_read, 4096)
            heard = b""
            if master is not None and master in ready:
                with suppress(OSError):
                    heard = os.read(master, 4096)
            with self._lock:
                ends = [end for end in self._ends if end.powered]
            if heard:
                self._tell(ends, heard)
            now = self._clock()
            for end in ends:
                if end.restless:
                    end.tick(now)

    def _tell(self, ends: list[FarEnd], heard: bytes) -> None:
        """A hundred bars on a line read each byte once, not a hundred times: this is one machine, not a hundred."""
        families = {end.tokenizer for end in ends if end.tokenizer}
        for family in families - self._tokenizers.keys():
            self._tokenizers[family] = family()
        frames = {family: self._tokenizers[family].feed(heard) for family in families}
        for end in ends:
            if end.tokenizer is None:
                end.hear(heard)
        for family, found in frames.items():
            for frame in found:
                for end in ends:
                    if end.tokenizer is family:
                        end.take(frame)

    def _let_go(self) -> None:
        """Close the pulled ends, in the thread that selects on them so that no number is used again under it."""
        with self._lock:
            for end in self._pulled:
                os.close(end)
            self._pulled.clear()
            self._let_go_of.set()

    def wake(self) -> None:
        """Look again at once which ends are restless."""
        with suppress(OSError):
            os.write(self._wake_write, b".")


def moves(end: Any) -> frozenset[str]:
    """The names of what can be done to a virtual device from outside: those of MOVES that it has."""
    return frozenset(name for name in MOVES if callable(getattr(end, name, None)))


MOVES = (
    "press", "grade", "feed", "lay_card", "take_card", "scan", "unplug", "plug", "power_off", "power_on",
    "paper_out", "paper_in", "near_end", "run_out_after", "open_cover", "close_cover", "jam", "unjam", "silent",
    "overheat", "cool", "break_down", "offline", "online",
)  # fmt: skip
"""What a demo or a test may do to virtual hardware by name; anything else is refused."""
