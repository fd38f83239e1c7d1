"""The tray of jobs in front of one thread: first come first served, but of some kinds only the newest counts."""

from __future__ import annotations

import threading

from devices.driver import Job

KEPT = frozenset({"show", "rows", "display", "stars"})
"""Kinds that say what a device shall show from now on: the newest is shown again when the device returns."""

NEWEST = KEPT | {"prompt", "beep"}
"""Kinds of which only the newest for each device is worth doing."""


class Tray:
    """Jobs in order. A job of a NEWEST kind takes the place, in the order too, of the one that still waits."""

    def __init__(self) -> None:
        self._jobs: dict[tuple[str, ...], Job] = {}
        self._changed = threading.Condition()
        self._awake = False

    def put(self, job: Job) -> Job | None:
        """Add a job and return the one it has displaced, if any."""
        slot = (job.device, job.kind) if job.kind in NEWEST else (job.device, job.kind, job.id)
        with self._changed:
            displaced = self._jobs.get(slot)
            self._jobs[slot] = job
            self._changed.notify()
        return displaced

    def take(self, timeout_s: float) -> Job | None:
        """The first job, or None when none came in time or somebody called `wake`."""
        with self._changed:
            self._changed.wait_for(lambda: self._jobs or self._awake, max(timeout_s, 0))
            self._awake = False
            return self._jobs.pop(next(iter(self._jobs))) if self._jobs else None

    def waits(self, device: str, kind: str) -> bool:
        """Whether a newer job of a NEWEST kind waits for this device."""
        with self._changed:
            return (device, kind) in self._jobs

    def wake(self) -> None:
        """Make take return early."""
        with self._changed:
            self._awake = True
            self._changed.notify()
