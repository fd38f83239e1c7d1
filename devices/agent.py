"""The agent: the process that owns threads and ports, a Socket.IO client of the hub (docs/agent.md)."""

from __future__ import annotations

import random
import signal
import threading
import time
import uuid
from collections import deque
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import structlog

from devices.driver import Job
from devices.link import Link
from devices.outbox import Outbox
from devices.rack import Rack
from devices.tap import Taps
from devices.tray import KEPT
from devices.versions import version_of, what_runs_here

LOOK_S = 0.5
"""How often the unanswered letters are looked through."""

TOGETHER_S = 0.03
"""Changes of health within this time travel in one message."""

COUNTS_S = 5.0
"""How often the hub is told of what has been counted, if that is all there is to tell."""

NOW_OR_NEVER = frozenset({"card", "unread", "code"})
"""Inputs about a person: sent at once or not at all, and never on a disk. Who laid a card lays it again."""

SLIPS_KEPT = 50
"""Pictures of slips that wait for the hub."""

log = structlog.get_logger(__name__)


class Agent:
    """One agent. `start` returns at once and never fails for want of a hub or a port; `stop` lets everything go.

    `server` is the hub's address ("http://10.0.0.2:8000"), `token` a device token, `state_dir` where what must not be
    forgotten is kept, `data_dir` what drivers may fill (voice clips, slips).
    """

    def __init__(
        self,
        server: str,
        token: str,
        name: str = "main",
        *,
        state_dir: Path,
        data_dir: Path,
        clock: Callable[[], float] = time.monotonic,
        wall: Callable[[], datetime] = lambda: datetime.now().astimezone(),
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._data_dir = data_dir
        self._clock, self._wall, self._chance = clock, wall, chance
        self._outbox = Outbox(state_dir, clock=clock, wall=wall)
        self._config: Mapping[str, Any] | None = None
        self.rack: Rack | None = None
        self._in_hand: set[str] = set()
        self._printing: dict[str, str] = {}
        self._slips: deque[dict[str, Any]] = deque(maxlen=SLIPS_KEPT)
        self._moments: deque[dict[str, Any]] = deque()
        self._lock = threading.Lock()
        self._taps = Taps(lambda: self._news.set(), clock)
        self._stop = threading.Event()
        self._news = threading.Event()
        self._health_is_new = False
        self._counts: list[dict[str, int]] = []
        self._count_at = 0.0
        self._sender = threading.Thread(target=self._keep_sending, name="agent post", daemon=True)
        self.link = Link(
            server,
            {"token": token, "agent": name, "version": version_of("hallcall"), "runs": what_runs_here()},
            {"config": self._configured, "job": self._job, "virtual": self._virtual, "wire": self._wire},
            self._linked,
            chance,
        )

    def start(self) -> None:
        self._sender.start()
        self.link.start()

    def stop(self) -> None:
        self._stop.set()
        self._news.set()
        self.link.stop()
        if self._sender.is_alive():
            self._sender.join(2)
        if self.rack:
            self.rack.stop()
        self._outbox.close()

    # What the devices tell (devices.rack.Ear): from their threads.

    def input(self, device: str, event: Mapping[str, Any]) -> None:
        id_ = uuid.uuid4().hex
        if event.get("kind") in NOW_OR_NEVER:
            at = self._wall().isoformat(timespec="milliseconds")
            self._moments.append({"id": id_, "device": device, "event": dict(event), "at": at})
            self._news.set()
        elif self._outbox.input(id_, device, event):
            self._news.set()

    def begun(self, job: Job) -> None:
        if job.kind == "print":
            self._printing[job.device] = job.id
            self._outbox.began_print(job.id)

    def done(self, job: Job, ok: bool, error: str, sentence: str, detail: Mapping[str, Any]) -> None:
        self._outbox.done(
            {
                "id": job.id,
                "device": job.device,
                "ok": ok,
                "error": error,
                "sentence": sentence,
                "detail": dict(detail),
            },
            print_job=job.kind == "print",
            shown=job.kind in KEPT,
        )
        with self._lock:
            self._in_hand.discard(job.id)
        self._news.set()

    def slip(self, device: str, png: bytes, lines: list[str]) -> None:
        self._slips.append({"device": device, "job": self._printing.get(device, ""), "png": png, "lines": lines})
        self._news.set()

    def changed(self) -> None:
        self._health_is_new = True
        self._news.set()

    # What the hub says: from the thread that reads the socket.

    def _configured(self, config: Mapping[str, Any]) -> None:
        self._taps.none()  # the hub says again what it still wants to see
        if config == self._config:
            self.changed()
            return
        if self.rack:
            log.info("the hub has a new config; its devices start anew")
            self.rack.stop()
            self.rack = None
        self._config = config
        try:
            self.rack = Rack(
                config, self, data_dir=self._data_dir, clock=self._clock, wall=self._wall, chance=self._chance
            )
        except Exception:  # a hub of another version: said here, and the next config may be better
            log.exception("the hub's config cannot be understood; this agent has no devices")
            return
        self._taps.belong_to(self.rack.lines, config)
        self.rack.start()
        self.changed()

    def _job(self, data: Mapping[str, Any]) -> dict[str, Any]:
        try:
            job = Job(str(data["id"]), str(data["device"]), str(data["kind"]), dict(data.get("data") or {}))
        except (KeyError, TypeError, ValueError, AttributeError) as wrong:
            log.warning("a job of the hub cannot be understood", error=repr(wrong))
            return {"taken": False}
        if self.rack is None:
            return {"taken": False}
        if job.kind == "print":
            if outcome := self._outbox.outcome_of_print(job.id, job.device):
                with self._lock:
                    printing_now = job.id in self._in_hand
                if not printing_now:
                    self._outbox.done(outcome)
                    self._news.set()
                return {"taken": True}
            with self._lock:
                if job.id in self._in_hand:
                    return {"taken": True}
                self._in_hand.add(job.id)
        self.rack.put(job)
        return {"taken": True}

    def _virtual(self, data: Mapping[str, Any]) -> dict[str, Any]:
        try:
            how = {key: value for key, value in data.items() if key not in ("device", "do") and value is not None}
            if self.rack is None:
                raise LookupError("no devices yet")
            self.rack.move(data["device"], data["do"], **how)
        except (LookupError, ValueError, TypeError, AttributeError) as problem:
            return {"ok": False, "error": str(problem.args[0] if problem.args else problem)}
        return {"ok": True, "error": ""}

    def _wire(self, data: Mapping[str, Any]) -> dict[str, Any]:
        if known := isinstance(data, dict) and isinstance(data.get("line"), str):
            self._taps.want(data["line"], bool(data.get("on")))
        return {"ok": known}

    def _linked(self) -> None:
        self._outbox.all_due()
        self.changed()

    def _keep_sending(self) -> None:
        while not self._stop.is_set():
            self._news.wait(LOOK_S)
            self._stop.wait(TOGETHER_S if self._health_is_new else 0)
            self._news.clear()
            if self.link.up:
                self._count()
                self._send()
            elif self._moments:
                log.warning("the hub is away: what a visitor showed is forgotten", shown=len(self._moments))
                self._moments.clear()

    def _count(self) -> None:
        """What is only counted is told now and then; whatever else is new takes it along."""
        if self.rack and self._clock() >= self._count_at:
            self._count_at = self._clock() + COUNTS_S
            counts = self.rack.counts()
            self._health_is_new |= counts != self._counts
            self._counts = counts

    def _send(self) -> None:
        while self._moments:
            self.link.emit("input", self._moments.popleft())
        for event, payload in self._outbox.due():
            self.link.emit(event, payload, self._answer_to(event, payload["id"]))
        if self._health_is_new and self.rack:
            self._health_is_new = False
            self.link.emit("health", self.rack.health())
        for seen in self._taps.take():
            self.link.emit("wire", seen)
        while self._slips:
            self.link.emit("slip", self._slips.popleft())

    def _answer_to(self, event: str, id: str) -> Callable[..., None]:  # noqa: A002
        def answer(told: Any = None, *_: Any) -> None:
            if not (isinstance(told, dict) and told.get("again")):  # the hub could not keep it: it is due again
                self._outbox.answered(event, id)

        return answer


def run(server: str, token: str, name: str, state_dir: Path, data_dir: Path) -> int:
    """Be an agent until SIGTERM or Ctrl-C; returns the exit status. Call it from the main thread."""
    ended = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: ended.set())
    agent = Agent(server, token, name, state_dir=state_dir, data_dir=data_dir)
    agent.start()
    while not ended.wait(1.0):  # with a limit: Windows delivers signals only between waits
        pass
    agent.stop()
    return 0
