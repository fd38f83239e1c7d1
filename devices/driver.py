"""What a driver is: the contract between the agent, which owns threads, and a device family, which owns bytes."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Protocol


@dataclass(frozen=True)
class DeviceSpec:
    """A device as the config names it.

    `kind` is what it is to the hall (keypad, pad, bar, panel, printer, voice, reader, scanner), `driver` the row of the
    registry. A device stands on a shared `line` at an `address`, or alone on a `port` ("/dev/ttyS1",
    "tcp://10.0.0.9:9100", "virtual"). `options` is what only this family knows.
    """

    id: str
    kind: str
    driver: str
    line: str = ""
    address: int = 0
    port: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Job:
    """One thing to do: print, show, rows, display, beep, prompt, stars or say. `data` is as docs/agent.md tells."""

    id: str
    device: str
    kind: str
    data: Mapping[str, Any]


class DeviceError(Exception):
    """The device could not do it. `code` is stable (lost, no_paper, cover_open, ...); str() is a sentence.

    `begun`: it had begun, and a part may have been done: a slip may have left paper.
    """

    def __init__(self, code: str, sentence: str, begun: bool = False) -> None:
        super().__init__(sentence)
        self.code = code
        self.begun = begun


class Sink(Protocol):
    """Where a driver tells what it sees. Every method may be called from any thread and returns at once."""

    def input(self, event: Mapping[str, Any]) -> None:
        """A key press or a grade: {"kind": "key", "key": "next", "digits": ""} or {"kind": "grade", "grade": ...}."""

    def state(self, state: str, error: str = "", **detail: Any) -> None:
        """ok, lost, fault or unknown; for printers those of printers.troubles; `error` is a sentence."""

    def about(self, **facts: str) -> None:
        """What the device says of itself when it is asked: firmware, model, serial, ... Told once is enough."""

    def slip(self, png: bytes, lines: list[str]) -> None:
        """A virtual printer has cut a slip: its picture and the text lines it decoded."""

    def far(self, **seen: Any) -> None:
        """What a virtual device shows now (a bar: text=..., a keypad: waiting=..., number=...), for demo and tests."""


class Driver(ABC):
    """A device at work. The agent calls open, do and close from one thread of this device's own.

    A driver never blocks for ever: every read and write has a time limit. A lost port is reported by
    DeviceError("lost", ...); the agent closes and opens again with growing pauses.
    """

    state_when_open = "ok"
    """What the device is once open() has returned. A driver that polls tells it by sink.state itself."""

    poll_s: ClassVar[float] = 0.5
    """How often poll() is called when there is no job, in seconds."""

    far_end: Any = None
    """The virtual device at the other end when the port is "virtual", held by the driver; None on real hardware.

    `virtual {"do": "open_cover"}` of the demo calls the method of that name on it.
    """

    def __init__(self, spec: DeviceSpec, sink: Sink) -> None:
        self.spec = spec
        self.sink = sink

    @abstractmethod
    def open(self) -> None:
        """Take the port. Raises DeviceError("lost", ...) if it is not there."""

    @abstractmethod
    def do(self, job: Job) -> dict[str, Any]:
        """Do the job and return what there is to tell about it. Raises DeviceError."""

    def poll(self) -> None:  # noqa: B027 - most devices have nothing to ask, and say so by leaving it
        """Called every `poll_s` when idle: ask the device how it is."""

    @abstractmethod
    def close(self) -> None:
        """Let the port go; it may be opened again. Never raises."""

    def shut_down(self) -> None:
        """The end: let go of everything, a far end of one's own too. Never raises."""
        self.close()


class Wire(Protocol):
    """The way out to a shared serial line."""

    def write(self, data: bytes, rest_s: float = 0.0) -> None:
        """Put a whole frame on the wire, paced for its speed; then the line rests, for families that ask for it.

        Raises DeviceError("lost", ...).
        """

    def again(self) -> None:
        """Close the port and open it again: what is at the other end of a network may be gone without a word."""

    @property
    def up(self) -> bool:
        """Whether the port is there."""


class Tokenizer(Protocol):
    """Bytes in, whole and verified frames out. A frame has `address`."""

    def feed(self, data: bytes) -> list[Any]:
        """The frames that these bytes complete, in order. Never raises, whatever the noise.

        One that has `bad` counts there the frames that did not verify; one that has `raw` keeps there the bytes of the
        frame it found last.
        """


class Deaf:
    """The tokenizer of families that never say anything."""

    def feed(self, data: bytes) -> list[Any]:
        return []


class LineDriver(Driver):
    """A device at an address of a shared line: the line owns the port, the driver only its frames.

    A family whose frames carry no address has the line to itself; its frames say address 0, as its spec does. `do` is
    called from the line's worker, `heard` from the thread that reads the line; clock is monotonic seconds.
    """

    tokenizer: Callable[[], Tokenizer] = Deaf
    state_when_open = "unknown"

    revived: Callable[[], None] = staticmethod(lambda: None)
    """The worker's: called when a device that did not answer is heard again, so that it is told now what it missed."""

    def __init__(self, spec: DeviceSpec, sink: Sink, line: Wire, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(spec, sink)
        self.line = line
        self.clock = clock

    def heard(self, frame: Any) -> None:
        """A frame with this device's address has come in. Returns at once; may write an acknowledgement."""

    def open(self) -> None:
        if not self.line.up:
            raise DeviceError("lost", "串口线路未接通")

    def close(self) -> None:
        """Nothing is held: the line keeps the port."""
