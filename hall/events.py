"""What has happened. Events recall; they are what the journal keeps, so a field once written is never renamed.

Each is a frozen value of JSON scalars, lists and dicts. `at` and `actor` are columns of the journal, the rest is
its data. A changed shape is a new VERSION with an upcaster in `from_data`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

VERSION = 1


@dataclass(frozen=True, kw_only=True)
class Event:
    at: datetime
    actor: str = ""


@dataclass(frozen=True, kw_only=True)
class DayClosed(Event):
    """`unserved`: the numbers that still waited or were held when the day ended."""

    day: str
    unserved: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class DayOpened(Event):
    """Numbers begin at 1 again; replay begins here."""

    day: str


@dataclass(frozen=True, kw_only=True)
class TicketTaken(Event):
    number: str
    running: int
    token: str
    service: str
    queue: str
    klass: str
    kiosk: str


@dataclass(frozen=True, kw_only=True)
class TicketPrinted(Event):
    number: str
    printer: str


@dataclass(frozen=True, kw_only=True)
class PrintFailed(Event):
    number: str
    printer: str
    error: str


@dataclass(frozen=True, kw_only=True)
class TicketCalled(Event):
    """`call` counts the calls of the day; `why` keeps the part of the rule that decided, candidates, the overtaken."""

    number: str
    window: str
    call: int
    why: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class TicketRecalled(Event):
    number: str
    window: str
    call: int


@dataclass(frozen=True, kw_only=True)
class ServiceStarted(Event):
    number: str
    window: str


@dataclass(frozen=True, kw_only=True)
class ServiceFinished(Event):
    """`by` is "finish", or "next" when the next call ended it. `rate_until` is "" when no rating is asked for."""

    number: str
    window: str
    by: str
    rate_until: str


@dataclass(frozen=True, kw_only=True)
class TicketMissed(Event):
    number: str
    window: str


@dataclass(frozen=True, kw_only=True)
class TicketReturned(Event):
    """`due`: it stands at its old place again when so many tickets of its queue have been called today."""

    number: str
    due: int


@dataclass(frozen=True, kw_only=True)
class TicketHeld(Event):
    number: str
    window: str


@dataclass(frozen=True, kw_only=True)
class TicketResumed(Event):
    number: str
    window: str


@dataclass(frozen=True, kw_only=True)
class TicketTransferred(Event):
    number: str
    window: str
    queue: str
    to_window: str
    place: str


@dataclass(frozen=True, kw_only=True)
class WindowOpened(Event):
    window: str
    clerk: str


@dataclass(frozen=True, kw_only=True)
class WindowPaused(Event):
    window: str
    reason: str
    until: str


@dataclass(frozen=True, kw_only=True)
class WindowClosed(Event):
    window: str


@dataclass(frozen=True, kw_only=True)
class VisitRated(Event):
    """The grade's name, never a number: provinces count in opposite directions (GB/T 39046 A.8, DOMAIN.md)."""

    number: str
    window: str
    grade: str
    aspects: list[str]
    words: str
    channel: str


KINDS: dict[str, type[Event]] = {
    kind.__name__: kind
    for kind in (
        DayClosed,
        DayOpened,
        TicketTaken,
        TicketPrinted,
        PrintFailed,
        TicketCalled,
        TicketRecalled,
        ServiceStarted,
        ServiceFinished,
        TicketMissed,
        TicketReturned,
        TicketHeld,
        TicketResumed,
        TicketTransferred,
        WindowOpened,
        WindowPaused,
        WindowClosed,
        VisitRated,
    )
}
_DATA_FIELDS = {kind: tuple(f.name for f in fields(kind) if f.name not in ("at", "actor")) for kind in KINDS.values()}


def to_data(event: Event) -> dict[str, Any]:
    """What the journal's data column holds: every field but `at` and `actor`."""
    return {name: getattr(event, name) for name in _DATA_FIELDS[type(event)]}


def from_data(kind: str, version: int, at: datetime, actor: str, data: dict[str, Any]) -> Event:
    """The event again. Raises ValueError for a kind or version that this program does not know."""
    if kind not in KINDS or version > VERSION:
        raise ValueError(f"event {kind} version {version} is newer than this program: install the newer version again")
    return KINDS[kind](at=at, actor=actor, **data)
