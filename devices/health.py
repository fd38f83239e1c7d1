"""How a device and a line are, as the hub is told: state, since when, the last error, what was counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Protocol

from devices.driver import DeviceSpec
from devices.line import Line

AWAY = "lost"

BABBLES = "线路上有设备不停地发送数据"


class Told(Protocol):
    """Who hears what a device tells. Called from any thread; returns at once."""

    def input(self, device: str, event: Mapping[str, Any]) -> None:
        """Somebody pressed."""

    def slip(self, device: str, png: bytes, lines: list[str]) -> None:
        """A virtual printer has cut a slip."""

    def changed(self) -> None:
        """Some device's health is different now."""


class Standing:
    """A state, since when, and the last error that there was, for ever after. `wall` gives an aware time."""

    def __init__(self, state: str, wall: Callable[[], datetime]) -> None:
        self._wall = wall
        self.state, self.error = state, ""
        self.since = wall()
        self.last_error: dict[str, str] | None = None
        self.returns = 0
        """How often it came back after it was lost. The first time that it is there is no return."""
        self._was_there = False

    def becomes(self, state: str, error: str) -> None:
        if error and (error, state) != (self.error, self.state):
            self.last_error = {"at": _iso(self._wall()), "error": error}
        if state != self.state:
            self.since = self._wall()
            self.returns += self.state == AWAY and self._was_there
        self._was_there |= state != AWAY
        self.state, self.error = state, error

    def told(self) -> dict[str, Any]:
        since = _iso(self.since)
        return {"state": self.state, "since": since, "error": self.error, "last_error": self.last_error}


class DeviceSink:
    """One device's Sink: keeps how it is for `health` and passes on the rest."""

    def __init__(self, spec: DeviceSpec, ear: Told, wall: Callable[[], datetime]) -> None:
        self.spec = spec
        self.virtual = False
        self.line: Line | None = None
        self.jobs: Counter[str] = Counter()
        """Done and failed."""
        self._ear = ear
        self._standing = Standing("unknown", wall)
        self._detail: dict[str, Any] = {}
        self._about: dict[str, str] = {}
        self._far: dict[str, Any] = {}

    def input(self, event: Mapping[str, Any]) -> None:
        self._ear.input(self.spec.id, event)

    def state(self, state: str, error: str = "", **detail: Any) -> None:
        before = (self._standing.state, self._standing.error, self._detail)
        self._standing.becomes(state, error)
        self._detail = detail
        if before != (state, error, detail):
            self._ear.changed()

    def slip(self, png: bytes, lines: list[str]) -> None:
        self._ear.slip(self.spec.id, png, lines)

    def far(self, **seen: Any) -> None:
        self._grow(self._far, seen)

    def about(self, **facts: str) -> None:
        self._grow(self._about, facts)

    def _grow(self, known: dict[str, Any], more: dict[str, Any]) -> None:
        before = dict(known)
        known.update(more)
        if known != before:
            self._ear.changed()

    def counts(self) -> dict[str, int]:
        """Since the agent has its present config."""
        told = {"done": self.jobs["done"], "failed": self.jobs["failed"], "reconnects": self._standing.returns}
        return told | (self.line.tally.of_device(self.spec.id) if self.line else {})

    def health(self) -> dict[str, Any]:
        """A row of the `health` message."""
        return {
            "id": self.spec.id, **self._standing.told(), "detail": self._detail,
            "about": dict(self._about), "far": dict(self._far), "virtual": self.virtual, "counts": self.counts(),
        }  # fmt: skip


class LineHealth:
    """How a line is: `ok`, `lost`, or `fault` while a device on it does not stop talking."""

    def __init__(self, line: Line, ear: Told, wall: Callable[[], datetime]) -> None:
        self._line = line
        self._ear = ear
        self._standing = Standing(AWAY, wall)
        line.listen(self._changed)

    def _changed(self, up: bool, error: str) -> None:
        self._standing.becomes("ok" if up else AWAY, error)
        self._ear.changed()

    def counts(self) -> dict[str, int]:
        return self._line.tally.of_line() | {"reconnects": self._standing.returns}

    def health(self) -> dict[str, Any]:
        """A row of the `health` message."""
        if self._standing.state != AWAY:  # what babbles moves the counters: this is asked again and again
            self._standing.becomes("fault" if self._line.babbles else "ok", BABBLES if self._line.babbles else "")
        line = {"id": self._line.id, "port": self._line.port, "speed": self._line.speed}
        return line | self._standing.told() | {"counts": self.counts()}


def _iso(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds")
