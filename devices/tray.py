"""The tray of jobs in front of one thread: first come first served, but of some kinds only the newest counts."""

from __future__ import annotations

import threading

from devices.driver import Job

KEPT = frozenset({"show", "rows", "display", "stars"})
"""Kinds that say what a device shall show from now on: the newest is shown again when the device returns."""

NEWEST = KEPT | {"prompt", "beep"}
"""Kinds of which only the newest for each device is worth doing."""

URGENT_IN_A_ROW = 4
"""Then one that is not urgent gets its turn, so that nothing waits for ever."""


def is_urgent(job: Job) -> bool:
    """Whether somebody stands there waiting to see or hear it: a call on a bar, a beep, a prompt, a slip.

    >>> is_urgent(Job("1", "bar-1", "show", {"text": "A001→3号窗口", "call": 17}))
    True
    """
    return bool(job.data.get("call")) if job.kind in KEPT else True


class Tray:
    """Jobs in order, the urgent before the others. A job of a NEWEST kind displaces the one that still waits."""

    def __init__(self) -> None:
        self._jobs: dict[tuple[str, ...], Job] = {}
        self._urgent: dict[tuple[str, ...], Job] = {}
        self._in_a_row = 0
        self._changed = threading.Condition()
        self._awake = False

    def put(self, job: Job) -> Job | None:
        """Add a job and return the one it has displaced, if any."""
        slot = (job.device, job.kind) if job.kind in NEWEST else (job.device, job.kind, job.id)
        with self._changed:
            urgent = slot in self._urgent or is_urgent(job)  # it takes the place of a call: it is as urgent
            displaced = self._jobs.pop(slot, None) if urgent else self._jobs.get(slot)
            pile = self._urgent if urgent else self._jobs
            displaced = pile.get(slot) or displaced
            pile[slot] = job
            self._changed.notify()
        return displaced

    def take(self, timeout_s: float) -> Job | None:
        """The first job, or None when none came in time or somebody called `wake`."""
        with self._changed:
            self._changed.wait_for(lambda: self._urgent or self._jobs or self._awake, max(timeout_s, 0))
            self._awake = False
            if not (self._urgent and self._jobs):
                pile = self._urgent or self._jobs
            else:
                self._in_a_row = (self._in_a_row + 1) % (URGENT_IN_A_ROW + 1)
                pile = self._urgent if self._in_a_row else self._jobs
            return pile.pop(next(iter(pile))) if pile else None

    def waits(self, device: str, kind: str) -> bool:
        """Whether a newer job of a NEWEST kind waits for this device."""
        with self._changed:
            return (device, kind) in self._jobs or (device, kind) in self._urgent

    def wake(self) -> None:
        """Make take return early."""
        with self._changed:
            self._awake = True
            self._changed.notify()
