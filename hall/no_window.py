"""没有窗口开着: is a window open for these queues now; and if none is, when one will be, as far as anybody has said."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from hall.dates import iso
from hall.hours.words import time_said
from hall.plan import Window
from hall.rule import reach
from hall.state import HallState, Ticket

Body = dict[str, Any]


def of_queues(state: HallState, queues: Iterable[str], at: datetime) -> Body | None:
    """None while a window that may call from one of the queues is open.

    Else {"opens_at": ISO or None, "sentence": {"zh", "en"}}: the earliest time at which a paused one goes on, as its
    clerk said, or the next shift begins where none runs. None there: nobody has said when.
    """
    wanted = [queue for queue in queues if state.plan.windows_of_queue.get(queue)]
    windows = {w.id: w for queue in wanted for w in reach.windows_for(state, queue) if _may(state, w, queue)}
    if not wanted or any(reach.is_open(state, window) for window in windows):
        return None
    zones = dict.fromkeys(state.plan.queue[queue].zone for queue in wanted)
    return _told(state, [*_back(state, windows, at), *_shifts(state, zones, at)], at)


def of_ticket(state: HallState, ticket: Ticket, at: datetime) -> Body | None:
    """The same for a ticket that waits: of its queues, or of the one window that it was sent to."""
    if ticket.state != "waiting":
        return None
    own = state.plan.window.get(ticket.to_window)
    if own is None:
        return of_queues(state, ticket.queues, at)
    if reach.is_open(state, own.id):
        return None
    return _told(state, [*_back(state, [own.id], at), *_shifts(state, [own.zone], at)], at)


def next_back(state: HallState, at: datetime) -> datetime | None:
    """When the next paused window goes on, as its clerk said: after that the sentences above say something else."""
    return min(_back(state, state.windows, at), default=None)


def _may(state: HallState, window: Window, queue: str) -> bool:
    """A closed one may be opened by somebody with the skill; of the others the clerk who is there has it or not."""
    return state.windows[window.id].state == "closed" or queue in reach.queues_of(state, window.id)


def _back(state: HallState, windows: Iterable[str], at: datetime) -> list[datetime]:
    until = [state.windows[w].paused_until for w in windows if state.windows[w].state == "paused"]
    said = [datetime.fromisoformat(it) for it in until if it]
    times = [it if it.tzinfo else it.replace(tzinfo=at.tzinfo) for it in said]
    return [state.plan.timetable.local(it) for it in times if it > at]


def _shifts(state: HallState, zones: Iterable[str], at: datetime) -> list[datetime]:
    times = state.plan.timetable
    nexts = [times.next(zone, at) for zone in zones if times.running(zone, at) is None]
    return [times.local(it.opens) for it in nexts if it]


def _told(state: HallState, opens: list[datetime], at: datetime) -> Body:
    opens_at = min(opens, default=None)
    zh, en = "现在没有窗口开着", "No window is open now"
    if opens_at:
        when, when_en = time_said(opens_at, state.plan.timetable.local(at))
        zh, en = f"{zh}，{when} 开窗", f"{en}; one opens {'at ' if when == when_en else ''}{when_en}"
    return {"opens_at": iso(opens_at), "sentence": {"zh": zh, "en": en}}
