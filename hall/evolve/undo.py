"""A step is taken back: everything that it changed is again as it was before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hall import events as ev
from hall.state import HallState, Ticket
from hall.undo.step import NOWHERE, Step, is_an_act
from hall.undo.tallies import COUNTED, forget_call, put_back


def _step_undone(event: ev.StepUndone, state: HallState) -> None:
    step = state.steps.pop(event.window)
    tickets = [state.tickets[number] for number in step.lines]
    for ticket in tickets:
        if ticket.state == "waiting":
            state.stand_no_more(ticket)
        state.missed.pop(ticket.number, None)
        _mark(ticket, step, event)
    forget_call(state, step)
    for place, (before, after) in reversed(step.changes.items()):
        kind, key, name = place
        if kind in COUNTED:
            put_back(state, place, before, after)
        elif kind == "held":
            _hold_as_before(state.windows[key].held, name, before)
        else:
            setattr(state.tickets[key] if kind == "ticket" else state.windows[key], name, before)
    for ticket in tickets:
        _stand_as_before(state, ticket)
    for window in step.windows:
        if state.windows[window].idle_since:  # it does not call by itself in the moment after
            state.windows[window].idle_since = event.at
    for number, due, lines in step.let_in:
        if not any(is_an_act(line) for line in state.tickets[number].history[lines:]):
            _wait_for_calls_again(state, state.tickets[number], due)
    told = [call for call in state.recent if call["call"] not in step.calls]
    state.recent.clear()
    state.recent.extend(told)


def _mark(ticket: Ticket, step: Step, event: ev.StepUndone) -> None:
    """Its lines stay in the history, marked."""
    start, end = step.lines[ticket.number]
    for line in ticket.history[start:end]:
        if line["what"] not in ("printed", "print_failed"):
            line["undone"] = event.at.isoformat()
    undone = {"at": event.at.isoformat(), "what": "undone", "step": step.what, "window": event.window}
    ticket.history.append(undone | ({"actor": event.actor} if event.actor else {}))


def _hold_as_before(held: list[str], number: str, place: Any) -> None:
    if number in held:
        held.remove(number)
    if place != NOWHERE:
        held.insert(place, number)


def _stand_as_before(state: HallState, ticket: Ticket) -> None:
    if ticket.state == "waiting":
        if ticket.due <= state.queue_calls[ticket.queue]:  # enough others were called meanwhile
            ticket.due = 0
        state.stand(ticket)
    elif ticket.state == "missed":
        state.missed[ticket.number] = None


def _wait_for_calls_again(state: HallState, ticket: Ticket, due: int) -> None:
    """The undone call had let a returned visitor stand at the old place; without it, the turn has not come yet."""
    if not ticket.due and due > state.queue_calls[ticket.queue]:
        state.stand_no_more(ticket)
        ticket.due = due
        state.stand(ticket)


EVOLVE: dict[type[ev.Event], Callable[[Any, HallState], None]] = {
    ev.StepUndone: _step_undone,
}
