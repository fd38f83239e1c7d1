"""A zone stops giving numbers, and gives them again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hall.events.event import Event


@dataclass(frozen=True, kw_only=True)
class ZoneClosed(Event):
    """No more numbers in the zone today. `left`: who still waited, as hall.left tells it, when that was confirmed."""

    zone: str
    reason: str = ""
    left: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class ZoneOpened(Event):
    """The zone gives numbers again, in its hours."""

    zone: str
