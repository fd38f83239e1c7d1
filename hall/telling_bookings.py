"""How bookings are told: one, and the list of a day."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hall.bookings import Booking, window_of
from hall.state import HallState

Body = dict[str, Any]


def booking(state: HallState, code: str) -> Body:
    """A booking as `POST bookings` answers it; the name is masked."""
    it = state.bookings.by_code[code]
    service = state.plan.service.get(it.service)
    queue = state.plan.queue.get(it.queue)
    early, late = window_of(state, it.queue)
    return {
        "code": it.code,
        "service": it.service,
        "service_name": service.name if service else it.service,
        "queue": it.queue,
        "zone": queue.zone if queue else "",
        "day": it.day,
        "slot": f"{it.start:%H:%M}",
        "start": it.start.isoformat(),
        "end": it.end.isoformat(),
        "check_in_from": (it.start - timedelta(minutes=early)).isoformat(),
        "check_in_until": (it.start + timedelta(minutes=late)).isoformat(),
        "name": it.name,
        "state": it.state,
        "number": it.number or None,
    }


def of_day(state: HallState, day: str) -> list[Body]:
    """All bookings of today or a day to come, by slot."""
    return [booking(state, it.code) for it in state.bookings.of_day(day)]


def totals(bookings: list[Booking]) -> dict[str, int]:
    """How many of them stand in each state."""
    states = ("booked", "checked_in", "cancelled", "no_show")
    return {state: sum(it.state == state for it in bookings) for state in states}
