"""一票到底: a finished step that is not the last sends the ticket on; a step to come may be skipped."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hall import commands as c
from hall import events as ev
from hall.decide.known import ticket_at
from hall.errors import Refused
from hall.state import HallState, Ticket


def step_done(command: c.Command, state: HallState, ticket: Ticket, by: str) -> ev.StepFinished | None:
    """The event that sends a ticket on to its next step; None when this was the last, or it has no more to visit."""
    if ticket.visit is None:
        return None
    done = doing(ticket)
    served = {queue for queue, windows in state.plan.windows_of_queue.items() if windows}
    for step, left in ticket.visit.to_come((done,)):
        queues = [queue for queue in left if queue in served]
        if queues:  # a step that the config lost at noon is passed over: nobody would ever call there
            return ev.StepFinished(
                at=command.at,
                actor=command.actor,
                number=ticket.number,
                window=ticket.window,
                by=by,
                queue=done,
                step=step,
                queues=queues,
                place=ticket.visit.place,
            )
    return None


def doing(ticket: Ticket) -> str:
    """The planned queue that is done at the ticket's window: its own, or the one that a transfer took elsewhere."""
    return (ticket.visit.sent if ticket.visit else "") or ticket.queue


def sent_for(ticket: Ticket, queue: str) -> str:
    """The planned queue that a transfer to `queue` is for: that queue if it is of this step, else the present one."""
    if ticket.visit is None:
        return ""
    return queue if queue in ticket.visit.waits else doing(ticket)


def _skip(command: c.SkipStep, state: HallState) -> list[ev.Event]:
    ticket = ticket_at(state, command.window)
    if ticket.visit is None:
        raise Refused("no_visit", ticket.number)
    for step, left in ticket.visit.to_come((doing(ticket),)):
        skipped = [queue for queue in left if command.queue in ("", queue)]
        if skipped:
            return [
                ev.StepSkipped(
                    at=command.at,
                    actor=command.actor,
                    number=ticket.number,
                    window=command.window,
                    step=step,
                    queues=skipped,
                )
            ]
    raise Refused("no_such_step", ticket.number)


DECIDE: dict[type[c.Command], Callable[[Any, HallState], list[ev.Event]]] = {
    c.SkipStep: _skip,
}
