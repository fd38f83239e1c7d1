"""What has happened. Events recall; they are what the journal keeps, so a field once written is never renamed.

Each is a frozen value of JSON scalars, lists and dicts. `at` and `actor` are columns of the journal, the rest is
its data. A field added later has a default, so that older events can be read; another change of shape is a new VERSION
with an upcaster in `from_data`.
"""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from typing import Any

from hall.events.auto import AutoNextSet
from hall.events.bookings import BookingCancelled, BookingCheckedIn, BookingMade, BookingMissed, BookingsImported
from hall.events.coming import TicketAbandoned, TicketArrived
from hall.events.days import DayClosed, DayOpened
from hall.events.event import Event
from hall.events.logins import TicketMoved
from hall.events.persons import PersonUnblocked, QuotaLow
from hall.events.ratings import VisitRated
from hall.events.service import (
    ServiceFinished,
    ServiceStarted,
    TicketCalled,
    TicketHeld,
    TicketMissed,
    TicketRecalled,
    TicketResumed,
    TicketTransferred,
)
from hall.events.tickets import (
    PrintBroken,
    PrintFailed,
    PrintOrdered,
    TicketPrinted,
    TicketPutBack,
    TicketReturned,
    TicketTaken,
)
from hall.events.undo import StepUndone
from hall.events.visits import StepFinished, StepSkipped
from hall.events.windows import WindowClosed, WindowOpened, WindowPaused
from hall.events.zones import ZoneClosed, ZoneOpened

__all__ = [
    "KINDS",
    "VERSION",
    "AutoNextSet",
    "BookingCancelled",
    "BookingCheckedIn",
    "BookingMade",
    "BookingMissed",
    "BookingsImported",
    "DayClosed",
    "DayOpened",
    "Event",
    "PersonUnblocked",
    "PrintBroken",
    "PrintFailed",
    "PrintOrdered",
    "QuotaLow",
    "ServiceFinished",
    "ServiceStarted",
    "StepFinished",
    "StepSkipped",
    "StepUndone",
    "TicketAbandoned",
    "TicketArrived",
    "TicketCalled",
    "TicketHeld",
    "TicketMissed",
    "TicketMoved",
    "TicketPrinted",
    "TicketPutBack",
    "TicketRecalled",
    "TicketResumed",
    "TicketReturned",
    "TicketTaken",
    "TicketTransferred",
    "VisitRated",
    "WindowClosed",
    "WindowOpened",
    "WindowPaused",
    "ZoneClosed",
    "ZoneOpened",
    "from_data",
    "to_data",
]

VERSION = 1

KINDS: dict[str, type[Event]] = {
    kind.__name__: kind
    for kind in (
        DayClosed,
        DayOpened,
        TicketTaken,
        TicketPrinted,
        PrintBroken,
        PrintFailed,
        PrintOrdered,
        TicketCalled,
        TicketRecalled,
        TicketArrived,
        TicketAbandoned,
        ServiceStarted,
        ServiceFinished,
        TicketMissed,
        TicketPutBack,
        TicketReturned,
        TicketHeld,
        TicketResumed,
        TicketTransferred,
        WindowOpened,
        WindowPaused,
        WindowClosed,
        VisitRated,
        BookingMade,
        BookingsImported,
        BookingCancelled,
        BookingCheckedIn,
        BookingMissed,
        ZoneClosed,
        ZoneOpened,
        TicketMoved,
        AutoNextSet,
        PersonUnblocked,
        QuotaLow,
        StepFinished,
        StepSkipped,
        StepUndone,
    )
}
_BESIDE = ("at", "actor", "follows")
_DATA_FIELDS = {kind: tuple(f.name for f in fields(kind) if f.name not in _BESIDE) for kind in KINDS.values()}


def to_data(event: Event) -> dict[str, Any]:
    """What the journal's data column holds: every field but `at` and `actor`; `follows` only where it is true."""
    data = {name: getattr(event, name) for name in _DATA_FIELDS[type(event)]}
    return {**data, "follows": True} if event.follows else data


def from_data(kind: str, version: int, at: datetime, actor: str, data: dict[str, Any]) -> Event:
    """The event again. Raises ValueError for a kind or version that this program does not know."""
    if kind not in KINDS or version > VERSION:
        raise ValueError(f"event {kind} version {version} is newer than this program: install the newer version again")
    return KINDS[kind](at=at, actor=actor, **data)
