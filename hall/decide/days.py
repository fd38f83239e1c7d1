"""The turn of the day."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hall import commands as c
from hall import events as ev
from hall.carry import carried
from hall.kept import kept
from hall.state import HallState

OPEN_STATES = ("waiting", "called", "arrived", "serving", "held")


def _open_day(command: c.OpenDay, state: HallState) -> list[ev.Event]:
    opened = ev.DayOpened(at=command.at, actor=command.actor, day=command.day, carried=carried(state, command.day))
    if not state.day:
        return [opened]
    stay = {ticket.number for ticket in kept(state)}
    left = (ticket for ticket in state.tickets.values() if ticket.state in OPEN_STATES)
    unserved = [ticket.number for ticket in left if ticket.number not in stay]
    never_came = [
        ev.BookingMissed(at=command.at, actor=command.actor, code=it.code, day=it.day, person=it.person)
        for it in state.bookings.never_came(state.day)
    ]
    closed = ev.DayClosed(at=command.at, actor=command.actor, day=state.day, unserved=unserved)
    return [closed, *never_came, opened]


DECIDE: dict[type[c.Command], Callable[[Any, HallState], list[ev.Event]]] = {
    c.OpenDay: _open_day,
}
