"""Keeps the estimates fresh: looks a group of queues ahead when something has changed there, a little at a time.

Only the copying of a moment and the putting back of its outlook hold the state; the runs between are the simulation's
own, and it lets everybody else go on after each step of it (mostly two milliseconds).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import structlog

from caller.dispatcher import Dispatcher, NotKept
from hall import events as ev
from hall.estimate.forward import Forward
from hall.estimate.moment import Moment, groups
from hall.estimate.told import SEED
from hall.events.concerns import queues_of, windows_of

log = structlog.get_logger("waits")
PAUSE_S = 2.0
"""A group is reckoned at most this often."""
REST = 3.0
"""Looking ahead takes no more than a quarter of the time: the large hall under a rule with bounds would take all."""
STALE_S = 20.0
"""And at least this often while somebody waits: time passes at the windows too."""


class Waits:
    """`told(view)` is called for the views that show waits when they have changed; `breathe` lets others go on."""

    def __init__(self, dispatcher: Dispatcher, told: Callable[[str], Any]) -> None:
        self.breathe: Callable[[float], Any] = time.sleep
        self._dispatcher = dispatcher
        self._told = told
        self._groups = groups(dispatcher.plan)
        self._group_of = {queue: n for n, group in enumerate(self._groups) for queue in group}
        self._changed: set[int] = set(range(len(self._groups)))
        self._reckoned: dict[int, float] = {}
        self._lock = threading.Lock()
        self._stopped = threading.Event()

    def start(self) -> None:
        """Once for all groups, so that the first visitor is told something; then as things change."""
        self.refresh()
        threading.Thread(target=self._run, name="waits", daemon=True).start()

    def stop(self) -> None:
        self._stopped.set()

    def follow(self, events: list[ev.Event]) -> None:
        """The dispatcher's listener: only takes note."""
        plan = self._dispatcher.plan
        queues: set[str] = set()
        for event in events:
            if isinstance(event, ev.DayOpened):
                queues.update(self._group_of)
            queues.update(queues_of(event))
            for name in windows_of(event):
                window = plan.window.get(name)
                queues.update(window.queues if window else ())
        with self._lock:
            self._changed |= {self._group_of[queue] for queue in queues if queue in self._group_of}

    def _run(self) -> None:
        while not self._stopped.wait(PAUSE_S):
            try:
                self.refresh(REST)
            except NotKept:
                pass  # the dispatcher has said why; the next round tries again
            except Exception:
                log.exception("the waits could not be reckoned")

    def refresh(self, rest: float = 0.0) -> None:
        """Reckon the groups where something has happened, or that are stale; after each rest so many times as long as
        it took. Raises NotKept.
        """
        now = time.monotonic()
        with self._lock:
            changed, self._changed = self._changed, set()
        changed |= {n for n, at in self._reckoned.items() if now - at > STALE_S and self._somebody_waits(n)}
        for n in sorted(changed):
            if self._stopped.is_set():
                return
            begun = time.monotonic()
            self._reckon(n)
            self._reckoned[n] = time.monotonic()
            self._stopped.wait(rest * (self._reckoned[n] - begun))
        if changed:
            for view in ("ticket", "kiosk"):
                self._told(view)

    def _somebody_waits(self, n: int) -> bool:
        with self._dispatcher.reading() as state:
            return any(state.waiting(queue) for queue in self._groups[n])

    def _reckon(self, n: int) -> None:
        group = self._groups[n]
        with self._dispatcher.reading() as state:
            day = state.day
            moment = Moment(state, group, self._dispatcher.now(), SEED)
        forward = Forward(moment)
        for _ in forward.steps():
            self.breathe(0)  # under gevent: whoever else has something to do goes first
        outlook = forward.outlook()
        with self._dispatcher.reading() as state:
            if state.day == day:
                state.outlook.update(dict.fromkeys(group, outlook))
