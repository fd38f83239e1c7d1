"""Watching a step while it happens: how things were before each of its events, kept where they are not so after."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, fields
from typing import Any

from hall import events as ev
from hall.events.concerns import queues_of
from hall.state import HallState, Ticket, WindowState
from hall.undo.step import NAMES, NOWHERE, Place, Step, name_of
from hall.undo.tallies import Keys, keys_of, tallies
from hall.visit import Visit

_OF_A_TICKET = tuple(f.name for f in fields(Ticket) if f.name not in ("history", "printed"))
_OF_A_WINDOW = tuple(f.name for f in fields(WindowState) if f.name != "held")


@dataclass(frozen=True, slots=True)
class Before:
    """How all was that the event may change: its ticket, `windows`, and the counts under `keys`."""

    windows: tuple[str, ...]
    keys: Keys
    places: dict[Place, Any]
    lines: int
    let_in: list[tuple[str, int, int]]


def before(event: ev.Event, state: HallState) -> Before | None:
    """None when the event is no step at a window. O(lanes): nothing is copied that grows with those who wait."""
    if type(event) not in NAMES:
        return None
    ticket = state.tickets.get(getattr(event, "number", ""))
    window: str = event.window  # type: ignore[attr-defined]
    where = [window, ticket.window if ticket else "", event.to_window if isinstance(event, ev.TicketMoved) else ""]
    windows = tuple(dict.fromkeys(each for each in where if each in state.windows))
    queues = [*([ticket.queue] if ticket else []), *queues_of(event)]
    keys = keys_of(state, window, ticket.service if ticket else "", queues)
    lines = len(ticket.history) if ticket else 0
    return Before(windows, keys, dict(_places(state, ticket, windows, keys)), lines, _let_in(event, state))


def keep(event: ev.Event, state: HallState, was: Before | None) -> None:
    """After the event: it is its window's last step, or one more event of that step."""
    if not event.follows:
        state.stepping = ""
    if was is None:
        if event.follows:  # the press did something besides that is not watched: it cannot be taken back whole
            state.steps.pop(state.stepping, None)
            state.stepping = ""
        return
    if event.follows and not state.stepping:
        return
    window: str = event.window  # type: ignore[attr-defined]
    step = state.steps.pop(state.stepping) if event.follows else None
    if step is None:
        step = Step(window, name_of(event), event.at, getattr(event, "number", ""))
    else:
        step.goes_on(event)
    state.steps[window], state.stepping = step, window
    _note(step, event, state, was)


def _note(step: Step, event: ev.Event, state: HallState, was: Before) -> None:
    number = getattr(event, "number", "")
    now = dict(_places(state, state.tickets.get(number), was.windows, was.keys))
    for place in dict.fromkeys([*was.places, *now]):
        first = step.changes[place][0] if place in step.changes else was.places.get(place, NOWHERE)
        last = now.get(place, NOWHERE)
        if first != last:
            step.changes[place] = (first, last)
        else:
            step.changes.pop(place, None)
    if number in state.tickets:
        first_line = step.lines[number][0] if number in step.lines else was.lines
        step.lines[number] = (first_line, len(state.tickets[number].history))
    if isinstance(event, ev.TicketCalled | ev.TicketRecalled):
        step.calls.append(event.call)
    step.let_in += was.let_in


def _places(
    state: HallState, ticket: Ticket | None, windows: tuple[str, ...], keys: Keys
) -> Iterator[tuple[Place, Any]]:
    if ticket:
        for name in _OF_A_TICKET:
            yield ("ticket", ticket.number, name), _as_it_is(getattr(ticket, name))
    for window in windows:
        now = state.windows[window]
        for name in _OF_A_WINDOW:
            yield ("window", window, name), _as_it_is(getattr(now, name))
        if ticket and ticket.number in now.held:
            yield ("held", window, ticket.number), now.held.index(ticket.number)
    yield from tallies(state, keys)


def _as_it_is(value: Any) -> Any:
    return deepcopy(value) if isinstance(value, (list, dict, set, deque, Visit)) else value


def _let_in(event: ev.Event, state: HallState) -> list[tuple[str, int, int]]:
    """Those who are back from a missed call and whom this call lets stand at their old place again."""
    if not isinstance(event, ev.TicketCalled):
        return []
    queue = event.queue or state.tickets[event.number].queue
    due = state.queue_calls[queue] + 1
    let_in = []
    for call, _, number in state.returning.get(queue, ()):
        if call > due:
            break
        if number != event.number:
            let_in.append((number, call, len(state.tickets[number].history)))
    return let_in
