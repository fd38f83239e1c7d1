"""What an event teaches of durations; looked at before the event changes anything, for how things stood until then."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from hall import events as ev
from hall.state import HallState
from hall.times import ARRIVALS_KEPT, PAUSE_MOST_S

LONG_BREAK = timedelta(minutes=25)


def remember(event: ev.Event, state: HallState) -> None:
    """Take note of what the event tells of durations. O(1)."""
    state.times.last = event.at
    lesson = _LESSONS.get(type(event))
    if lesson:
        lesson(event, state)


def _taken(event: ev.TicketTaken, state: HallState) -> None:
    state.times.came.setdefault((event.queue, event.klass), deque(maxlen=ARRIVALS_KEPT)).append(event.at)


def _called(event: ev.TicketCalled, state: HallState) -> None:
    times, ticket = state.times, state.tickets.get(event.number)
    times.began[event.window] = event.at
    free = times.free.pop(event.window, None)
    if ticket is None:
        return
    times.called[ticket.queue] += 1
    window = state.plan.window.get(event.window)
    if window is not None:
        times.called_one(window.zone, again=ticket.call > 0)
        if ticket.told_p90_s and not ticket.call:
            times.waited(window.zone, (event.at - ticket.taken_at).total_seconds() > ticket.told_p90_s)
    if free is not None and window is not None and ticket.since is not None:
        times.paused(window.zone, (event.at - max(free, ticket.since)).total_seconds())


def _left(event: Any, state: HallState) -> None:
    times, ticket = state.times, state.tickets.get(event.number)
    began = times.began.pop(event.window, None)
    if began is None or ticket is None:  # a held visitor called back: that is part of what lies between two calls
        return
    times.free[event.window] = event.at
    service = state.plan.service.get(ticket.service)
    own = service is not None and service.queue == ticket.queue
    times.stayed(ticket.service if own else "", ticket.queue, (event.at - began).total_seconds())


def _put_back(event: ev.TicketPutBack, state: HallState) -> None:
    state.times.began.pop(event.window, None)  # how long a visitor stood before a lost window is no service time


def _missed(event: ev.TicketMissed, state: HallState) -> None:
    times, ticket = state.times, state.tickets.get(event.number)
    began = times.began.pop(event.window, None)
    times.free[event.window] = event.at
    if began is not None and ticket is not None:
        times.missed[ticket.queue] += 1
        times.in_vain = times.in_vain.and_also(min(max(0.0, (event.at - began).total_seconds()), PAUSE_MOST_S))


def _opened(event: ev.WindowOpened, state: HallState) -> None:
    times, now = state.times, state.windows.get(event.window)
    times.openings.opened(event.window, event.at)
    # a short break between two visitors is part of what lies between two calls; lunch and the night are not
    free = times.free.get(event.window)
    if now is None or now.state != "paused" or free is None or event.at - free > LONG_BREAK:
        times.free[event.window] = event.at


def _closed(event: ev.WindowClosed, state: HallState) -> None:
    state.times.free.pop(event.window, None)
    _not_open(event, state)


def _not_open(event: ev.WindowPaused | ev.WindowClosed, state: HallState) -> None:
    window = state.plan.window.get(event.window)
    state.times.openings.ended(event.window, window.zone if window else "", event.at)


_LESSONS: dict[type[ev.Event], Callable[[Any, HallState], None]] = {
    ev.TicketTaken: _taken,
    ev.TicketCalled: _called,
    ev.ServiceFinished: _left,
    ev.StepFinished: _left,
    ev.TicketHeld: _left,
    ev.TicketTransferred: _left,
    ev.TicketPutBack: _put_back,
    ev.TicketMissed: _missed,
    ev.WindowOpened: _opened,
    ev.WindowPaused: _not_open,
    ev.WindowClosed: _closed,
}
