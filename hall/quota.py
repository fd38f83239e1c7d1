"""限号: how many numbers of a queue are left in the present shift, and when they are few."""

from __future__ import annotations

from datetime import datetime
from math import ceil

from hall.plan import Plan
from hall.state import HallState


def shift_of(plan: Plan, queue: str, at: datetime) -> str:
    """The name of the shift that a number of the queue belongs to; those without a name share the business day, ""."""
    running = plan.timetable.running(plan.queue[queue].zone, at)
    return running.shift.name if running else ""


def quota_of(plan: Plan, queue: str, shift: str) -> int | None:
    """How many numbers the queue gives in the shift; None for any number of them."""
    quota = plan.queue[queue].quota
    return quota.get(shift, quota.get(""))


def left(state: HallState, queue: str, at: datetime) -> int | None:
    """How many numbers are left now, or None when nobody counts them."""
    shift = shift_of(state.plan, queue, at)
    quota = quota_of(state.plan, queue, shift)
    return None if quota is None else max(0, quota - state.given[queue, shift])


def few(plan: Plan, queue: str, shift: str) -> int:
    """So many numbers left are few: the queue's own level, else a tenth of the quota."""
    quota = quota_of(plan, queue, shift) or 0
    return min(plan.queue[queue].quota_warning or ceil(quota / 10), quota)


def few_left(state: HallState, queue: str, at: datetime) -> bool:
    """Some are left, but few."""
    return 0 < (left(state, queue, at) or 0) <= few(state.plan, queue, shift_of(state.plan, queue, at))


def counts(plan: Plan, queue: str, booked: bool) -> bool:
    """Does a number count towards the quota? Bookings have their slots, and count only if the config says so."""
    return bool(plan.queue[queue].quota) and (not booked or plan.queue[queue].quota_counts_bookings)
