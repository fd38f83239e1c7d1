"""What each event does to the state. Nothing is decided here: an event has happened, the state follows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from hall import events as ev
from hall.evolve import (
    auto,
    bookings,
    coming,
    days,
    logins,
    persons,
    ratings,
    service,
    tickets,
    undo,
    visits,
    windows,
    zones,
)
from hall.evolve.times import remember
from hall.state import HallState
from hall.undo import watch

_EVOLVE: dict[type[ev.Event], Callable[[Any, HallState], None]] = {
    **days.EVOLVE,
    **tickets.EVOLVE,
    **coming.EVOLVE,
    **service.EVOLVE,
    **windows.EVOLVE,
    **ratings.EVOLVE,
    **bookings.EVOLVE,
    **zones.EVOLVE,
    **logins.EVOLVE,
    **auto.EVOLVE,
    **persons.EVOLVE,
    **visits.EVOLVE,
    **undo.EVOLVE,
}


def evolve(event: ev.Event, state: HallState) -> None:
    """Change the state in place, in O(log n) of the tickets waiting."""
    was = watch.before(event, state)
    remember(event, state)
    _EVOLVE[type(event)](event, state)
    auto.note_idle(event, state)
    watch.keep(event, state, was)


def replay(events: Iterable[ev.Event], state: HallState) -> HallState:
    """The state after all of the events."""
    for event in events:
        evolve(event, state)
    return state
