"""What happens to a ticket at a window, and to the window with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from hall import events as ev
from hall.evolve.steps import (
    a_place_behind_all,
    count_service,
    end_stay,
    keep_outcome,
    leave_queue,
    leave_window,
    note,
    start_anew,
    window_now,
)
from hall.rule.tallies import count_call
from hall.state import HallState, Ticket


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
    leave_queue(state, ticket)
    ticket.queue = event.queue or ticket.queue
    ticket.state, ticket.window, ticket.to_window, ticket.why, ticket.again = "called", event.window, "", event.why, 0
    ticket.arrived_at = None
    _tell_call(event, state, ticket)
    state.calling[ticket.queue] = ticket.number
    count_call(state, event.window, ticket)
    now = window_now(state, event.window)
    now.state, now.ticket = "calling", ticket.number
    now.rating, now.rate_until = "", None
    note(ticket, "called", event, event.window)


def _ticket_recalled(event: ev.TicketRecalled, state: HallState) -> None:
    ticket = state.tickets[event.number]
    _tell_call(event, state, ticket)
    note(ticket, "recalled", event, event.window)


def _service_started(event: ev.ServiceStarted, state: HallState) -> None:
    ticket = state.tickets[event.number]
    ticket.state, ticket.started_at, ticket.sat_at = "serving", event.at, event.at
    window_now(state, event.window).state = "serving"
    note(ticket, "started", event, event.window)


def _service_finished(event: ev.ServiceFinished, state: HallState) -> None:
    ticket = state.tickets[event.number]
    now = leave_window(state, ticket)
    ticket.state, ticket.finished_at = "finished", event.at
    keep_outcome(ticket, event)
    if ticket.visit:
        ticket.visit.done[ticket.visit.step].append(ticket.visit.sent or ticket.queue)
    count_service(state, now, ticket, event.at)
    if event.rate_until:
        now.state, now.rating, now.rate_until = "rating", ticket.number, datetime.fromisoformat(event.rate_until)
    note(ticket, "finished", event, event.window, outcome=event.outcome, reason=event.reason, case=event.case)


def _ticket_held(event: ev.TicketHeld, state: HallState) -> None:
    ticket = state.tickets[event.number]
    leave_window(state, ticket).held.append(ticket.number)
    end_stay(ticket, event.at)
    ticket.state = "held"
    note(ticket, "held", event, event.window)


def _ticket_resumed(event: ev.TicketResumed, state: HallState) -> None:
    ticket = state.tickets[event.number]
    held = window_now(state, ticket.window).held
    if ticket.number in held:
        held.remove(ticket.number)
    ticket.state, ticket.window, ticket.sat_at = "serving", event.window, event.at
    ticket.started_at = ticket.started_at or event.at
    now = window_now(state, event.window)
    now.state, now.ticket = "serving", ticket.number
    now.rating, now.rate_until = "", None
    note(ticket, "resumed", event, event.window)


def _ticket_transferred(event: ev.TicketTransferred, state: HallState) -> None:
    ticket = state.tickets[event.number]
    leave_window(state, ticket)
    ticket.state, ticket.window, ticket.queue, ticket.to_window = "waiting", "", event.queue, event.to_window
    start_anew(ticket)
    ticket.note, ticket.note_from = event.note, event.window if event.note else ""
    if ticket.visit:
        ticket.visit.sent = event.step_queue
    if event.place == "end":
        ticket.standing, ticket.order = a_place_behind_all(state, event.at)
    state.stand(ticket)
    note(ticket, "transferred", event, event.window, note=event.note)


EVOLVE: dict[type[ev.Event], Callable[[Any, HallState], None]] = {
    ev.TicketCalled: _ticket_called,
    ev.TicketRecalled: _ticket_recalled,
    ev.ServiceStarted: _service_started,
    ev.ServiceFinished: _service_finished,
    ev.TicketHeld: _ticket_held,
    ev.TicketResumed: _ticket_resumed,
    ev.TicketTransferred: _ticket_transferred,
}
