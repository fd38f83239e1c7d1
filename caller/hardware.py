"""The hardware as the hub knows it: every agent, line and device of the config, as its agent has told it last."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from caller import __version__
from caller.agent_said import word
from caller.config import Config

Body = dict[str, Any]
WAITING = "等待代理程序连接"
GONE = "代理程序断开"


@dataclass
class Device:
    """A device. `about` is what it says of itself (firmware, …), `counts` what its agent has counted."""

    id: str
    kind: str
    driver: str
    agent: str
    window: str
    kiosk: str
    area: str
    zone: str
    line: str
    address: int
    virtual: bool
    port: str = ""
    state: str = "lost"
    since: str = ""
    error: str = WAITING
    last_error: Body | None = None
    detail: Body = field(default_factory=dict)
    about: Body = field(default_factory=dict)
    far: Body = field(default_factory=dict)
    counts: Body = field(default_factory=dict)


@dataclass
class LineSeen:
    """A line, also that of a device which has a port to itself. `ok` or `lost`."""

    id: str
    agent: str
    port: str
    speed: int
    virtual: bool
    state: str = "lost"
    since: str = ""
    error: str = WAITING
    last_error: Body | None = None
    counts: Body = field(default_factory=dict)


@dataclass
class AgentSeen:
    """An agent: `version` is its own, `runs` what it stands on (docs/agent.md), `older` than this hub or not."""

    name: str
    online: bool = False
    since: str = ""
    version: str = ""
    runs: Body = field(default_factory=dict)

    @property
    def older(self) -> bool:
        return bool(self.version) and _order(self.version) < _order(__version__)


class Hardware:
    """Three tables by id; rows are never taken away. `now` is the time as it is shown."""

    def __init__(self, config: Config, now: Callable[[], str]) -> None:
        self._now = now
        at, ports = now(), {line.id: line.port for line in config.lines}
        self.devices = {
            it.spec.id: Device(
                id=it.spec.id,
                kind=it.spec.kind,
                driver=it.spec.driver,
                agent=it.agent,
                window=it.window,
                kiosk=it.kiosk,
                area=it.area,
                zone=it.zone,
                line=it.spec.line,
                address=it.spec.address,
                port=it.spec.port,
                virtual=(ports.get(it.spec.line) or it.spec.port) == "virtual",
                since=at,
            )
            for it in config.devices
        }
        self.lines = {
            it.id: LineSeen(it.id, it.agent, it.port, it.speed, it.port == "virtual", since=at) for it in config.lines
        }
        names = [it.agent for it in (*self.lines.values(), *self.devices.values())]
        self.agents = {name: AgentSeen(name, since=at) for name in names}

    def came(self, agent: str, auth: Mapping[str, Any]) -> None:
        """An agent is connected; `auth` is what it said of itself."""
        seen = self.agents.setdefault(agent, AgentSeen(agent))
        runs = auth.get("runs")
        seen.online, seen.since = True, self._now()
        seen.version, seen.runs = word(auth.get("version"), 40), runs if isinstance(runs, dict) else {}

    def went(self, agent: str) -> set[str]:
        """Nobody knows any more how its devices are: they are lost. Returns their ids."""
        seen = self.agents.setdefault(agent, AgentSeen(agent))
        seen.online, seen.since = False, self._now()
        gone = {device.id for device in self.devices.values() if device.agent == agent}
        for device in gone:
            self._stands(self.devices[device], {"state": "lost", "error": GONE})
            self.devices[device].detail = {}
        for line in self.lines.values():
            if line.agent == agent:
                self._stands(line, {"state": "lost", "error": GONE})
        return gone

    def ids_of(self, agent: str) -> set[str]:
        """The ids of the agent's lines and devices."""
        return {it.id for it in (*self.devices.values(), *self.lines.values()) if it.agent == agent}

    def told(self, devices: Iterable[Body], lines: Iterable[Body]) -> set[str]:
        """What an agent says in `health`. Returns the devices of which more than a counter has changed."""
        changed = set()
        for row in devices:
            if it := self.devices.get(str(row.get("id"))):
                before = (it.state, it.error, it.detail, it.about, it.far)
                self._stands(it, row)
                it.detail, it.about, it.far = (_dict(row, key) for key in ("detail", "about", "far"))
                if before != (it.state, it.error, it.detail, it.about, it.far):
                    changed.add(it.id)
        for row in lines:
            id_ = str(row.get("id"))
            if id_ in self.devices and id_ not in self.lines:
                device = self.devices[id_]
                speed = row.get("speed") if isinstance(row.get("speed"), int) else 0
                self.lines[id_] = LineSeen(id_, device.agent, device.port, speed, device.virtual)
            if id_ in self.lines:
                self._stands(self.lines[id_], row)
        return changed

    def _stands(self, it: Device | LineSeen, row: Body) -> None:
        state = str(row.get("state"))
        if it.state != state or not it.since:
            it.since = self._now()
        it.state, it.error = state, str(row.get("error") or "")
        it.last_error = _dict(row, "last_error") or it.last_error
        it.counts = _dict(row, "counts") or it.counts


def _dict(row: Body, key: str) -> Body:
    value = row.get(key)
    return value if isinstance(value, dict) else {}


def _order(version: str) -> tuple[int, ...]:
    """0.10.1 stands after 0.9; what is no number ends it.

    >>> _order("0.10.1rc2") > _order("0.9")
    True
    """
    parts = []
    for part in version.split("."):
        digits = part[: len(part) - len(part.lstrip("0123456789"))]
        if not digits:
            break
        parts.append(int(digits))
        if digits != part:
            break
    return tuple(parts)
