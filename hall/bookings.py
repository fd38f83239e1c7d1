"""The bookings that a hall has: of today and of the days to come, and how many are in each slot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hall.state import HallState

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""What codes are made of: 32 characters, without 0 and O, 1 and I, which nobody can tell apart aloud or on paper."""


@dataclass(slots=True)
class Booking:
    """预约. `state` is "booked", "checked_in", "cancelled" or "no_show"; `person` an HMAC or ""; `name` is masked.

    `external` is its id where it was made, "" when it was made here. `number` is the ticket that it became.
    """

    code: str
    service: str
    queue: str
    day: str
    start: datetime
    end: datetime
    name: str = ""
    person: str = ""
    external: str = ""
    state: str = "booked"
    number: str = ""


class Bookings:
    """All of them by code. Looking up is O(1); a day's list is sorted when it is asked for."""

    def __init__(self) -> None:
        self.by_code: dict[str, Booking] = {}
        self.by_external: dict[str, str] = {}
        self.of_person: dict[str, list[str]] = {}
        self.places: Counter[tuple[str, str]] = Counter()

    def add(self, booking: Booking) -> None:
        self.by_code[booking.code] = booking
        if booking.external:
            self.by_external[booking.external] = booking.code
        if booking.person:
            self.of_person.setdefault(booking.person, []).append(booking.code)
        if booking.state != "cancelled":
            self.places[place(booking.queue, booking.start)] += 1

    def cancel(self, code: str) -> None:
        """Its place in the slot is free again."""
        booking = self.by_code[code]
        booking.state = "cancelled"
        self.places[place(booking.queue, booking.start)] -= 1

    def taken(self, queue: str, start: datetime) -> int:
        """How many places of the queue's slot are booked."""
        return self.places[place(queue, start)]

    def of_day(self, day: str) -> list[Booking]:
        """The day's bookings by slot, then in the order they were made."""
        return sorted((it for it in self.by_code.values() if it.day == day), key=lambda it: it.start)

    def of_person_on(self, person: str, day: str) -> Iterator[Booking]:
        """The person's bookings of the day that stand, earliest slot first. None for the person ""."""
        mine = (self.by_code[code] for code in self.of_person.get(person, ()))
        return iter(sorted((it for it in mine if it.day == day and it.state != "cancelled"), key=lambda it: it.start))

    def never_came(self, day: str) -> list[Booking]:
        """The bookings until that day whose visitors did not check in.

        Of a day on which the hall never opened nobody is told to have stayed away.
        """
        return [it for it in self.by_code.values() if it.state == "booked" and it.day <= day]

    def picture(self) -> dict[str, Any]:
        """All of it as plain values."""
        return {"by_code": {code: asdict(it) for code, it in self.by_code.items()}, "places": dict(+self.places)}


def place(queue: str, start: datetime) -> tuple[str, str]:
    """The key of a slot in a queue: its instant, however the time is written."""
    return queue, str(int(start.timestamp()))


def on_time(state: HallState, booking: Booking, at: datetime) -> bool:
    """Is it still time to check in as a booked visitor? Who comes later queues as an ordinary one."""
    return at <= booking.start + timedelta(minutes=window_of(state, booking.queue)[1])


def window_of(state: HallState, queue: str) -> tuple[int, int]:
    """Minutes before and after the slot's start; the usual ones when the config has lost the queue's slots since."""
    it = state.plan.queue.get(queue)
    slots = it.bookings if it else None
    return (slots.early, slots.late) if slots else (15, 30)


def keep(state: HallState, day: str) -> list[dict[str, Any]]:
    """What `day` takes over: the bookings from then on, cancelled ones too: an import knows that they were there."""
    return [
        {**asdict(it), "start": it.start.isoformat(), "end": it.end.isoformat()}
        for it in state.bookings.by_code.values()
        if it.day >= day
    ]


def take_up(state: HallState, kept: Iterable[dict[str, Any]]) -> None:
    """The new day has them again."""
    for it in kept:
        times = {name: datetime.fromisoformat(it[name]) for name in ("start", "end")}
        state.bookings.add(Booking(**{**it, **times}))
