"""What a window may call: its queues, of those what its clerk has the skill for, and of each class what is its floor's.

A class that prefers a floor (Plan.class_floor) is called there: a window of another floor reaches it only while no
window of that floor that could call it is open. Nothing here looks at tickets: the cost is that of queues and classes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sortedcontainers import SortedList

from hall.plan import CLASSES, Plan, Window
from hall.state import SLOT_LANE, HallState, Ticket

LANES = {**dict(zip(CLASSES, CLASSES, strict=True)), SLOT_LANE: "booked"}
"""The lanes of a queue, each with the class of those who stand in it."""


def queues_of(state: HallState, window: str) -> Mapping[str, int]:
    """Queue -> rank (1 is called first), of those the window may call from now. O(queues of the window).

    A clerk without written skills has them all, and so has a window where nobody is logged in.
    """
    return skilled(state.plan, window, state.windows[window].clerk)


def skilled(plan: Plan, window: str, clerk: str) -> Mapping[str, int]:
    """The same for any clerk who may sit there."""
    queues = plan.window[window].queues
    it = plan.clerk.get(clerk)
    if it is None or not it.skills:
        return queues
    return {queue: rank for queue, rank in queues.items() if queue in it.skills}


def is_open(state: HallState, window: str) -> bool:
    """Does somebody work there now?"""
    return state.windows[window].state not in ("closed", "paused")


def keeps(state: HallState, window: str, queue: str, klass: str) -> bool:
    """Does the floor that the class prefers leave it to this window? `queue` is one that it may call from."""
    plan = state.plan
    floor = plan.class_floor.get(klass, "")
    if not floor or floor == plan.floor_of_window(window):
        return True
    there = plan.windows_of_queue_on_floor.get((queue, floor), ())
    return not any(is_open(state, w.id) and queue in queues_of(state, w.id) for w in there)


def kept(state: HallState, window: str) -> set[tuple[str, str]]:
    """Queue and name of every lane that the window may call from, also of empty ones."""
    return {
        (queue, name)
        for queue in queues_of(state, window)
        for name, klass in LANES.items()
        if keeps(state, window, queue, klass)
    }


def lanes_of(state: HallState, window: str) -> Iterator[tuple[tuple[str, str], int, SortedList]]:
    """The lanes that the window may call from, those with somebody in them: (queue, name), the queue's rank, lane."""
    for queue, rank in queues_of(state, window).items():
        for name, klass in LANES.items():
            lane = state.lanes.get((queue, name))
            if lane and keeps(state, window, queue, klass):
                yield (queue, name), rank, lane


def returned(state: HallState, window: str, queue: str) -> Iterator[Ticket]:
    """Those of the queue who missed their call, are back, and may be called by the window: in the order of turn."""
    for *_, number in state.returning.get(queue, ()):
        ticket = state.tickets[number]
        if keeps(state, window, queue, ticket.klass):
            yield ticket


def waiting(state: HallState, window: str) -> int:
    """How many the window may call by its rule."""
    if not state.plan.class_floor:
        return state.waiting(*queues_of(state, window))
    lanes = kept(state, window)
    back = sum(1 for queue in queues_of(state, window) for _ in returned(state, window, queue))
    return sum(len(state.lanes.get(lane, ())) for lane in lanes) + back - state.twice(lanes)


def elsewhere(state: HallState, window: str) -> int:
    """How many wait in the window's queues for others than this window: a skill is wanting, or it is another floor."""
    return state.waiting(*state.plan.window[window].queues) - waiting(state, window)


def windows_for(state: HallState, queue: str, klass: str = "normal") -> tuple[Window, ...]:
    """The windows that may call a ticket, also the closed ones that will; the preferred floor's come first.

    An open window whose clerk has no skill for it, or that leaves it to another floor, is not told; when no other is
    left, all windows of the queue are.
    """
    plan = state.plan
    serving = plan.windows_of_queue.get(queue, ())
    floor = plan.class_floor.get(klass, "")
    told = [w for w in serving if _calls(state, w, queue, klass)] or list(serving)
    return tuple(sorted(told, key=lambda w: plan.floor_of_window(w.id) != floor)) if floor else tuple(told)


def windows_of_ticket(state: HallState, ticket: Ticket) -> tuple[Window, ...]:
    """The same for a ticket, in whatever queues it stands."""
    if len(ticket.queues) == 1:
        return windows_for(state, ticket.queue, ticket.klass)
    plan = state.plan
    told = {w.id for queue in ticket.queues for w in windows_for(state, queue, ticket.klass)}
    floor = plan.class_floor.get(ticket.klass, "")
    there = (w for w in plan.windows if w.id in told)
    return tuple(sorted(there, key=lambda w: bool(floor) and plan.floor_of_window(w.id) != floor))


def _calls(state: HallState, window: Window, queue: str, klass: str) -> bool:
    return queue in queues_of(state, window.id) and keeps(state, window.id, queue, klass)
