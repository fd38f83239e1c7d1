"""What a clerk's going to another window does to the tickets on hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hall import events as ev
from hall.evolve.steps import note, window_now
from hall.state import HallState


def _ticket_moved(event: ev.TicketMoved, state: HallState) -> None:
    held = window_now(state, event.window).held
    if event.number in held:
        held.remove(event.number)
    window_now(state, event.to_window).held.append(event.number)
    ticket = state.tickets[event.number]
    ticket.window = event.to_window
    note(ticket, "moved", event, event.to_window)


EVOLVE: dict[type[ev.Event], Callable[[Any, HallState], None]] = {
    ev.TicketMoved: _ticket_moved,
}
