"""What each event does to the state. Nothing is decided here: an event has happened, the state follows."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from datetime import datetime
from typing import Any

from hall import events as ev
from hall.state import DURATIONS_KEPT, PRINTS_KEPT, HallState, Ticket, WindowState
from hall.tallies import count_call


def evolve(event: ev.Event, state: HallState) -> None:
    """Change the state in place, in O(log n) of the tickets waiting."""
    _EVOLVE[type(event)](event, state)


def replay(events: Any, state: HallState) -> HallState:
    """The state after all of the events."""
    for event in events:
        evolve(event, state)
    return state


def _window(state: HallState, window: str) -> WindowState:
    # a window that the plan no longer has may still be in the journal of today
    return state.windows.setdefault(window, WindowState())


def _note(ticket: Ticket, what: str, event: ev.Event, window: str = "") -> None:
    ticket.since = event.at
    entry = {"at": event.at.isoformat(), "what": what}
    if window:
        entry["window"] = window
    if event.actor:
        entry["actor"] = event.actor
    ticket.history.append(entry)


def _stand(state: HallState, at: datetime) -> tuple[datetime, int]:
    """A place behind everybody who stands already, also when the clock was set back in between."""
    state.stood += 1
    state.stood_at = max(at, state.stood_at or at)
    return state.stood_at, state.stood


def _end_stay(ticket: Ticket, at: datetime) -> float:
    """The visitor's seconds at windows until now, without those on hold."""
    began = ticket.sat_at or ticket.called_at or at
    ticket.served_s += max(0.0, (at - began).total_seconds())
    ticket.sat_at = None
    return ticket.served_s


def _leave_queue(state: HallState, ticket: Ticket) -> None:
    if ticket.state == "waiting":
        state.stand_no_more(ticket)
    state.missed.pop(ticket.number, None)


def _leave_window(state: HallState, ticket: Ticket) -> WindowState:
    now = _window(state, ticket.window)
    if now.ticket == ticket.number:
        now.ticket = ""
        if now.state in ("calling", "serving"):
            now.state = "open"
    return now


def _day_closed(event: ev.DayClosed, state: HallState) -> None:
    for number in event.unserved:
        ticket = state.tickets.get(number)
        if ticket:
            _leave_queue(state, ticket)
            ticket.state = "unserved"
            _note(ticket, "unserved", event)


def _day_opened(event: ev.DayOpened, state: HallState) -> None:
    state.__init__(state.plan)  # type: ignore[misc]  # a new day is a new state, under the same name for all who hold it
    state.day = event.day


def _ticket_taken(event: ev.TicketTaken, state: HallState) -> None:
    standing, order = _stand(state, event.at)
    ticket = Ticket(
        number=event.number,
        running=event.running,
        token=event.token,
        service=event.service,
        queue=event.queue,
        klass=event.klass,
        kiosk=event.kiosk,
        taken_at=event.at,
        standing=standing,
        order=order,
    )
    state.tickets[event.number] = ticket
    state.by_token[event.token] = event.number
    state.running[event.queue] = event.running
    state.stand(ticket)
    state.taken[event.service] += 1
    if event.kiosk:
        state.to_print[event.number] = None
        state.at_kiosk.setdefault(event.kiosk, deque(maxlen=PRINTS_KEPT)).appendleft(event.number)
    _note(ticket, "taken", event)


def _ticket_printed(event: ev.TicketPrinted, state: HallState) -> None:
    state.tickets[event.number].printed = "printed"
    state.to_print.pop(event.number, None)
    state.tickets[event.number].history.append({"at": event.at.isoformat(), "what": "printed"})


def _print_failed(event: ev.PrintFailed, state: HallState) -> None:
    state.tickets[event.number].printed = "failed"
    state.to_print.pop(event.number, None)
    state.tickets[event.number].history.append(
        {"at": event.at.isoformat(), "what": "print_failed", "error": event.error}
    )


def _tell_call(event: ev.TicketCalled | ev.TicketRecalled, state: HallState, ticket: Ticket) -> None:
    state.calls = event.call
    ticket.call = event.call
    ticket.again += 1
    ticket.called_at = event.at
    state.recent.appendleft(
        {
            "call": event.call,
            "number": event.number,
            "window": event.window,
            "at": event.at.isoformat(),
            "again": ticket.again,
        }
    )


def _ticket_called(event: ev.TicketCalled, state: HallState) -> None:
    ticket = state.tickets[event.number]
    _leave_queue(state, ticket)
    ticket.state, ticket.window, ticket.to_window, ticket.why, ticket.again = "called", event.window, "", event.why, 0
    _tell_call(event, state, ticket)
    state.calling[ticket.queue] = ticket.number
    count_call(state, event.window, ticket)
    now = _window(state, event.window)
    now.state, now.ticket = "calling", ticket.number
    now.rating, now.rate_until = "", None
    _note(ticket, "called", event, event.window)


def _ticket_recalled(event: ev.TicketRecalled, state: HallState) -> None:
    ticket = state.tickets[event.number]
    _tell_call(event, state, ticket)
    _note(ticket, "recalled", event, event.window)


