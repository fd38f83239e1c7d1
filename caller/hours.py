"""What the clock alone changes: views at the minute in which a zone opens or closes, or a pause passes its stated end;
and a calendar that runs out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import structlog

from hall.plan import Plan

log = structlog.get_logger("hours")
VIEWS = ("kiosk", "panel", "desk", "ticket")
A_MOMENT_S = 0.02
CALENDAR_AHEAD = timedelta(days=30)


class HoursWatch:
    """`now()` is the hall's time; `touch(view)` has a view built again and sent where it has changed.

    `next_back(at)` is when, after that moment, the next paused window goes on, as was said; None: nobody has said it.
    """

    def __init__(
        self,
        plan: Plan,
        now: Callable[[], datetime],
        touch: Callable[[str], None],
        next_back: Callable[[datetime], datetime | None] = lambda at: None,
    ) -> None:
        self._plan = plan
        self._now = now
        self._touch = touch
        self._next_back = next_back
        self._seen: Any = None
        self._looked: datetime | None = None
        self._warned = ""

    def seconds_to_change(self) -> float:
        """How long until the hours change something, or a pause passes its stated end."""
        now = self._now()
        change = min(filter(None, [self._plan.timetable.next_change(now), self._next_back(now)]))
        return max(0.0, (change - now).total_seconds()) + A_MOMENT_S

    def look(self) -> None:
        """Touch the views if either has happened since the last look; warn once of a calendar that runs out."""
        now, times = self._now(), self._plan.timetable
        seen = [times.day(now), *((times.giving(z.id, now), times.running(z.id, now)) for z in self._plan.zones)]
        back = self._next_back(self._looked) if self._looked else None
        self._looked = now
        if self._seen not in (None, seen) or (back and back <= now):
            for view in VIEWS:
                self._touch(view)
        self._seen = seen
        warning = calendar_runs_out(self._plan, now)
        if warning and warning != self._warned:
            log.warning(warning)
        self._warned = warning or self._warned


def calendar_runs_out(plan: Plan, now: datetime) -> str:
    """A sentence when hours go by holidays that nobody has announced yet, or that this program does not know; or ""."""
    times = plan.timetable
    year = times.unknown_year(times.day(now)) or times.unknown_year(times.day(now + CALENDAR_AHEAD))
    if not year:
        return ""
    return (
        f"the holidays of {year} are not known here: Monday to Friday count as workdays. "
        "Once they are announced, update the package chinesecalendar, or write them under hours.exceptions"
    )
