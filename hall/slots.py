"""The slots of a queue that may be booked: when they begin and end on a day, and for how many visitors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Slots:
    """预约时段 of a queue: each `minutes` long, from `begins` to `ends` (the hall's time), for `capacity` visitors.

    A day may be booked `days_ahead` days before. A visitor checks in on time from `early` minutes before the start of
    the slot to `late` after it.
    """

    minutes: int = 30
    capacity: int = 1
    begins: str = "09:00"
    ends: str = "17:00"
    days_ahead: int = 7
    early: int = 15
    late: int = 30


@dataclass(frozen=True, order=True)
class Slot:
    """时段 of a business day."""

    start: datetime
    end: datetime
    day: str

    @property
    def name(self) -> str:
        """As people write it, once on its business day: "09:30"."""
        return f"{self.start:%H:%M}"

    def told(self, free: int) -> dict[str, Any]:
        """As it is offered: {"day", "slot", "start", "end", "free"}."""
        told = {"day": self.day, "slot": self.name, "start": self.start.isoformat(), "end": self.end.isoformat()}
        return {**told, "free": free}


@lru_cache(maxsize=512)
def slots_of_day(slots: Slots, day: str, timezone: str, day_starts: str) -> tuple[Slot, ...]:
    """All slots of the business day, earliest first; none that would end after `ends`.

    A slot belongs to the business day in which it begins: with days that start at 04:00, one at 02:00 is tomorrow's
    by the calendar.

    >>> [slot.name for slot in slots_of_day(Slots(ends="10:00"), "2026-11-23", "Asia/Shanghai", "04:00")]
    ['09:00', '09:30']
    """
    begins, ends, starts = (_minutes(word) for word in (slots.begins, slots.ends, day_starts))
    zone, first = ZoneInfo(timezone), date.fromisoformat(day)

    def at(minute: int, on: date) -> datetime:
        return datetime.combine(on + timedelta(days=minute // 1440), time(minute % 1440 // 60, minute % 60), zone)

    return tuple(
        sorted(
            Slot(at(minute, on), at(minute + slots.minutes, on), day)
            for minute in range(begins, ends - slots.minutes + 1, slots.minutes)
            for on in [first + timedelta(days=minute < starts)]
        )
    )


def _minutes(word: str) -> int:
    hour, minute = word.split(":")
    return int(hour) * 60 + int(minute)