def _service_started(event: ev.ServiceStarted, state: HallState) -> None:
    ticket = state.tickets[event.number]
    ticket.state, ticket.started_at, ticket.sat_at = "serving", event.at, event.at
    _window(state, event.window).state = "serving"
    _note(ticket, "started", event, event.window)


def _service_finished(event: ev.ServiceFinished, state: HallState) -> None:
    ticket = state.tickets[event.number]
    now = _leave_window(state, ticket)
    ticket.state, ticket.finished_at = "finished", event.at
    now.finished += 1
    now.recent.appendleft(ticket.number)
    seconds = _end_stay(ticket, event.at)
    now.served_s += seconds
    state.durations.setdefault(ticket.queue, deque(maxlen=DURATIONS_KEPT)).append(seconds)
    if event.rate_until:
        now.state, now.rating, now.rate_until = "rating", ticket.number, datetime.fromisoformat(event.rate_until)
    _note(ticket, "finished", event, event.window)


def _ticket_missed(event: ev.TicketMissed, state: HallState) -> None:
    ticket = state.tickets[event.number]
    _leave_window(state, ticket)
    ticket.state = "missed"
    state.missed[ticket.number] = None
    _note(ticket, "missed", event, event.window)


def _ticket_returned(event: ev.TicketReturned, state: HallState) -> None:
    ticket = state.tickets[event.number]
    state.missed.pop(ticket.number, None)
    ticket.state, ticket.window = "waiting", ""
    ticket.due = event.due if event.due > state.queue_calls[ticket.queue] else 0
    state.stand(ticket)
    _note(ticket, "returned", event)


def _ticket_held(event: ev.TicketHeld, state: HallState) -> None:
    ticket = state.tickets[event.number]
    _leave_window(state, ticket).held.append(ticket.number)
    _end_stay(ticket, event.at)
    ticket.state = "held"
    _note(ticket, "held", event, event.window)


def _ticket_resumed(event: ev.TicketResumed, state: HallState) -> None:
    ticket = state.tickets[event.number]
    held = _window(state, ticket.window).held
    if ticket.number in held:
        held.remove(ticket.number)
    ticket.state, ticket.window, ticket.sat_at = "serving", event.window, event.at
    ticket.started_at = ticket.started_at or event.at
    now = _window(state, event.window)
    now.state, now.ticket = "serving", ticket.number
    now.rating, now.rate_until = "", None
    _note(ticket, "resumed", event, event.window)


def _ticket_transferred(event: ev.TicketTransferred, state: HallState) -> None:
    ticket = state.tickets[event.number]
    _leave_window(state, ticket)
    ticket.state, ticket.window, ticket.queue, ticket.to_window = "waiting", "", event.queue, event.to_window
    ticket.started_at, ticket.sat_at, ticket.served_s = None, None, 0.0
    if event.place == "end":
        ticket.standing, ticket.order = _stand(state, event.at)
    state.stand(ticket)
    _note(ticket, "transferred", event, event.window)


def _window_opened(event: ev.WindowOpened, state: HallState) -> None:
    now = _window(state, event.window)
    now.clerk, now.paused_reason, now.paused_until = event.clerk, "", ""
    now.state = "open"
    if now.ticket:
        now.state = "serving" if state.tickets[now.ticket].state == "serving" else "calling"


def _window_paused(event: ev.WindowPaused, state: HallState) -> None:
    now = _window(state, event.window)
    now.state, now.paused_reason, now.paused_until = "paused", event.reason, event.until
    now.rating, now.rate_until = "", None


def _window_closed(event: ev.WindowClosed, state: HallState) -> None:
    now = _window(state, event.window)
    now.state, now.clerk = "closed", ""
    now.rating, now.rate_until = "", None


def _visit_rated(event: ev.VisitRated, state: HallState) -> None:
    ticket = state.tickets[event.number]
    ticket.grade = event.grade
    ticket.history.append({"at": event.at.isoformat(), "what": "rated"})
    now = _window(state, event.window)
    if now.rating == event.number:
        now.rating, now.rate_until = "", None
        if now.state == "rating":
            now.state = "open"


_EVOLVE: dict[type[ev.Event], Callable[[Any, HallState], None]] = {
    ev.DayClosed: _day_closed,
    ev.DayOpened: _day_opened,
    ev.TicketTaken: _ticket_taken,
    ev.TicketPrinted: _ticket_printed,
    ev.PrintFailed: _print_failed,
    ev.TicketCalled: _ticket_called,
    ev.TicketRecalled: _ticket_recalled,
    ev.ServiceStarted: _service_started,
    ev.ServiceFinished: _service_finished,
    ev.TicketMissed: _ticket_missed,
    ev.TicketReturned: _ticket_returned,
    ev.TicketHeld: _ticket_held,
    ev.TicketResumed: _ticket_resumed,
    ev.TicketTransferred: _ticket_transferred,
    ev.WindowOpened: _window_opened,
    ev.WindowPaused: _window_paused,
    ev.WindowClosed: _window_closed,
    ev.VisitRated: _visit_rated,
}
