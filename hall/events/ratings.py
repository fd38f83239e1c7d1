"""A visit is rated."""

from __future__ import annotations

from dataclasses import dataclass

from hall.events.event import Event


@dataclass(frozen=True, kw_only=True)
class VisitRated(Event):
    """The grade's name, never a number: provinces count in opposite directions (GB/T 39046 A.8, DOMAIN.md)."""

    number: str
    window: str
    grade: str
    aspects: list[str]
    words: str
    channel: str
