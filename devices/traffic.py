"""What went over a line, read again: frames of the families on it, whose they are and what they mean, and bad bytes.

No meaning is written down twice: a frame that came in is given to the driver of its device, with nobody behind it, and
one that went out to the virtual device of its family; what they would have said is what it means.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from devices import registry
from devices.driver import DeviceSpec, LineDriver, Tokenizer
from devices.tally import Direction

HALF_S = 0.3
"""Silence after which the beginning of a frame has no end coming."""


@dataclass(frozen=True)
class Passed:
    """Bytes as they were read or written; b"" for some that are nobody's to read. `at` is seconds; `device` is known of
    what was written."""

    at: float
    direction: Direction
    data: bytes
    device: str = ""


@dataclass(frozen=True)
class Piece:
    """A whole frame, or bytes that are none (`good` false). `means` may be empty."""

    at: float
    direction: Direction
    data: bytes
    good: bool
    device: str = ""
    means: str = ""


class Overheard:
    """A Sink and a Wire with nobody behind: keeps in words what a driver or a virtual device would have told."""

    up = True

    def __init__(self) -> None:
        self.said: list[str] = []

    def input(self, event: Mapping[str, Any]) -> None:
        self.said.append(" ".join(str(value) for value in event.values() if value != ""))

    def far(self, **seen: Any) -> None:
        self.said.append(" ".join(f"{name}={value}" for name, value in seen.items()))

    def state(self, state: str, error: str = "", **detail: Any) -> None:
        if error:
            self.said.append(error)

    def about(self, **facts: str) -> None:
        self.far(**facts)

    def slip(self, png: bytes, lines: list[str]) -> None:
        """No line prints."""

    def write(self, data: bytes) -> None:
        """The answer went out when this was no replay."""

    def take(self) -> str:
        said, self.said = "; ".join(self.said), []
        return said


class _Both:
    """Both ends of one device, to ask what a frame means."""

    def __init__(self, spec: DeviceSpec, clock: Callable[[], float]) -> None:
        family = registry.family(spec.driver)
        self.spec = spec
        self._ear = Overheard()
        self.driver: LineDriver = family.load_driver()(spec, self._ear, self._ear, clock)
        self._far = family.load_virtual()(spec, self._ear) if family.virtual else None
        self._ear.take()

    def meant_by_it(self, frame: Any) -> str:
        return self._meaning(self.driver.heard, frame)

    def meant_for_it(self, data: bytes) -> str:
        return self._meaning(self._far.hear, data) if self._far else ""

    def _meaning(self, hear: Callable[[Any], None], it: Any) -> str:
        try:
            hear(it)
        except Exception:  # whatever a driver of somebody else's thinks of it, the bytes are shown
            self._ear.take()
            return ""
        return self._ear.take()


class Reading:
    """Reads one line's traffic. `families` are those of devices at addresses that no spec has.

    Raises LookupError (registry.UnknownFamily) for a driver that is not installed here.
    """

    def __init__(self, specs: Iterable[DeviceSpec], families: Iterable[str] = ()) -> None:
        self._now = 0.0
        self._devices = {spec.id: _Both(spec, lambda: self._now) for spec in specs}
        self._strangers = tuple(families)
        drivers = [it.driver for it in self._devices.values()] + [self._stranger(name, 0).driver for name in families]
        self._tokenizers: dict[Any, Tokenizer] = {it.tokenizer: it.tokenizer() for it in drivers}
        self._begun = bytearray()
        self._begun_at = 0.0

    def feed(self, passed: Passed) -> list[Piece]:
        """What these bytes complete, in order."""
        pieces = self.silence(passed.at)
        self._now = passed.at
        return pieces + (self._came(passed) if passed.direction == "in" else [self._went(passed)])

    def silence(self, now: float) -> list[Piece]:
        """The beginning of a frame that is given up by now."""
        return self.end() if self._begun and now - self._begun_at > HALF_S else []

    def end(self) -> list[Piece]:
        """No more comes: what has begun is no frame."""
        left, self._begun = bytes(self._begun), bytearray()
        self._tokenizers = {make: make() for make in self._tokenizers}
        return [Piece(self._begun_at, "in", left, False)] if left else []

    def _came(self, passed: Passed) -> list[Piece]:
        pieces = [] if passed.data else [Piece(passed.at, "in", b"", True)]
        for byte in passed.data:
            self._begun.append(byte)
            for make, tokenizer in self._tokenizers.items():
                for frame in tokenizer.feed(bytes((byte,))):
                    raw = getattr(tokenizer, "raw", b"") or bytes(self._begun)
                    if noise := bytes(self._begun[: -len(raw)]):
                        pieces.append(Piece(passed.at, "in", noise, False))
                    self._begun.clear()
                    pieces.append(self._frame(passed.at, raw, make, frame))
        self._begun_at = passed.at
        return pieces

    def _frame(self, at: float, raw: bytes, make: Any, frame: Any) -> Piece:
        address = getattr(frame, "address", 0)
        mine = [it for it in self._devices.values() if it.driver.tokenizer == make and it.spec.address == address]
        if not mine:
            strangers = [self._stranger(name, address) for name in self._strangers]
            mine = [it for it in strangers if it.driver.tokenizer == make]
            self._devices |= {it.spec.id: it for it in mine}
        meant = [(it.spec.id, it.meant_by_it(frame)) for it in mine]
        names = [name for name, said in meant if said] or [name for name, _ in meant]
        said = "; ".join(said for _, said in meant if said) or told(frame)
        return Piece(at, "in", raw, True, ", ".join(names) or f"nobody at {address}", said)

    def _went(self, passed: Passed) -> Piece:
        it = self._devices.get(passed.device)
        said = it.meant_for_it(passed.data) if it else ""
        if not said:
            frames = [frame for make in self._tokenizers for frame in make().feed(passed.data)]
            said = "; ".join(map(told, frames[:1]))
        return Piece(passed.at, "out", passed.data, True, passed.device, said)

    def _stranger(self, family: str, address: int) -> _Both:
        row = registry.family(family)
        return _Both(DeviceSpec(f"{family}@{address}", row.kind, family, address=address), lambda: self._now)


def told(frame: Any) -> str:
    """A frame in words: "address=1 command=01 data=0c"."""
    if not is_dataclass(frame):
        return str(frame)
    words = []
    for field in fields(frame):
        value = getattr(frame, field.name)
        if isinstance(value, bytes):
            value = value.hex(" ") or "-"
        elif field.name == "command" and isinstance(value, int):
            value = f"{value:02x}"
        words.append(f"{field.name}={value}" if field.repr else "")
    return " ".join(filter(None, words))
