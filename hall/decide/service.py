"""What a window does with its tickets: call, serve, hold, send on, finish."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from hall import commands as c
from hall import events as ev
from hall.decide.known import known_ticket, known_window, ticket_at, working_window
from hall.decide.visits import sent_for, step_done
from hall.errors import Refused
from hall.outcomes import OUTCOMES
from hall.rule import reach
from hall.rule.choice import because, called_for, choose
from hall.state import HallState, Ticket

Finished = ev.ServiceFinished | ev.StepFinished


def finished(ticket: Ticket, command: c.Command, state: HallState, by: str, last: bool = False) -> Finished:
    """What ends its stay at the window: `by` as in ServiceFinished; a visit goes on unless this is its `last`."""
    onward = None if last else step_done(command, state, ticket, by)
    if onward:
        return onward
    asked = by == "finish" and state.plan.rating_s > 0
    until: datetime | None = command.at + timedelta(seconds=state.plan.rating_s) if asked else None
    return ev.ServiceFinished(
        at=command.at,
        actor=command.actor,
        number=ticket.number,
        window=ticket.window,
        by=by,
        rate_until=until.isoformat() if until else "",
    )


def _call(
    command: c.WindowCommand, state: HallState, ticket: Ticket, queue: str, why: dict[str, Any]
) -> list[ev.Event]:
    now = state.windows[command.window]
    before = [finished(state.tickets[now.ticket], command, state, "next")] if now.ticket else []
    called = ev.TicketCalled(
        at=command.at,
        actor=command.actor,
        number=ticket.number,
        window=command.window,
        call=state.calls + 1,
        why=why,
        queue=queue if len(ticket.queues) > 1 else "",
    )
    return [*before, called]


def call_next(command: c.WindowCommand, state: HallState) -> list[ev.Event]:
    """What is at the window is finished, and the next by its rule is called. Raises Refused."""
    working_window(state, command.window)
    choice = choose(state, command.window, command.at)
    if choice is None:
        raise Refused("nobody_waiting", elsewhere=reach.elsewhere(state, command.window))
    return _call(command, state, choice.ticket, choice.queue, choice.why)


def _call_number(command: c.CallNumber, state: HallState) -> list[ev.Event]:
    working_window(state, command.window)
    ticket = known_ticket(state, command.number)
    if ticket.state not in ("waiting", "missed"):
        raise Refused("not_waiting", ticket.number, ticket.state)
    queue = called_for(state, command.window, ticket)
    return _call(command, state, ticket, queue, because(state, command.window, ticket, "by_number", command.at))


def _start(command: c.StartService, state: HallState) -> list[ev.Event]:
    ticket = ticket_at(state, command.window)
    if ticket.state == "serving":
        raise Refused("already_serving", ticket.number)
    return [ev.ServiceStarted(at=command.at, actor=command.actor, number=ticket.number, window=command.window)]


def _finish_service(command: c.FinishService, state: HallState) -> list[ev.Event]:
    ticket = ticket_at(state, command.window)
    if command.outcome not in OUTCOMES:
        raise Refused("unknown_outcome", command.outcome)
    if command.outcome == "refused" and not command.reason.strip():
        raise Refused("reason_wanted")
    ends = finished(ticket, command, state, "finish", command.last or command.outcome == "refused")
    return [replace(ends, outcome=command.outcome, reason=command.reason.strip(), case=command.case)]


def _hold(command: c.HoldTicket, state: HallState) -> list[ev.Event]:
    ticket = ticket_at(state, command.window)
    return [ev.TicketHeld(at=command.at, actor=command.actor, number=ticket.number, window=command.window)]


def _resume(command: c.ResumeTicket, state: HallState) -> list[ev.Event]:
    now = working_window(state, command.window)
    if now.ticket:
        raise Refused("busy", now.ticket)
    number = command.number or (now.held[-1] if now.held else "")
    if not number:
        raise Refused("no_ticket", command.window)
    ticket = known_ticket(state, number)
    if ticket.state != "held":
        raise Refused("not_held", number)
    return [ev.TicketResumed(at=command.at, actor=command.actor, number=number, window=command.window)]


def _transfer(command: c.TransferTicket, state: HallState) -> list[ev.Event]:
    ticket = ticket_at(state, command.window)
    if bool(command.queue) == bool(command.to_window):
        raise Refused("transfer_where")
    if command.to_window:
        known_window(state, command.to_window)
        if command.to_window == command.window:
            raise Refused("same_window", command.window)
    elif command.queue not in state.plan.queue:
        raise Refused("unknown_queue", command.queue)
    elif not state.plan.windows_of_queue[command.queue]:
        raise Refused("not_served")
    return [
        ev.TicketTransferred(
            at=command.at,
            actor=command.actor,
            number=ticket.number,
            window=command.window,
            queue=command.queue or ticket.queue,
            to_window=command.to_window,
            place=command.place,
            note=command.note.strip(),
            step_queue=sent_for(ticket, command.queue),
        )
    ]


DECIDE: dict[type[c.Command], Callable[[Any, HallState], list[ev.Event]]] = {
    c.CallNext: call_next,
    c.CallNumber: _call_number,
    c.StartService: _start,
    c.FinishService: _finish_service,
    c.HoldTicket: _hold,
    c.ResumeTicket: _resume,
    c.TransferTicket: _transfer,
}
