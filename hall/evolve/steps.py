"""The small steps that many events share: a ticket stands, leaves its queue, leaves its window, is noted."""

from __future__ import annotations

from collections import deque
from datetime import datetime

from hall import events as ev
from hall.state import DURATIONS_KEPT, HallState, Ticket, WindowState


def window_now(state: HallState, window: str) -> WindowState:
    """The window as it stands."""
    # a window that the plan no longer has may still be in the journal of today
    return state.windows.setdefault(window, WindowState())


def note(ticket: Ticket, what: str, event: ev.Event, window: str = "", **words: str) -> None:
    """One more line of the ticket's history; `words` that are empty are left out."""
    ticket.since = event.at
    entry = {"at": event.at.isoformat(), "what": what, "window": window, "actor": event.actor, **words}
    entry = {key: it for key, it in entry.items() if it}
    ticket.history.append(entry)


def a_place_behind_all(state: HallState, at: datetime) -> tuple[datetime, int]:
    """A place behind everybody who stands already, also when the clock was set back in between."""
    state.stood += 1
    state.stood_at = max(at, state.stood_at or at)
    return state.stood_at, state.stood


def end_stay(ticket: Ticket, at: datetime) -> float:
    """The visitor's seconds at windows until now, without those on hold."""
    began = ticket.sat_at or ticket.arrived_at or ticket.called_at or at
    ticket.served_s += max(0.0, (at - began).total_seconds())
    ticket.sat_at = None
    return ticket.served_s


def count_service(state: HallState, now: WindowState, ticket: Ticket, at: datetime) -> None:
    """The window has served one more: for the clerk's day, and for the estimate of who waits in the queue."""
    seconds = end_stay(ticket, at)
    now.finished += 1
    now.recent.appendleft(ticket.number)
    now.served_s += seconds
    state.durations.setdefault(ticket.queue, deque(maxlen=DURATIONS_KEPT)).append(seconds)
    if ticket.visit:
        ticket.visit.seconds[ticket.window] = ticket.visit.seconds.get(ticket.window, 0.0) + seconds


def start_anew(ticket: Ticket) -> None:
    """Its next window begins with it as the first one did."""
    ticket.arrived_at, ticket.started_at, ticket.sat_at, ticket.served_s = None, None, None, 0.0


def keep_outcome(ticket: Ticket, event: ev.ServiceFinished | ev.StepFinished) -> None:
    """How the matter stands. What an earlier step said is not unsaid by a later one that was simply done."""
    if event.outcome != "done" or not ticket.outcome:
        ticket.outcome, ticket.reason = event.outcome, event.reason
    ticket.case = event.case or ticket.case


def leave_queue(state: HallState, ticket: Ticket) -> None:
    """It waits nowhere any more, and is no missed one."""
    if ticket.state == "waiting":
        state.stand_no_more(ticket)
    state.missed.pop(ticket.number, None)


def leave_window(state: HallState, ticket: Ticket) -> WindowState:
    """The window where it was, idle if nobody else is there."""
    now = window_now(state, ticket.window)
    if now.ticket == ticket.number:
        now.ticket = ""
        if now.state in ("calling", "serving"):
            now.state = "open"
    return now
