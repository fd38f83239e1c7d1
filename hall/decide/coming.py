"""Does who was called come? Recall, arrival, no-show; and whoever gives up may do so until served."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil
from typing import Any

from hall import commands as c
from hall import events as ev
from hall.decide.known import known_ticket, ticket_at
from hall.errors import Refused
from hall.state import HallState, Ticket

ABANDONABLE = ("waiting", "called", "arrived", "held", "missed")
AT_A_WINDOW = ("called", "arrived", "held")


def recalls_owed(state: HallState, ticket: Ticket) -> int:
    """How often the called ticket must still be called before it may be marked as missed (Plan)."""
    return max(0, state.plan.recalls_before_no_show + 1 - ticket.again)


def _called_at(state: HallState, window: str) -> Ticket:
    """The ticket that was called to the window and whose visitor has not come yet. Raises Refused."""
    ticket = ticket_at(state, window)
    if ticket.state == "arrived":
        raise Refused("already_arrived", ticket.number)
    if ticket.state != "called":
        raise Refused("not_called", ticket.number)
    return ticket


def _recall(command: c.Recall, state: HallState) -> list[ev.Event]:
    ticket = _called_at(state, command.window)
    if ticket.again > state.plan.recall_limit:
        raise Refused("recall_limit", ticket.number)
    assert ticket.called_at is not None
    since = (command.at - ticket.called_at).total_seconds()
    if 0 <= since < state.plan.recall_spacing_s:  # less than 0: the clock was set back, nobody can say how long it was
        raise Refused("recall_too_soon", ceil(state.plan.recall_spacing_s - since))
    return [
        ev.TicketRecalled(
            at=command.at, actor=command.actor, number=ticket.number, window=command.window, call=state.calls + 1
        )
    ]


def _arrive(command: c.Arrive, state: HallState) -> list[ev.Event]:
    ticket = ticket_at(state, command.window)
    if ticket.state == "serving":
        raise Refused("already_serving", ticket.number)
    if ticket.state == "arrived":
        raise Refused("already_arrived", ticket.number)
    return [ev.TicketArrived(at=command.at, actor=command.actor, number=ticket.number, window=command.window)]


def _no_show(command: c.MarkNoShow, state: HallState) -> list[ev.Event]:
    ticket = _called_at(state, command.window)
    left = recalls_owed(state, ticket)
    if left:
        raise Refused("recalls_first", left, left=left)
    assert ticket.called_at is not None
    since = (command.at - ticket.called_at).total_seconds()
    if 0 <= since < state.plan.no_show_after_s:
        raise Refused("no_show_too_soon", ceil(state.plan.no_show_after_s - since))
    return [ev.TicketMissed(at=command.at, actor=command.actor, number=ticket.number, window=command.window)]


def _abandon(command: c.AbandonTicket, state: HallState) -> list[ev.Event]:
    ticket = known_ticket(state, command.number)
    if ticket.state not in ABANDONABLE:
        raise Refused("cannot_abandon", ticket.number, ticket.state)
    window = ticket.window if ticket.state in AT_A_WINDOW else ""
    return [ev.TicketAbandoned(at=command.at, actor=command.actor, number=ticket.number, window=window)]


DECIDE: dict[type[c.Command], Callable[[Any, HallState], list[ev.Event]]] = {
    c.Recall: _recall,
    c.Arrive: _arrive,
    c.MarkNoShow: _no_show,
    c.AbandonTicket: _abandon,
}
