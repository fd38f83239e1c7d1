"""A window is to call by itself, or no longer."""

from __future__ import annotations

from dataclasses import dataclass

from hall.events.event import Event


@dataclass(frozen=True, kw_only=True)
class AutoNextSet(Event):
    """`seconds`: how long the window is idle before it calls by itself; 0 is never."""

    window: str
    seconds: int
