"""The slots of a queue that may be booked: when they begin and end on a day, and for how many visitors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from hall.hours.shifts import ALWAYS
from hall.hours.timetable import DAY, Timetable

USUAL = ("09:00", "17:00")
"""When slots begin and end where neither the queue nor the hall says so."""


@dataclass(frozen=True)
class Slots:
    """预约时段 of a queue: each `minutes` long, from `begins` to `ends` (the hall's time), for `capacity` visitors.

    Both "" are the opening hours of its zone, and the usual ones where none are written. No slot lies outside them.
    A day may be booked `days_ahead` days before. A visitor checks in on time from `early` minutes before the start of
    the slot to `late` after it.
    """

    minutes: int = 30
    capacity: int = 1
    begins: str = ""
    ends: str = ""
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
def slots_of_day(slots: Slots, zone: str, day: str, times: Timetable, day_starts: str) -> tuple[Slot, ...]:
    """All slots of a zone's queue on the business day, earliest first: each lies in an opening of the zone.

    A slot belongs to the business day in which it begins: with days that start at 04:00, one at 02:00 is tomorrow's
    by the calendar.
    """
    first = date.fromisoformat(day)
    begins, ends = (_instant(times, first + n * DAY, day_starts) for n in (0, 1))
    days = [first + n * DAY for n in (-1, 0, 1)]  # an opening may begin on the evening before
    openings = [it for on in days for it in times.openings(zone, on)]
    spans = {span for on in days for span in _spans(slots, zone, on, times)}
    starts = {start for since, until in spans for start in _grid(since, until, slots.minutes)}
    length = timedelta(minutes=slots.minutes)
    return tuple(
        Slot(times.wall(start), times.wall(start + length), day)
        for start in sorted(starts)
        if begins <= start < ends and any(it.opens <= start and start + length <= it.closes for it in openings)
    )


def _spans(slots: Slots, zone: str, on: date, times: Timetable) -> Iterator[tuple[datetime, datetime]]:
    """From when to when slots follow each other on a day of the calendar, in UTC."""
    for it in times.openings(zone, on):
        if slots.begins or it.shift is ALWAYS:
            yield _instant(times, on, slots.begins or USUAL[0]), _instant(times, on, slots.ends or USUAL[1])
        else:
            yield it.opens, it.closes


def _grid(since: datetime, until: datetime, minutes: int) -> Iterator[datetime]:
    while since + timedelta(minutes=minutes) <= until:
        yield since
        since += timedelta(minutes=minutes)


def _instant(times: Timetable, on: date, word: str) -> datetime:
    hour, minute = word.split(":")
    return times.instant(on, int(hour) * 60 + int(minute))
