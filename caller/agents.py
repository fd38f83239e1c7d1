"""The hub's side of the agents: who is connected, how the devices are, and the jobs that are not done yet."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import structlog

from caller.config import Config
from caller.hardware import Device, Hardware

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


class Agents:
    """`send(event, data, sid)` emits to one agent. Handlers are set by the hub: what a done job or an input means."""

    def __init__(self, config: Config, send: Callable[[str, Body, str], None], now: Callable[[], str]) -> None:
        self._config = config
        self._send = send
        self._lock = threading.Lock()
        self._sids: dict[str, str] = {}
        self._jobs: dict[str, Job] = {}
        self._newest: dict[tuple[str, str], str] = {}
        """By device and kind, of the kinds of which only the newest stays: the last job given."""
        self.hardware = Hardware(config, now)
        self.devices = self.hardware.devices
        self._of_window: dict[tuple[str, str], list[Device]] = defaultdict(list)
        for device in self.devices.values():
            self._of_window[device.kind, device.window].append(device)
        self.on_done: dict[str, Callable[[Job, Body], None]] = {}
        self.on_change: Callable[[set[str]], None] = lambda devices: None
        self.on_connect: Callable[[str], None] = lambda agent: None

    def of_window(self, kind: str, window: str) -> list[Device]:
        return self._of_window.get((kind, window), [])

    def works_at(self, kind: str, kiosk: str) -> bool:
        """Whether a device of that kind at the kiosk is ready. A scanner says nothing until it has read a code."""
        ready = ("ok", "unknown") if kind == "scanner" else ("ok",)
        devices = [device for device in self.devices.values() if device.kind == kind and device.kiosk == kiosk]
        return any(device.state in ready for device in devices)

    def connected(self, agent: str, sid: str, auth: Body | None = None) -> None:
        """An agent has come (again), and has said what it is: its config, then every job it has not done."""
        self.hardware.came(agent, auth or {})
        if self.hardware.agents[agent].older:
            log.warning("an agent is older than this hub", agent=agent, version=self.hardware.agents[agent].version)
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
        self.on_change(set())
        self.on_connect(agent)

    def disconnected(self, sid: str) -> None:
        gone = [agent for agent, known in self._sids.items() if known == sid]
        for agent in gone:
            log.warning("agent lost", agent=agent)
            del self._sids[agent]
            self.on_change(self.hardware.went(agent))

    def online(self) -> list[str]:
        return sorted(self._sids)

    def _agent_of(self, device: str) -> str:
        return self.devices[device].agent if device in self.devices else ""

    def give(self, job: Job) -> None:
        """Send a job now, and again on every connection until it is done. Of show and display only the newest stays."""
        with self._lock:
            if job.kind in NEWEST_ONLY:
                self._jobs.pop(self._newest.get((job.device, job.kind), ""), None)
                self._newest[job.device, job.kind] = job.id
            sid = self._sids.get(self._agent_of(job.device))
            if sid or job.kind not in MOMENTARY:
                self._jobs[job.id] = job
        if sid:
            self._send("job", vars(job), sid)

    def tell(self, agent: str, event: str, data: Body) -> None:
        """Something for now: an agent that is away never hears of it."""
        if sid := self._sids.get(agent):
            self._send(event, data, sid)

    def waiting(self, kind: str) -> list[Job]:
        """The jobs of a kind that are not done."""
        with self._lock:
            return [job for job in self._jobs.values() if job.kind == kind]

    def device_of_job(self, job_id: str) -> str:
        """The device a job is for, "" when it is not waited for."""
        with self._lock:
            job = self._jobs.get(job_id)
        return job.device if job else ""

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

    def health(self, devices: list[Body], lines: list[Body] | None = None) -> None:
        """How the devices and lines are, as their agent sees them."""
        self.on_change(self.hardware.told(devices, lines or []))

    def virtual(self, body: Body) -> bool:
        """Move a virtual device or line (demo and tests). False when its agent is away or it is not virtual."""
        id_ = str(body.get("device"))
        it = self.devices.get(id_) or self.hardware.lines.get(id_)
        sid = self._sids.get(it.agent) if it and it.virtual else None
        if not sid:
            return False
        self._send("virtual", body, sid)
        return True
