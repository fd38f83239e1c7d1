"""One thread at work: for all the devices of one line, or for one device on a port of its own."""

from __future__ import annotations

import math
import random
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import structlog

from devices.driver import DeviceError, Driver, Job, LineDriver
from devices.pauses import Pauses
from devices.tray import KEPT, Tray

POLL_S = 0.5
IDLE_S = 30.0

log = structlog.get_logger(__name__)


class Ledger(Protocol):
    """Who is told how the jobs go. Called from the worker's thread; returns at once."""

    def begun(self, job: Job) -> None:
        """The job is about to be done: from here on a print may have left paper."""

    def done(self, job: Job, ok: bool, error: str, sentence: str, detail: Mapping[str, Any]) -> None:
        """The job is done or has failed. What is to be shown is told again when a later try succeeds."""


@dataclass
class _Kept:
    """What a device shall show, and when to try again (never, once it is shown)."""

    job: Job
    pauses: Pauses
    again_at: float = math.inf
    told_ok: bool = False


@dataclass
class _Place:
    """A device at the worker's bench."""

    driver: Driver
    pauses: Pauses
    open: bool = False
    open_at: float = 0.0
    poll_at: float = math.inf
    trouble: str = ""
    sentence: str = ""
    kept: dict[str, _Kept] = field(default_factory=dict)


