"""The hub's side of the agents: who is connected, how the devices are, and the jobs that are not done yet."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import structlog

from caller.config import Config

log = structlog.get_logger("agents")
NEWEST_ONLY = frozenset({"show", "rows", "display", "stars"})
MOMENTARY = frozenset({"prompt", "beep", "say"})
"""Said now or never: nobody is to be asked for a rating an hour later, when the agent is back."""

Body = dict[str, Any]


@dataclass
class Job:
    """A job as docs/agent.md describes it, kept until its agent says it is done."""

    id: str
    device: str
    kind: str
    data: Body


@dataclass
class Device:
    """A device as the hub knows it."""

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
    state: str = "lost"
    since: str = ""
    error: str = "等待代理程序连接"
    detail: Body = field(default_factory=dict)
    far: Body = field(default_factory=dict)


class Agents:
    """`send(event, data, sid)` emits to one agent. Handlers are set by the hub: what a done job or an input means."""

    def __init__(self, config: Config, send: Callable[[str, Body, str], None], now: Callable[[], str]) -> None:
        self._config = config
        self._send = send
        self._now = now
        self._lock = threading.Lock()
        self._sids: dict[str, str] = {}
        self._jobs: dict[str, Job] = {}
        ports = {line.id: line.port for line in config.lines}
        self.devices = {
            placed.spec.id: Device(
                id=placed.spec.id,
                kind=placed.spec.kind,
                driver=placed.spec.driver,
                agent=placed.agent,
                window=placed.window,
                kiosk=placed.kiosk,
                area=placed.area,
                zone=placed.zone,
                line=placed.spec.line,
                address=placed.spec.address,
                virtual=(ports.get(placed.spec.line) or placed.spec.port) == "virtual",
                since=now(),
            )
            for placed in config.devices
        }
        self.on_done: dict[str, Callable[[Job, Body], None]] = {}
        self.on_change: Callable[[set[str]], None] = lambda devices: None
        self.on_connect: Callable[[str], None] = lambda agent: None

    def of_window(self, kind: str, window: str) -> list[Device]:
        return [device for device in self.devices.values() if device.kind == kind and device.window == window]

    def connected(self, agent: str, sid: str) -> None:
        """An agent has come (again): its config, then every job it has not done."""
        with self._lock:
            self._sids[agent] = sid
            for stale in [
                j.id for j in self._jobs.values() if self._agent_of(j.device) == agent and j.kind in MOMENTARY
            ]:
                del self._jobs[stale]
            jobs = [job for job in self._jobs.values() if self._agent_of(job.device) == agent]
        log.info("agent connected", agent=agent, jobs=len(jobs))
        self._send("config", self._config.for_agent(agent), sid)
        for job in jobs:
            self._send("job", vars(job), sid)
        self.on_connect(agent)

    def disconnected(self, sid: str) -> None:
        gone = [agent for agent, known in self._sids.items() if known == sid]
        for agent in gone:
            log.warning("agent lost", agent=agent)
            del self._sids[agent]
            ids = {device.id for device in self.devices.values() if device.agent == agent}
            for device in ids:
                self._set(device, "lost", "代理程序断开", {}, self.devices[device].far)
            self.on_change(ids)

    def online(self) -> list[str]:
        return sorted(self._sids)

    def _agent_of(self, device: str) -> str:
        return self.devices[device].agent if device in self.devices else ""

    def give(self, job: Job) -> None:
        """Send a job now, and again on every connection until it is done. Of show and display only the newest stays."""
        with self._lock:
            if job.kind in NEWEST_ONLY:
                for old in [j.id for j in self._jobs.values() if j.device == job.device and j.kind == job.kind]:
                    del self._jobs[old]
            sid = self._sids.get(self._agent_of(job.device))
            if sid or job.kind not in MOMENTARY:
                self._jobs[job.id] = job
        if sid:
            self._send("job", vars(job), sid)

    def waiting(self, kind: str) -> list[Job]:
        """The jobs of a kind that are not done."""
        with self._lock:
            return [job for job in self._jobs.values() if job.kind == kind]

    def forget(self, job_id: str) -> None:
        with self._lock:
            self._jobs.pop(job_id, None)

    def done(self, body: Body) -> None:
        """An agent says how a job ended. One that is not known any more was answered before, or is no longer wanted.

        The newest text of a bar stays a job until the bar has shown it: the agent goes on trying after it said "lost".
        Raises what the handler raises; the job is then still there for the agent's next try.
        """
        with self._lock:
            job = self._jobs.get(str(body.get("id")))
        if job is None:
            return
        if job.kind in self.on_done:
            self.on_done[job.kind](job, body)
        if body.get("ok") or job.kind not in NEWEST_ONLY:
            self.forget(job.id)

    def health(self, reported: list[Body]) -> None:
        """How the devices are, as the agent sees them."""
        changed = set()
        for it in reported:
            device = str(it.get("id"))
            if device in self.devices:
                self._set(
                    device,
                    str(it.get("state")),
                    str(it.get("error") or ""),
                    it.get("detail") or {},
                    it.get("far") or {},
                )
                changed.add(device)
        self.on_change(changed)

    def _set(self, device_id: str, state: str, error: str, detail: Body, far: Body) -> None:
        device = self.devices[device_id]
        if device.state != state:
            device.since = self._now()
        device.state, device.error, device.detail, device.far = state, error, detail, far

    def virtual(self, body: Body) -> bool:
        """Move a virtual device (demo and tests). False when its agent is away or it is not virtual."""
        device = self.devices.get(str(body.get("device")))
        sid = self._sids.get(device.agent) if device and device.virtual else None
        if not sid:
            return False
        self._send("virtual", body, sid)
        return True
