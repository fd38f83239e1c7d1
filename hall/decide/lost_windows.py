"""What reception does for a window that the config has lost: a restart at noon took it out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hall import commands as c
from hall import events as ev
from hall.decide.known import known_ticket
from hall.decide.service import finished
from hall.errors import Refused
from hall.lost_windows import AT_WORK, lost_window_of, window_of
from hall.state import HallState, Ticket


def _finish(command: c.FinishForLostWindow, state: HallState) -> list[ev.Event]:
    ticket = _at_lost_window(state, command.number)
    if ticket.state not in AT_WORK:
        raise Refused("put_back_first", ticket.number, ticket.state)
    return [finished(ticket, command, state, "reception")]


def _put_back(command: c.PutBack, state: HallState) -> list[ev.Event]:
    ticket = _at_lost_window(state, command.number)
    if not any(state.plan.windows_of_queue.get(queue) for queue in ticket.queues):
        raise Refused("not_served")
    window = lost_window_of(state, ticket)
    return [ev.TicketPutBack(at=command.at, actor=command.actor, number=ticket.number, window=window)]


def _at_lost_window(state: HallState, number: str) -> Ticket:
    """The ticket, called, served or held at a lost window, or waiting for it. Raises Refused."""
    ticket = known_ticket(state, number)
    window = window_of(ticket)
    if not window:
        raise Refused("no_window_lost", ticket.number, ticket.state)
    if not lost_window_of(state, ticket):
        raise Refused("window_is_there", ticket.number, window=state.plan.window[window].name)
    return ticket


DECIDE: dict[type[c.Command], Callable[[Any, HallState], list[ev.Event]]] = {
    c.FinishForLostWindow: _finish,
    c.PutBack: _put_back,
}
