"""What every event has: when it happened and who made it happen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Event:
    """`follows`: the same command made the event before it too (decide says so), so they are undone together."""

    at: datetime
    actor: str = ""
    follows: bool = False
