"""How many windows are open at which time of day, learnt day by day: lunch is no surprise."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

SLOT_S = 900
SLOTS = 96
NEW_DAY_WEIGHT = 0.4

Slots = list[float]


@dataclass(slots=True)
class Openings:
    """By zone: `usual` is the mean number of open windows in each quarter of an hour of the days before, `today` the
    window seconds of this day's; `since` when each open window began. Changed by evolve alone.
    """

    usual: dict[str, Slots] = field(default_factory=dict)
    today: dict[str, Slots] = field(default_factory=dict)
    since: dict[str, datetime] = field(default_factory=dict)

    def opened(self, window: str, at: datetime) -> None:
        self.since.setdefault(window, at)

    def ended(self, window: str, zone: str, at: datetime) -> None:
        """It is open no more, for a break or for good."""
        since = self.since.pop(window, None)
        if since is not None:
            _add(self.today.setdefault(zone, [0.0] * SLOTS), since, at)

    def worth_keeping(self, zone_of: dict[str, str], at: datetime) -> dict[str, Slots]:
        """What tomorrow will call usual; a day on which a zone was shut teaches nothing of it."""
        today = {zone: list(slots) for zone, slots in self.today.items()}
        for window, since in self.since.items():
            if window in zone_of:
                _add(today.setdefault(zone_of[window], [0.0] * SLOTS), since, at)
        kept = dict(self.usual)
        for zone, slots in today.items():
            before = self.usual.get(zone)
            mean = [seconds / SLOT_S for seconds in slots]
            if before:
                mean = [b + NEW_DAY_WEIGHT * (m - b) for b, m in zip(before, mean, strict=True)]
            kept[zone] = [round(m, 2) for m in mean]
        return kept

    def picture(self) -> dict[str, Any]:
        return {
            "usual": {zone: list(slots) for zone, slots in self.usual.items()},
            "today": {zone: list(slots) for zone, slots in self.today.items()},
            "since": dict(self.since),
        }


def slot_of(at: datetime) -> int:
    """The quarter of an hour of the day, 0 to 95, by the hall's clock."""
    return at.hour * 4 + at.minute // 15


def _add(slots: Slots, since: datetime, until: datetime) -> None:
    """The seconds between, each to its quarter of an hour. A clock that was set back adds nothing."""
    until = min(until, since + timedelta(days=1))
    while since < until:
        start = since.replace(minute=since.minute // 15 * 15, second=0, microsecond=0)
        end = min(until, start + timedelta(seconds=SLOT_S))
        slots[slot_of(since)] += (end - since).total_seconds()
        since = end
