"""May the window's last step be taken back? While it is fresh and nobody else has acted on what it changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from hall import commands as c
from hall import events as ev
from hall.decide.known import known_window
from hall.errors import Refused
from hall.persons import OVER, live_ticket
from hall.state import HallState
from hall.undo.step import NOWHERE, Place, Step, is_an_act
from hall.undo.tallies import COUNTED


def undoable(state: HallState, window: str, at: datetime) -> Step:
    """The window's last step, if it may be taken back. Raises Refused.

    A clock that was set back since makes nothing too late.
    """
    step = state.steps.get(window)
    if step is None or not state.plan.undo_s:
        raise Refused("nothing_to_undo", window)
    if (at - step.at).total_seconds() > state.plan.undo_s:
        raise Refused("undo_too_late", state.plan.undo_s)
    for number, (_, end) in step.lines.items():
        if any(is_an_act(line) for line in state.tickets[number].history[end:]):
            raise Refused("acted_on", number)
    for place, (_, after) in step.changes.items():
        if place[0] not in COUNTED and place[2] != "idle_since" and not _still(state, place, after):
            raise Refused("acted_on", place[1])
    for number in step.lines:
        if other := _took_another_since(state, step, number):
            raise Refused("acted_on", other)
    for each in step.windows:
        clerk, _ = step.changes.get(("window", each, "clerk"), ("", ""))
        if state.window_of_clerk(clerk) not in ("", *step.windows):
            raise Refused("acted_on", clerk)
    return step


def _took_another_since(state: HallState, step: Step, number: str) -> str:
    """The number that its person has in the same queue since the step ended this one; "" for none."""
    ticket = state.tickets[number]
    before, after = step.changes.get(("ticket", number, "state"), ("", ""))
    other = live_ticket(state, ticket.person, ticket.queue) if ticket.person and after in OVER else None
    return other.number if other and before not in OVER else ""


def _still(state: HallState, place: Place, after: Any) -> bool:
    """Does the same stand there as when the step was done?"""
    kind, key, name = place
    if kind == "held":
        return (name in state.windows[key].held) == (after != NOWHERE)
    return getattr(state.tickets[key] if kind == "ticket" else state.windows[key], name) == after


def _undo(command: c.UndoStep, state: HallState) -> list[ev.Event]:
    known_window(state, command.window)
    step = undoable(state, command.window, command.at)
    return [
        ev.StepUndone(
            at=command.at,
            actor=command.actor,
            window=command.window,
            what=step.what,
            number=step.number,
            numbers=list(step.lines),
            windows=step.windows,
            queues=step.queues,
            calls=list(step.calls),
        )
    ]


DECIDE: dict[type[c.Command], Callable[[Any, HallState], list[ev.Event]]] = {
    c.UndoStep: _undo,
}
