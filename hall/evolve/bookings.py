"""What happens to a booking."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from hall import events as ev
from hall.bookings import Booking
from hall.state import HallState


def _made(event: ev.BookingMade, state: HallState) -> None:
    state.bookings.add(
        Booking(
            code=event.code,
            service=event.service,
            queue=event.queue,
            day=event.date,
            start=datetime.fromisoformat(event.start),
            end=datetime.fromisoformat(event.end),
            name=event.name,
            person=event.person,
            external=event.external,
        )
    )


def _imported(event: ev.BookingsImported, state: HallState) -> None:
    """Each booking has an event of its own: this one is for the record."""


def _cancelled(event: ev.BookingCancelled, state: HallState) -> None:
    state.bookings.cancel(event.code)


def _checked_in(event: ev.BookingCheckedIn, state: HallState) -> None:
    booking = state.bookings.by_code[event.code]
    booking.state, booking.number = "checked_in", event.number


def _missed(event: ev.BookingMissed, state: HallState) -> None:
    state.bookings.by_code[event.code].state = "no_show"


EVOLVE: dict[type[ev.Event], Callable[[Any, HallState], None]] = {
    ev.BookingMade: _made,
    ev.BookingsImported: _imported,
    ev.BookingCancelled: _cancelled,
    ev.BookingCheckedIn: _checked_in,
    ev.BookingMissed: _missed,
}
