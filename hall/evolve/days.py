"""What the turn of the day does to the state."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hall import events as ev
from hall.carry import take_up
from hall.evolve.steps import leave_queue, note
from hall.state import HallState


def _day_closed(event: ev.DayClosed, state: HallState) -> None:
    for number in event.unserved:
        ticket = state.tickets.get(number)
        if ticket:
            leave_queue(state, ticket)
            ticket.state = "unserved"
            note(ticket, "unserved", event)


def _day_opened(event: ev.DayOpened, state: HallState) -> None:
    state.__init__(state.plan)  # type: ignore[misc]  # a new day is a new state, under the same name for all who hold it
    state.day = event.day
    take_up(state, event.carried)


EVOLVE: dict[type[ev.Event], Callable[[Any, HallState], None]] = {
    ev.DayClosed: _day_closed,
    ev.DayOpened: _day_opened,
}
