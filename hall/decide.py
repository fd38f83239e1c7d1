"""May it be done, and what happens then: decide(command, state) gives events or raises Refused; nothing is changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from hall import commands as c
from hall import events as ev
from hall import ratings
from hall.desk import DESK, known_ticket
from hall.errors import Refused
from hall.plan import CLASSES
from hall.state import HallState

OPEN_STATES = ("waiting", "called", "serving", "held")


def decide(command: c.Command, state: HallState) -> list[ev.Event]:
    """The events that follow, to be kept all or not at all. Raises Refused; the state is not touched."""
    return _DECIDE[type(command)](command, state)


def _open_day(command: c.OpenDay, state: HallState) -> list[ev.Event]:
    opened = ev.DayOpened(at=command.at, actor=command.actor, day=command.day)
    if not state.day:
        return [opened]
    unserved = [number for number, ticket in state.tickets.items() if ticket.state in OPEN_STATES]
    return [ev.DayClosed(at=command.at, actor=command.actor, day=state.day, unserved=unserved), opened]


def _take(command: c.TakeTicket, state: HallState) -> list[ev.Event]:
    plan = state.plan
    service = plan.service.get(command.service)
    if service is None:
        raise Refused("unknown_service", command.service)
    if command.klass not in CLASSES:
        raise Refused("unknown_class", command.klass)
    if command.kiosk and command.kiosk not in plan.kiosk:
        raise Refused("unknown_kiosk", command.kiosk)
    queue = plan.queue[service.queue]
    if not plan.windows_of_queue[queue.id]:
        raise Refused("not_served")
    running = state.running.get(queue.id, 0) + 1
    return [
        ev.TicketTaken(
            at=command.at,
            actor=command.actor,
            number=f"{queue.letters}{running:0{queue.digits}d}",
            running=running,
            token=command.token,
            service=service.id,
            queue=queue.id,
            klass=command.klass,
            kiosk=command.kiosk if command.kiosk and plan.kiosk[command.kiosk].printer else "",
        )
    ]


def _rate(command: c.RateVisit, state: HallState) -> list[ev.Event]:
    ticket = known_ticket(state, command.number)
    grade = ratings.grade_name(command.grade)
    if grade is None:
        raise Refused("unknown_grade", command.grade)
    if ticket.state != "finished" or ticket.finished_at is None:
        raise Refused("not_finished", ticket.number)
    if ticket.grade:
        raise Refused("already_rated", ticket.number)
    if command.at - ticket.finished_at > timedelta(days=state.plan.rating_days):
        raise Refused("rating_over")
    now = state.windows[ticket.window]
    prompted = now.rating == ticket.number and now.rate_until is not None and command.at <= now.rate_until
    if not command.knows and not prompted:
        raise Refused("not_prompted", ticket.number)
    return [
        ev.VisitRated(
            at=command.at,
            actor=command.actor,
            number=ticket.number,
            window=ticket.window,
            grade=grade,
            aspects=list(command.aspects),
            words=command.words,
            channel=command.channel,
        )
    ]


def _return(command: c.ReturnTicket, state: HallState) -> list[ev.Event]:
    ticket = known_ticket(state, command.number)
    if ticket.state != "missed":
        raise Refused("not_missed", ticket.number)
    due = state.queue_calls[ticket.queue] + state.plan.return_after
    return [ev.TicketReturned(at=command.at, actor=command.actor, number=ticket.number, due=due)]


def _confirm_print(command: c.ConfirmPrint, state: HallState) -> list[ev.Event]:
    ticket = known_ticket(state, command.number)
    if ticket.number not in state.to_print:
        raise Refused("nothing_to_print", ticket.number)
    return [ev.TicketPrinted(at=command.at, actor=command.actor, number=ticket.number, printer=command.printer)]


def _fail_print(command: c.FailPrint, state: HallState) -> list[ev.Event]:
    ticket = known_ticket(state, command.number)
    if ticket.number not in state.to_print:
        raise Refused("nothing_to_print", ticket.number)
    return [
        ev.PrintFailed(
            at=command.at,
            actor=command.actor,
            number=ticket.number,
            printer=command.printer,
            error=command.error,
        )
    ]


_DECIDE: dict[type[c.Command], Callable[[Any, HallState], list[ev.Event]]] = {
    **DESK,
    c.OpenDay: _open_day,
    c.TakeTicket: _take,
    c.RateVisit: _rate,
    c.ReturnTicket: _return,
    c.ConfirmPrint: _confirm_print,
    c.FailPrint: _fail_print,
}
