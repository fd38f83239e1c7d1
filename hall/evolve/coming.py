"""What it does when a visitor comes to the window, does not come, or gives up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hall import events as ev
from hall.evolve.steps import leave_queue, leave_window, note
from hall.state import HallState


def _ticket_arrived(event: ev.TicketArrived, state: HallState) -> None:
    ticket = state.tickets[event.number]
    ticket.state, ticket.arrived_at = "arrived", event.at
    note(ticket, "arrived", event, event.window)


def _ticket_missed(event: ev.TicketMissed, state: HallState) -> None:
    ticket = state.tickets[event.number]
    leave_window(state, ticket)
    ticket.state = "missed"
    state.missed[ticket.number] = None
    note(ticket, "missed", event, event.window)


def _ticket_abandoned(event: ev.TicketAbandoned, state: HallState) -> None:
    ticket = state.tickets[event.number]
    leave_queue(state, ticket)
    state.runs.pop(ticket.number, None)
    if event.window:
        held = leave_window(state, ticket).held
        if ticket.number in held:
            held.remove(ticket.number)
    ticket.state = "abandoned"
    note(ticket, "abandoned", event, event.window)


EVOLVE: dict[type[ev.Event], Callable[[Any, HallState], None]] = {
    ev.TicketArrived: _ticket_arrived,
    ev.TicketMissed: _ticket_missed,
    ev.TicketAbandoned: _ticket_abandoned,
}
