"""What is wanted of a ticket, wherever it waits."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from hall.commands.command import Command


@dataclass(frozen=True, kw_only=True)
class TakeTicket(Command):
    """取号. `token` is an unguessable string made by the caller: it opens the ticket's page on the phone.

    `booking` is the code of the booking that becomes a ticket; `slot` its start, when its visitor is on time.
    `person` is an HMAC, never an ID number; `class_by` what gives the right to the class ("age", "booking", "staff");
    `by_staff`: reception asks, for whom a block is none.
    `confirmed`: staff have read that it is out of hours, and give the number all the same.
    `case` is the 受理号 of what is to be collected, `accepted` what the journal knows of it (Journal.accepted).
    """

    service: str
    token: str
    klass: str = "normal"
    kiosk: str = ""
    booking: str = ""
    slot: datetime | None = None
    person: str = ""
    class_by: str = ""
    by_staff: bool = False
    confirmed: bool = False
    case: str = ""
    accepted: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class ReturnTicket(Command):
    """A missed visitor is back the same day: called after the next so many of the queue (Plan.return_after)."""

    number: str


@dataclass(frozen=True, kw_only=True)
class FinishForLostWindow(Command):
    """办结 for a window that the config has no more: a restart at noon took it out while the ticket was there."""

    number: str


@dataclass(frozen=True, kw_only=True)
class PutBack(Command):
    """From a window that the config has no more back to waiting, at the place that it had: the time taken counts."""

    number: str


@dataclass(frozen=True, kw_only=True)
class ConfirmPrint(Command):
    """The printer says the slip is out."""

    number: str
    printer: str


@dataclass(frozen=True, kw_only=True)
class OrderPrint(Command):
    """补打: a copy of the slip at this kiosk, for a visitor who still waits."""

    number: str
    kiosk: str


@dataclass(frozen=True, kw_only=True)
class FailPrint(Command):
    """The slip did not come out; `error` is the device's code. `begun`: a part of it, or all, may be on paper."""

    number: str
    printer: str
    error: str
    begun: bool = False
