"""One thread at work: for all the devices of one line, or for one device on a port of its own."""

from __future__ import annotations

import math
import random
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, Protocol

import structlog

from devices.driver import DeviceError, Driver, Job, LineDriver
from devices.pauses import Pauses
from devices.place import Due, Kept, Place
from devices.tray import KEPT, Tray

IDLE_S = 30.0

POLL_SHARE = 0.2
"""Of a line's time, what all its polls together may take; with many to ask, each is asked more seldom."""

SILENT_SHARE = 0.1
"""Of a line's time, what the tries for devices that do not answer may take."""

SILENT_S = 1.5
"""How soon after power came back a single silent device shows what it should."""

PRINT_LIFE_S = 45.0
"""A slip that has waited longer for its printer is not printed any more; soon after that the hub gives it up too."""

log = structlog.get_logger(__name__)


class Ledger(Protocol):
    """Who is told how the jobs go. Called from the worker's thread; returns at once."""

    def begun(self, job: Job) -> None:
        """The job is about to be done: from here on a print may have left paper."""

    def done(self, job: Job, ok: bool, error: str, sentence: str, detail: Mapping[str, Any]) -> None:
        """The job is done or has failed. What is to be shown is told again when a later try succeeds."""


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
        self._places = {d.spec.id: Place(d, Pauses(chance=chance)) for d in drivers}
        self._line_has_spoken = threading.Event()
        if not any(isinstance(place.driver, LineDriver) for place in self._places.values()):
            self._line_has_spoken.set()
        self._ledger = ledger
        self._clock = clock
        self._chance = chance
        self._tray = Tray()
        self._came: dict[str, float] = {}
        """When each print that waits in the tray came."""
        self._line_events: deque[tuple[bool, str]] = deque()
        self._cost_s = 0.0
        for place in self._places.values():
            if isinstance(place.driver, LineDriver):
                place.driver.revived = partial(self._revived, place)
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
        if job.kind == "print":
            self._came[job.id] = self._clock()
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
            self._step()
        for place in self._places.values():
            place.driver.shut_down()

    def _step(self) -> None:
        """One job, or one thing that is due without a job, or a while in which nothing is."""
        self._follow_the_line()
        for place in self._places.values():
            if not place.open and place.open_at <= self._clock():
                self._open(place)
        at, what, place = self._next_due()
        job = self._tray.take(at - self._clock())
        if self._stop.is_set():
            return
        if job is not None:
            self._first_try(self._places[job.device], job)
        elif at <= self._clock() and place is not None:
            # One thing, then the tray again: what somebody waits for never stands behind a round of questions.
            self._poll(place) if what == "poll" else self._show_again(place)

    def _next_due(self) -> tuple[float, Due, Place | None]:
        """What is to be done without a job, the most overdue first: so every device gets its turn."""
        soonest: tuple[float, Due, Place | None] = (self._clock() + IDLE_S, "poll", None)
        for place in self._places.values():
            at, what = place.due()
            if at < soonest[0]:
                soonest = at, what, place
        return soonest

    def _follow_the_line(self) -> None:
        while self._line_events:
            up, error = self._line_events.popleft()
            for place in self._places.values():
                if up:
                    place.open_at = 0.0
                else:
                    self._lose(place, DeviceError("lost", error))

    def _open(self, place: Place) -> None:
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
        if place.polls:
            place.poll_at = now
        for kept in place.kept.values():
            kept.again_at = now
        self._well(place)
        if not place.polls and not isinstance(place.driver, LineDriver):
            place.driver.sink.state(place.driver.state_when_open)

    def _lose(self, place: Place, problem: DeviceError) -> None:
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

    def _first_try(self, place: Place, job: Job) -> None:
        kept = None
        if job.kind in KEPT:
            kept = place.kept[job.kind] = Kept(job, Pauses(SILENT_S, 30.0, self._chance))
        came = self._came.pop(job.id, math.inf)
        if self._clock() - came > PRINT_LIFE_S:  # behind a printer that was hot, or stuck, for a minute
            self._ledger.done(job, False, "too_late", "等得太久，这张号票不再打印", {})
            return
        problem, detail = self._try(place, job)
        if problem is None:
            self._ledger.done(job, True, "", "", detail)
        else:
            self._ledger.done(job, False, problem.code, str(problem), {"begun": True} if problem.begun else {})
        if kept is not None:
            kept.told_ok = problem is None
            kept.again_at = math.inf if problem is None else self._clock() + self._pause(kept, problem)

    def _show_again(self, place: Place) -> None:
        """Show what is not yet shown, unless something newer is coming anyway."""
        for kind, kept in list(place.kept.items()):
            if place.open and kept.again_at <= self._clock() and not self._tray.waits(place.driver.spec.id, kind):
                problem, detail = self._try(place, kept.job)
                kept.again_at = math.inf if problem is None else self._clock() + self._pause(kept, problem)
                if problem is None and not kept.told_ok:
                    kept.told_ok = True
                    self._ledger.done(kept.job, True, "", "", detail)

    def _pause(self, kept: Kept, problem: DeviceError) -> float:
        """Seconds until the next try. What does not answer is asked as often as its share of the line lets it be."""
        if problem.code != "no_answer":
            return kept.pauses.next()
        silent = sum(place.trouble == "no_answer" for place in self._places.values())
        return max(SILENT_S, silent * self._cost_s / SILENT_SHARE)

    def _revived(self, place: Place) -> None:
        """A silent device has answered after all. Called from the thread that reads the line."""
        place.show_now(self._clock())
        self._tray.wake()

    def _try(self, place: Place, job: Job) -> tuple[DeviceError | None, Mapping[str, Any]]:
        if not place.open:
            return DeviceError("lost", place.sentence or "设备未接通"), {}
        began = self._clock()
        try:
            self._ledger.begun(job)
            detail = place.driver.do(job)
        except DeviceError as problem:
            if problem.code == "no_answer" and place.trouble == "no_answer":
                self._cost_s = self._clock() - began
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

    def _poll(self, place: Place) -> None:
        if not place.open or place.poll_at > self._clock():
            return
        began = self._clock()
        try:
            place.driver.poll()
        except DeviceError as problem:
            if problem.code == "lost":
                self._lose(place, problem)
        except Exception as problem:
            log.exception("a poll failed", device=place.driver.spec.id)
            place.driver.sink.state("fault", f"驱动程序出错:{problem}")
        now = self._clock()
        asking = sum(it.polls for it in self._places.values())
        place.poll_at = now + max(place.driver.poll_s, asking * (now - began) / POLL_SHARE) if place.open else math.inf

    def _ill(self, place: Place, problem: DeviceError) -> None:
        """Say once that the device is in trouble."""
        if place.trouble != problem.code:
            log.warning("device is %s", problem.code, device=place.driver.spec.id, error=str(problem))
        place.trouble = problem.code

    def _well(self, place: Place) -> None:
        """Say once that it is back."""
        if place.trouble:
            log.info("device is back", device=place.driver.spec.id, after=place.trouble)
        place.trouble = ""