class Worker:
    """Opens its devices, does their jobs in order, polls them, and opens them again when they are lost.

    `clock` is monotonic seconds, `chance` random.random. `line_changed` is what a Line calls.
    """

    def __init__(
        self,
        name: str,
        drivers: Iterable[Driver],
        ledger: Ledger,
        *,
        clock: Callable[[], float] = time.monotonic,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._places = {d.spec.id: _Place(d, Pauses(chance=chance)) for d in drivers}
        self._line_has_spoken = threading.Event()
        if not any(isinstance(place.driver, LineDriver) for place in self._places.values()):
            self._line_has_spoken.set()
        self._ledger = ledger
        self._clock = clock
        self._chance = chance
        self._tray = Tray()
        self._line_events: deque[tuple[bool, str]] = deque()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"devices {name}", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self, timeout_s: float = 5.0) -> None:
        self._stop.set()
        self._line_has_spoken.set()
        self._tray.wake()
        if self._thread.is_alive():
            self._thread.join(timeout_s)

    def put(self, job: Job) -> None:
        """Take a job for one of the devices. Returns at once."""
        if displaced := self._tray.put(job):
            self._ledger.done(displaced, False, "superseded", "已被更新的内容取代", {})

    def line_changed(self, up: bool, error: str = "") -> None:
        """The line is lost or back. Health tells it now, before the first frame is heard; the rest follows in order."""
        for place in self._places.values():
            place.driver.sink.state(place.driver.state_when_open if up else "lost", error)
        self._line_events.append((up, error))
        self._line_has_spoken.set()
        self._tray.wake()

    def _run(self) -> None:
        self._line_has_spoken.wait()  # the hub's first jobs are here before the port is: they are not lost
        while not self._stop.is_set():
            self._follow_the_line()
            for place in self._places.values():
                if not place.open and place.open_at <= self._clock():
                    self._open(place)
            job = self._tray.take(self._next_at() - self._clock())
            if self._stop.is_set():
                break
            if job is not None:
                self._first_try(self._places[job.device], job)
            else:
                for place in self._places.values():
                    self._poll(place)
                    self._show_again(place)
        for place in self._places.values():
            place.driver.shut_down()

    def _next_at(self) -> float:
        """When there is something to do without a job."""
        times = [self._clock() + IDLE_S]
        for place in self._places.values():
            times += (
                [place.poll_at, *(kept.again_at for kept in place.kept.values())] if place.open else [place.open_at]
            )
        return min(times)

    def _follow_the_line(self) -> None:
        while self._line_events:
            up, error = self._line_events.popleft()
            for place in self._places.values():
                if up:
                    place.open_at = 0.0
                else:
                    self._lose(place, DeviceError("lost", error))

    def _open(self, place: _Place) -> None:
        try:
            place.driver.open()
        except DeviceError as problem:
            self._lose(place, problem)
            return
        except Exception as problem:
            log.exception("a driver failed to open", device=place.driver.spec.id)
            self._lose(place, DeviceError("fault", f"驱动程序出错:{problem}"))
            return
        place.open = True
        place.pauses.reset()
        now = self._clock()
        polls = type(place.driver).poll is not Driver.poll
        if polls:
            place.poll_at = now
        for kept in place.kept.values():
            kept.again_at = now
        self._well(place)
        if not polls and not isinstance(place.driver, LineDriver):
            place.driver.sink.state(place.driver.state_when_open)

    def _lose(self, place: _Place, problem: DeviceError) -> None:
        """The device is not there. On a line, the line says when it is back; else it is tried again."""
        if place.open:
            place.driver.close()
        on_line = isinstance(place.driver, LineDriver)
        place.open, place.poll_at = False, math.inf
        place.open_at = math.inf if on_line else self._clock() + place.pauses.next()
        place.sentence = str(problem)
        if not on_line:  # a line says so itself, once for all its devices
            self._ill(place, problem)
            place.driver.sink.state("lost" if problem.code == "lost" else "fault", str(problem))

    def _first_try(self, place: _Place, job: Job) -> None:
        kept = None
        if job.kind in KEPT:
            kept = place.kept[job.kind] = _Kept(job, Pauses(2.0, 30.0, self._chance))
        problem, detail = self._try(place, job)
        if problem is None:
            self._ledger.done(job, True, "", "", detail)
        else:
            self._ledger.done(job, False, problem.code, str(problem), {})
        if kept is not None:
            kept.told_ok = problem is None
            kept.again_at = kept.again_at if problem is None else self._clock() + kept.pauses.next()

    def _show_again(self, place: _Place) -> None:
        """Show what is not yet shown, unless something newer is coming anyway."""
        for kind, kept in list(place.kept.items()):
            if place.open and kept.again_at <= self._clock() and not self._tray.waits(place.driver.spec.id, kind):
                problem, detail = self._try(place, kept.job)
                kept.again_at = math.inf if problem is None else self._clock() + kept.pauses.next()
                if problem is None and not kept.told_ok:
                    kept.told_ok = True
                    self._ledger.done(kept.job, True, "", "", detail)

    def _try(self, place: _Place, job: Job) -> tuple[DeviceError | None, Mapping[str, Any]]:
        if not place.open:
            return DeviceError("lost", place.sentence or "设备未接通"), {}
        try:
            self._ledger.begun(job)
            detail = place.driver.do(job)
        except DeviceError as problem:
            if problem.code == "lost":
                self._lose(place, problem)
            elif problem.code != "cannot":
                self._ill(place, problem)
            return problem, {}
        except Exception as problem:
            log.exception("a job failed", device=job.device, kind=job.kind)
            return DeviceError("fault", f"驱动程序出错:{problem}"), {}
        self._well(place)
        return None, detail or {}

    def _poll(self, place: _Place) -> None:
        if not place.open or place.poll_at > self._clock():
            return
        try:
            place.driver.poll()
        except DeviceError as problem:
            if problem.code == "lost":
                self._lose(place, problem)
        except Exception as problem:
            log.exception("a poll failed", device=place.driver.spec.id)
            place.driver.sink.state("fault", f"驱动程序出错:{problem}")
        place.poll_at = self._clock() + POLL_S if place.open else math.inf

    def _ill(self, place: _Place, problem: DeviceError) -> None:
        """Say once that the device is in trouble."""
        if place.trouble != problem.code:
            log.warning("device is %s", problem.code, device=place.driver.spec.id, error=str(problem))
        place.trouble = problem.code

    def _well(self, place: _Place) -> None:
        """Say once that it is back."""
        if place.trouble:
            log.info("device is back", device=place.driver.spec.id, after=place.trouble)
        place.trouble = ""
