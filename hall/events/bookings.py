"""A booking is made, cancelled, checked in, never used."""

from __future__ import annotations

from dataclasses import dataclass, field

from hall.events.event import Event


@dataclass(frozen=True, kw_only=True)
class BookingMade(Event):
    """`start` and `end` are ISO times, `name` is masked, `person` an HMAC, `external` its id in another system."""

    code: str
    service: str
    queue: str
    date: str
    start: str
    end: str
    name: str = ""
    person: str = ""
    external: str = ""


@dataclass(frozen=True, kw_only=True)
class BookingsImported(Event):
    """A file was taken over: how many of it were new, how many were there already, and the lines passed over."""

    made: int
    known: int
    skipped: list[int] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class BookingCancelled(Event):
    code: str


@dataclass(frozen=True, kw_only=True)
class BookingCheckedIn(Event):
    """`number` is its ticket, taken in the same commit; not `on_time` is an ordinary one."""

    code: str
    number: str
    on_time: bool


@dataclass(frozen=True, kw_only=True)
class BookingMissed(Event):
    """The day of the booking is over and the visitor never came; `person` is whose no-show it is."""

    code: str
    day: str
    person: str = ""
