"""A called visitor comes to the window; a visitor gives up."""

from __future__ import annotations

from dataclasses import dataclass

from hall.events.event import Event


@dataclass(frozen=True, kw_only=True)
class TicketArrived(Event):
    number: str
    window: str


@dataclass(frozen=True, kw_only=True)
class TicketAbandoned(Event):
    """`window` is where it was called or held, "" when it was at no window."""

    number: str
    window: str
