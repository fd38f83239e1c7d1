"""May it be done, and what happens then: decide(command, state) gives events, or raises Refused. Nothing changes here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from hall import commands as c
from hall import events as ev
from hall import ratings
from hall.errors import Refused
from hall.plan import CLASSES
from hall.rules import because, choose
from hall.state import HallState, Ticket, WindowState

OPEN_STATES = ("waiting", "called", "serving", "held")


def decide(command: c.Command, state: HallState) -> list[ev.Event]:
    """The events that follow, to be kept all or not at all. Raises Refused; the state is not touched."""
    return _DECIDE[type(command)](command, state)


def _ticket(state: HallState, number: str) -> Ticket:
    ticket = state.tickets.get(number)
    if ticket is None:
        raise Refused("unknown_ticket", number)
    return ticket


def _window(state: HallState, window: str) -> WindowState:
    if window not in state.plan.window:
        raise Refused("unknown_window", window)
    return state.windows[window]


def _working(state: HallState, window: str) -> WindowState:
    now = _window(state, window)
    if now.state in ("closed", "paused"):
        raise Refused(f"window_{now.state}", window)
    return now


def _at_window(state: HallState, window: str) -> Ticket:
    now = _window(state, window)
    if not now.ticket:
        raise Refused("no_ticket", window)
    return state.tickets[now.ticket]


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


def _open_window(command: c.OpenWindow, state: HallState) -> list[ev.Event]:
    now = _window(state, command.window)
    clerk = command.clerk or now.clerk or state.plan.window[command.window].clerk
    if command.clerk and command.clerk not in state.plan.clerk:
        raise Refused("unknown_clerk", command.clerk)
    if now.state not in ("closed", "paused"):
        if clerk == now.clerk:
            raise Refused("window_open", command.window)
        raise Refused("other_clerk", command.window)
    elsewhere = state.window_of_clerk(clerk)
    if elsewhere and elsewhere != command.window:
        raise Refused("clerk_elsewhere", elsewhere)
    return [ev.WindowOpened(at=command.at, actor=command.actor, window=command.window, clerk=clerk)]


def _finish(ticket: Ticket, command: c.Command, state: HallState, by: str) -> ev.ServiceFinished:
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


def _call(command: c.WindowCommand, state: HallState, ticket: Ticket, why: dict[str, Any]) -> list[ev.Event]:
    now = state.windows[command.window]
    before = [_finish(state.tickets[now.ticket], command, state, "next")] if now.ticket else []
    called = ev.TicketCalled(
        at=command.at,
        actor=command.actor,
        number=ticket.number,
        window=command.window,
        call=state.calls + 1,
        why=why,
    )
    return [*before, called]


def _call_next(command: c.CallNext, state: HallState) -> list[ev.Event]:
    _working(state, command.window)
    choice = choose(state, command.window, command.at)
    if choice is None:
        raise Refused("nobody_waiting")
    return _call(command, state, choice.ticket, choice.why)


def _call_number(command: c.CallNumber, state: HallState) -> list[ev.Event]:
    _working(state, command.window)
    ticket = _ticket(state, command.number)
    if ticket.state not in ("waiting", "missed"):
        raise Refused("not_waiting", ticket.number, ticket.state)
    return _call(command, state, ticket, because(state, command.window, ticket, "by_number", command.at))


def _recall(command: c.Recall, state: HallState) -> list[ev.Event]:
    ticket = _at_window(state, command.window)
    if ticket.state != "called":
        raise Refused("not_called", ticket.number)
    if ticket.again > state.plan.recall_limit:
        raise Refused("recall_limit", ticket.number)
    assert ticket.called_at is not None
    wait = state.plan.recall_spacing_s - (command.at - ticket.called_at).total_seconds()
    if wait > 0:
        raise Refused("recall_too_soon", int(wait) + 1)
    return [
        ev.TicketRecalled(
            at=command.at, actor=command.actor, number=ticket.number, window=command.window, call=state.calls + 1
        )
    ]


def _start(command: c.StartService, state: HallState) -> list[ev.Event]:
    ticket = _at_window(state, command.window)
    if ticket.state == "serving":
        raise Refused("already_serving", ticket.number)
    return [ev.ServiceStarted(at=command.at, actor=command.actor, number=ticket.number, window=command.window)]


def _finish_service(command: c.FinishService, state: HallState) -> list[ev.Event]:
    ticket = _at_window(state, command.window)
    return [_finish(ticket, command, state, "finish")]


def _no_show(command: c.MarkNoShow, state: HallState) -> list[ev.Event]:
    ticket = _at_window(state, command.window)
    if ticket.state != "called":
        raise Refused("not_called", ticket.number)
    return [ev.TicketMissed(at=command.at, actor=command.actor, number=ticket.number, window=command.window)]


def _hold(command: c.HoldTicket, state: HallState) -> list[ev.Event]:
    ticket = _at_window(state, command.window)
    return [ev.TicketHeld(at=command.at, actor=command.actor, number=ticket.number, window=command.window)]


def _resume(command: c.ResumeTicket, state: HallState) -> list[ev.Event]:
    now = _working(state, command.window)
    if now.ticket:
        raise Refused("busy", now.ticket)
    number = command.number or (now.held[-1] if now.held else "")
    if not number:
        raise Refused("no_ticket", command.window)
    ticket = _ticket(state, number)
    if ticket.state != "held":
        raise Refused("not_held", number)
    return [ev.TicketResumed(at=command.at, actor=command.actor, number=number, window=command.window)]


def _transfer(command: c.TransferTicket, state: HallState) -> list[ev.Event]:
    ticket = _at_window(state, command.window)
    if bool(command.queue) == bool(command.to_window):
        raise Refused("transfer_where")
    if command.to_window:
        _window(state, command.to_window)
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
        )
    ]


def _pause(command: c.PauseWindow, state: HallState) -> list[ev.Event]:
    now = _working(state, command.window)
    if now.ticket:
        raise Refused("busy", now.ticket)
    return [
        ev.WindowPaused(
            at=command.at,
            actor=command.actor,
            window=command.window,
            reason=command.reason,
            until=command.until,
        )
    ]


def _close(command: c.CloseWindow, state: HallState) -> list[ev.Event]:
    now = _window(state, command.window)
    if now.state == "closed":
        raise Refused("window_closed", command.window)
    if now.ticket:
        raise Refused("busy", now.ticket)
    return [ev.WindowClosed(at=command.at, actor=command.actor, window=command.window)]


def _rate(command: c.RateVisit, state: HallState) -> list[ev.Event]:
    ticket = _ticket(state, command.number)
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


def _confirm_print(command: c.ConfirmPrint, state: HallState) -> list[ev.Event]:
    ticket = _ticket(state, command.number)
    if ticket.number not in state.to_print:
        raise Refused("nothing_to_print", ticket.number)
    return [ev.TicketPrinted(at=command.at, actor=command.actor, number=ticket.number, printer=command.printer)]


def _fail_print(command: c.FailPrint, state: HallState) -> list[ev.Event]:
    ticket = _ticket(state, command.number)
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
    c.OpenDay: _open_day,
    c.TakeTicket: _take,
    c.OpenWindow: _open_window,
    c.CallNext: _call_next,
    c.CallNumber: _call_number,
    c.Recall: _recall,
    c.StartService: _start,
    c.FinishService: _finish_service,
    c.MarkNoShow: _no_show,
    c.HoldTicket: _hold,
    c.ResumeTicket: _resume,
    c.TransferTicket: _transfer,
    c.PauseWindow: _pause,
    c.CloseWindow: _close,
    c.RateVisit: _rate,
    c.ConfirmPrint: _confirm_print,
    c.FailPrint: _fail_print,
}
