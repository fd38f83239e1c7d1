"""What happens to a ticket away from the windows."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from datetime import datetime
from typing import Any

from hall import events as ev
from hall.evolve.steps import a_place_behind_all, leave_queue, leave_window, note, start_anew
from hall.persons import remember
from hall.state import PRINTS_KEPT, HallState, Ticket
from hall.visit import Visit


def _ticket_taken(event: ev.TicketTaken, state: HallState) -> None:
    standing, order = a_place_behind_all(state, event.at)
    slot = datetime.fromisoformat(event.slot) if event.slot else None
    ticket = Ticket(
        number=event.number,
        running=event.running,
        token=event.token,
        service=event.service,
        queue=event.queue,
        klass=event.klass,
        kiosk=event.kiosk,
        person=event.person,
        class_by=event.class_by,
        taken_at=event.at,
        standing=slot or standing,
        order=order,
        booking=event.booking,
        slot=slot,
        visit=Visit.begin(tuple(map(tuple, event.steps)), event.step_place) if event.steps else None,
        case=event.case,
        accepted=dict(event.accepted),
        told_p90_s=event.told.get("p90_s", 0),
    )
    state.tickets[event.number] = ticket
    state.by_token[event.token] = event.number
    state.running[event.series or event.queue] = event.running
    state.stand(ticket)
    state.taken[event.service] += 1
    remember(state, ticket)
    if event.counted:
        state.given[event.queue, event.shift] += 1
    if event.kiosk:
        state.to_print[event.number] = event.kiosk
        state.at_kiosk.setdefault(event.kiosk, deque(maxlen=PRINTS_KEPT)).appendleft(event.number)
    note(ticket, "taken", event)


def _ticket_printed(event: ev.TicketPrinted, state: HallState) -> None:
    state.tickets[event.number].printed = "printed"
    state.to_print.pop(event.number, None)
    state.tickets[event.number].history.append({"at": event.at.isoformat(), "what": "printed"})


def _print_broken(event: ev.PrintBroken, state: HallState) -> None:
    ticket = state.tickets[event.number]
    ticket.printed = "again"
    ticket.history.append({"at": event.at.isoformat(), "what": "print_broken", "error": event.error})


def _print_ordered(event: ev.PrintOrdered, state: HallState) -> None:
    ticket = state.tickets[event.number]
    ticket.printed = "again"
    state.to_print[event.number] = event.kiosk
    note(ticket, "print_ordered", event)


def _print_failed(event: ev.PrintFailed, state: HallState) -> None:
    state.tickets[event.number].printed = "failed"
    state.to_print.pop(event.number, None)
    state.tickets[event.number].history.append(
        {"at": event.at.isoformat(), "what": "print_failed", "error": event.error}
    )


def _ticket_returned(event: ev.TicketReturned, state: HallState) -> None:
    ticket = state.tickets[event.number]
    state.missed.pop(ticket.number, None)
    ticket.state, ticket.window = "waiting", ""
    ticket.due = event.due if event.due > state.queue_calls[ticket.queue] else 0
    state.stand(ticket)
    note(ticket, "returned", event)


def _ticket_put_back(event: ev.TicketPutBack, state: HallState) -> None:
    ticket = state.tickets[event.number]
    leave_queue(state, ticket)
    held = leave_window(state, ticket).held if ticket.window else []
    if ticket.number in held:
        held.remove(ticket.number)
    ticket.state, ticket.window, ticket.to_window = "waiting", "", ""
    start_anew(ticket)
    state.stand(ticket)
    note(ticket, "put_back", event, event.window)


EVOLVE: dict[type[ev.Event], Callable[[Any, HallState], None]] = {
    ev.TicketTaken: _ticket_taken,
    ev.TicketPrinted: _ticket_printed,
    ev.PrintBroken: _print_broken,
    ev.PrintFailed: _print_failed,
    ev.PrintOrdered: _print_ordered,
    ev.TicketReturned: _ticket_returned,
    ev.TicketPutBack: _ticket_put_back,
}
