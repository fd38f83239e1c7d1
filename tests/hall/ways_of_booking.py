"""How each refusal of a booking comes about, for the test that walks all refusals."""

from __future__ import annotations

from typing import Any

from hall import commands as c

DAY = "2026-11-22"


def make(counter: Any, **words: Any) -> str:
    return counter.refusal(c.MakeBooking, **({"code": "NEW", "service": "sa", "day": DAY, "slot": "09:00"} | words))


def slot_full(counter: Any) -> str:
    counter.book("ONE")
    counter.book("TWO")
    return make(counter)


def slot_past(counter: Any) -> str:
    counter.at = 30
    return make(counter)


def already_booked(counter: Any) -> str:
    counter.book("ONE", person="p")
    return make(counter, person="p", slot="10:00")


def code_taken(counter: Any) -> str:
    counter.book("NEW")
    return make(counter)


def check_in(counter: Any, code: str = "ONE", **words: Any) -> str:
    return counter.refusal(c.CheckIn, code=code, token="t", **words)


def too_early(counter: Any) -> str:
    counter.book("ONE")
    counter.at = 14.9
    return check_in(counter)


def other_day(counter: Any) -> str:
    counter.book("ONE", day="2026-11-23")
    return check_in(counter)


def booking_used(counter: Any) -> str:
    counter.book("ONE")
    counter.check_in("ONE", at=20)
    assert counter.refusal(c.CancelBooking, code="ONE") == "booking_used"
    return check_in(counter)


def booking_cancelled(counter: Any) -> str:
    counter.book("ONE")
    counter.do(c.CancelBooking, code="ONE")
    assert counter.refusal(c.CancelBooking, code="ONE") == "booking_cancelled"
    return check_in(counter)


def booking_no_show(counter: Any) -> str:
    """Only between the two events of one turn of the day can it be seen: afterwards it is forgotten."""
    counter.book("ONE")
    counter.state.bookings.by_code["ONE"].state = "no_show"
    return check_in(counter)


def row(**words: Any) -> c.BookingRow:
    usual = {"line": 2, "code": "NEW", "external": "x1", "service": "sa", "day": DAY, "slot": "09:00"}
    return c.BookingRow(**(usual | words))


def booking_differs(counter: Any) -> str:
    counter.do(c.ImportBookings, rows=(row(),))
    again = row(slot="10:00")
    rows = c.ImportBookings(at=counter.now, rows=(again,))
    return refused_rows(counter, rows)[0]["code"]


def refused_rows(counter: Any, command: c.ImportBookings) -> list[dict[str, Any]]:
    from hall.decide import decide
    from hall.errors import Refused

    try:
        decide(command, counter.state)
    except Refused as refused:
        return refused.facts["rows"]
    raise AssertionError("it was not refused")


WAYS = {
    "unknown_booking": check_in,
    "unknown_booking_of_person": lambda counter: check_in(counter, "", person="p"),
    "no_bookings": lambda counter: make(counter, service="sb"),
    "day_not_offered": lambda counter: make(counter, day="2026-11-30"),
    "no_slot": lambda counter: make(counter, slot="09:10"),
    "slot_past": slot_past,
    "slot_full": slot_full,
    "already_booked": already_booked,
    "code_taken": code_taken,
    "too_early": too_early,
    "other_day": other_day,
    "booking_used": booking_used,
    "booking_cancelled": booking_cancelled,
    "booking_no_show": booking_no_show,
    "booking_differs": booking_differs,
    "bad_rows": lambda counter: counter.refusal(c.ImportBookings, rows=(row(slot="09:10"),)),
}
