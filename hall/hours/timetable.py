"""The hours as instants: is a zone open now, until when, and when next. Goes by the plan and the time asked alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hall.hours.shifts import ALWAYS, MINUTES_A_DAY, WEEKDAYS, Hours, Shift, SpecialDays
from hall.hours.workdays import is_known, is_workday

LOOKS_AHEAD_DAYS = 400
DAYS_KEPT = 4096
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Opening:
    """A shift on a day, as instants in UTC: two times of one zone are compared by Python as the clock shows them."""

    shift: Shift
    opens: datetime
    last: datetime
    closes: datetime


class Timetable:
    """`own` is each zone's shifts, where it has some instead of the hall's; `timezone` the hall's.

    A shift belongs to the day of the calendar that it begins on, also when it ends after midnight. Where clocks are set
    forward or back, a time that the day has twice is the first of the two.
    """

    def __init__(self, hours: Hours, own: Mapping[str, tuple[Shift, ...]], timezone: str) -> None:
        self._hours = hours
        self._own = own
        self._tz = ZoneInfo(timezone)
        self._kept: dict[tuple[str, date], tuple[Opening, ...]] = {}

    def giving(self, zone: str, at: datetime) -> Opening | None:
        """The opening in which numbers are given in the zone at this instant, None while they are not.

        Where another begins before its last ticket, the two are told as one, for a day ahead at most.
        """
        around = [*self._around(zone, at), *self.openings(zone, self.day(at) + DAY)]
        it = max((it for it in around if it.opens <= at < it.last), key=lambda it: it.last, default=None)
        for after in around if it else ():
            if it.opens < after.opens <= it.last < after.last:
                it = replace(it, last=after.last, closes=after.closes)
        return it

    def running(self, zone: str, at: datetime) -> Opening | None:
        """The opening that has begun and not ended, whether numbers are still given or not."""
        running = (it for it in self._around(zone, at) if it.opens <= at < it.closes)
        return max(running, key=lambda it: it.closes, default=None)

    def next(self, zone: str, at: datetime) -> Opening | None:
        """The first opening after this instant; None when there is none in the next LOOKS_AHEAD_DAYS."""
        day = self.day(at) - DAY
        for n in range(LOOKS_AHEAD_DAYS):
            for it in self.openings(zone, day + n * DAY):
                if it.opens > at:
                    return it
        return None

    def before(self, zone: str, at: datetime) -> Opening | None:
        """The latest opening of this day of the calendar that has begun."""
        begun = [it for it in self.openings(zone, self.day(at)) if it.opens <= at]
        return begun[-1] if begun else None

    def next_change(self, at: datetime) -> datetime:
        """The first instant after this one at which a zone opens, ends giving numbers or closes, or a day begins."""
        changes = [self.instant(self.day(at) + DAY, 0)]
        for zone in self._own:
            for it in self._around(zone, at + DAY):
                changes += [it.opens, it.last, it.closes]
            for it in self._around(zone, at):
                changes += [it.opens, it.last, it.closes]
        return min(it for it in changes if it > at)

    def openings(self, zone: str, day: date) -> tuple[Opening, ...]:
        """The zone's openings that begin on this day of the calendar, in order."""
        key = (zone, day)
        if key not in self._kept:
            if len(self._kept) >= DAYS_KEPT:
                self._kept.clear()
            made = (
                Opening(shift, *(self.instant(day, m) for m in (shift.opens, shift.last, shift.closes)))
                for shift in self._shifts(zone, day)
            )
            self._kept[key] = tuple(sorted((it for it in made if it.opens < it.last), key=lambda it: it.opens))
        return self._kept[key]

    def exception(self, zone: str, day: date) -> SpecialDays | None:
        """The exception that holds in the zone on this day: the zone's own before the hall's."""
        found = [it for it in self._hours.exceptions if it.hold(zone, day)]
        return next((it for it in found if it.zones), found[0] if found else None)

    def day(self, at: datetime) -> date:
        """The day of the hall's calendar."""
        return self.local(at).date()

    def local(self, at: datetime) -> datetime:
        """The same instant on the hall's clock."""
        return at.astimezone(self._tz)

    def unknown_year(self, day: date) -> int | None:
        """The year of `day`, if shifts go by China's calendar and it does not know that year."""
        written = [*self._hours.shifts, *(shift for own in self._own.values() for shift in own)]
        by_calendar = any(word in ("workdays", "restdays") for shift in written for word in shift.days)
        return day.year if self._hours.calendar == "china" and by_calendar and not is_known(day) else None

    def _shifts(self, zone: str, day: date) -> Iterator[Shift]:
        if exception := self.exception(zone, day):
            yield from exception.shifts
            return
        words = {WEEKDAYS[day.weekday()], "workdays" if is_workday(day, self._hours.calendar) else "restdays"}
        for shift in self._own.get(zone) or self._hours.shifts or (ALWAYS,):
            if words & set(shift.days):
                yield shift

    def _around(self, zone: str, at: datetime) -> Iterator[Opening]:
        day = self.day(at)
        yield from self.openings(zone, day - DAY)  # what began yesterday may last over midnight
        yield from self.openings(zone, day)

    def wall(self, at: datetime) -> datetime:
        """The same instant as the hall's clock shows it, with that day's offset: it can be compared and kept."""
        return datetime.fromisoformat(self.local(at).isoformat())

    def instant(self, day: date, minutes: int) -> datetime:
        """So many minutes of the hall's clock after midnight, in UTC; over 1440 is the next day."""
        days, minute = divmod(minutes, MINUTES_A_DAY)
        wall = datetime.combine(day + days * DAY, time(minute // 60, minute % 60), self._tz)
        return wall.astimezone(UTC)
