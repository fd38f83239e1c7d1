"""May it be done, and what happens then: decide(command, state) gives events or raises Refused; nothing is changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hall import commands as c
from hall import events as ev
from hall.decide import (
    auto,
    bookings,
    coming,
    days,
    imports,
    logins,
    lost_windows,
    persons,
    ratings,
    service,
    tickets,
    undo,
    visits,
    windows,
    zones,
)
from hall.state import HallState

_DECIDE: dict[type[c.Command], Callable[[Any, HallState], list[ev.Event]]] = {
    **days.DECIDE,
    **tickets.DECIDE,
    **coming.DECIDE,
    **service.DECIDE,
    **windows.DECIDE,
    **ratings.DECIDE,
    **bookings.DECIDE,
    **imports.DECIDE,
    **zones.DECIDE,
    **logins.DECIDE,
    **lost_windows.DECIDE,
    **auto.DECIDE,
    **persons.DECIDE,
    **visits.DECIDE,
    **undo.DECIDE,
}


def decide(command: c.Command, state: HallState) -> list[ev.Event]:
    """The events that follow, to be kept all or not at all. Raises Refused; the state is not touched."""
    events = _DECIDE[type(command)](command, state)
    return [*events[:1], *(replace(event, follows=True) for event in events[1:])]
