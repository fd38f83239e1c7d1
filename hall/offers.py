"""Which slots are offered: those of the days that may be booked, still to come, with a place left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from hall.bookings import place
from hall.dates import days_on
from hall.errors import Refused
from hall.plan import Queue
from hall.slots import Slot, Slots, slots_of_day
from hall.state import HallState

NEXT_OFFERED = 3


@dataclass(frozen=True)
class Offers:
    """What a queue offers at the moment `at`; `besides` counts places about to be taken by others of a file."""

    state: HallState
    queue: Queue
    slots: Slots
    at: datetime
    besides: Mapping[tuple[str, str], int] = field(default_factory=Counter)

    def of_day(self, day: str) -> Iterator[tuple[Slot, int]]:
        """The free slots of a business day, earliest first, each with the places left. Raises Refused."""
        last = self._last
        if not self.state.day <= day <= last:
            raise Refused("day_not_offered", last, first=self.state.day, last=last)
        return self._free(day)

    def place(self, day: str, name: str) -> Slot:
        """The slot of the day with this name, which has a place left. Raises Refused, with the next that have one."""
        self.of_day(day)
        slot = next((slot for slot in self._all(day) if slot.name == name), None)
        if slot is None or slot.start <= self.at:
            code = "no_slot" if slot is None else "slot_past"
            raise Refused(code, name, free=self._next(day, self.at))
        if self._left(slot) <= 0:
            raise Refused("slot_full", name, free=self._next(day, slot.start))
        return slot

    @property
    def _last(self) -> str:
        return days_on(self.state.day, self.slots.days_ahead)

    def _all(self, day: str) -> tuple[Slot, ...]:
        plan = self.state.plan
        return slots_of_day(self.slots, self.queue.zone, day, plan.timetable, plan.day_starts)

    def _left(self, slot: Slot) -> int:
        besides = self.besides.get(place(self.queue.id, slot.start), 0)
        return self.slots.capacity - self.state.bookings.taken(self.queue.id, slot.start) - besides

    def _free(self, day: str) -> Iterator[tuple[Slot, int]]:
        for slot in self._all(day):
            left = self._left(slot)
            if slot.start > self.at and left > 0:
                yield slot, left

    def _next(self, day: str, since: datetime) -> list[dict[str, Any]]:
        """The next few free slots after `since`, on this day and those that follow."""
        found: list[dict[str, Any]] = []
        while day <= self._last and len(found) < NEXT_OFFERED:
            found += [slot.told(left) for slot, left in self._free(day) if slot.start > since]
            day = days_on(day, 1)
        return found[:NEXT_OFFERED]


def offers(
    state: HallState, service: str, at: datetime, besides: Mapping[tuple[str, str], int] | None = None
) -> Offers:
    """What is offered for a service. Raises Refused when there is none such, or it takes no bookings."""
    it = state.plan.service.get(service)
    if it is None:
        raise Refused("unknown_service", service)
    queue = state.plan.queue[it.queue]
    if queue.bookings is None or not state.plan.windows_of_queue[queue.id]:
        raise Refused("no_bookings", it.name)
    return Offers(state, queue, queue.bookings, at, Counter() if besides is None else besides)
