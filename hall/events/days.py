"""The business day opens and closes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hall.events.event import Event


@dataclass(frozen=True, kw_only=True)
class DayClosed(Event):
    """`unserved`: the numbers that still waited or were held when the day ended."""

    day: str
    unserved: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class DayOpened(Event):
    """Numbers begin at 1 again; replay begins here. `carried` is what outlives a day (hall.carry)."""

    day: str
    carried: dict[str, Any] = field(default_factory=dict)
