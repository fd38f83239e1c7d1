"""A ticket away from the windows: taken, printed, back after a missed call."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hall import admission
from hall import commands as c
from hall import events as ev
from hall.decide import persons
from hall.decide.known import known_ticket
from hall.errors import Refused
from hall.estimate.told import of_line
from hall.plan import CLASSES
from hall.state import HallState

WANTS_A_SLIP = ("waiting", "called")
"""Whose visitor still goes by the slip; one at a window needs no copy any more."""


def take(command: c.TakeTicket, state: HallState) -> list[ev.Event]:
    """A number in the service's queue. Raises Refused."""
    plan = state.plan
    service = plan.service.get(command.service)
    if service is None:
        raise Refused("unknown_service", command.service)
    if command.klass not in CLASSES:
        raise Refused("unknown_class", command.klass)
    if command.kiosk and command.kiosk not in plan.kiosk:
        raise Refused("unknown_kiosk", command.kiosk)
    if command.case and not service.collection:
        raise Refused("not_collection", service.name)
    queue = plan.queue[service.queue]
    staff = command.by_staff and command.confirmed
    out_of_hours = admission.check(state, queue.id, command.at, slot=command.slot, by_staff=staff)
    series = queue.booked_letters if command.slot else ""
    person = persons.person_of(command, service)
    persons.check(state, person, queue.id, booked=bool(command.booking), by_staff=command.by_staff)
    shift, counted, warned = persons.number_counts(command, state, queue.id)
    running = state.running.get(series or queue.id, 0) + 1
    while (number := f"{series or queue.letters}{running:0{queue.digits}d}") in state.tickets:  # kept from yesterday
        running += 1
    told = of_line(state, queue.id, command.klass)
    return [
        ev.TicketTaken(
            at=command.at,
            actor=command.actor,
            number=number,
            running=running,
            token=command.token,
            service=service.id,
            queue=queue.id,
            klass=command.klass,
            kiosk=command.kiosk if command.kiosk and plan.kiosk[command.kiosk].printer else "",
            series=series,
            booking=command.booking,
            slot=command.slot.isoformat() if command.slot else "",
            person=person,
            class_by=command.class_by,
            shift=shift,
            counted=counted,
            steps=[list(step) for step in service.steps],
            step_place=service.step_place if service.steps else "",
            case=command.case,
            accepted=command.accepted,
            out_of_hours=out_of_hours,
            told={name: told[name] for name in ("p50_s", "p90_s")} if told else {},
        ),
        *warned,
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


def _order_print(command: c.OrderPrint, state: HallState) -> list[ev.Event]:
    ticket = known_ticket(state, command.number)
    kiosk = state.plan.kiosk.get(command.kiosk)
    if kiosk is None:
        raise Refused("unknown_kiosk", command.kiosk)
    if not kiosk.printer:
        raise Refused("no_printer", kiosk.name)
    if ticket.state not in WANTS_A_SLIP:
        raise Refused("no_slip_wanted", ticket.number)
    if ticket.number in state.to_print:
        raise Refused("prints_already", ticket.number)
    return [ev.PrintOrdered(at=command.at, actor=command.actor, number=ticket.number, kiosk=kiosk.id)]


def _fail_print(command: c.FailPrint, state: HallState) -> list[ev.Event]:
    ticket = known_ticket(state, command.number)
    if ticket.number not in state.to_print:
        raise Refused("nothing_to_print", ticket.number)
    owed = command.begun and state.plan.reprint_s > 0
    again = owed and ticket.printed != "again" and ticket.state in WANTS_A_SLIP
    kind = ev.PrintBroken if again else ev.PrintFailed
    return [
        kind(
            at=command.at,
            actor=command.actor,
            number=ticket.number,
            printer=command.printer,
            error=command.error,
        )
    ]


DECIDE: dict[type[c.Command], Callable[[Any, HallState], list[ev.Event]]] = {
    c.TakeTicket: take,
    c.ReturnTicket: _return,
    c.ConfirmPrint: _confirm_print,
    c.FailPrint: _fail_print,
    c.OrderPrint: _order_print,
}
