"""What is wanted of bookings: made, cancelled, checked in, taken over from another system."""

from __future__ import annotations

from dataclasses import dataclass

from hall.commands.command import Command


@dataclass(frozen=True, kw_only=True)
class MakeBooking(Command):
    """预约. `code` is made by the caller, unguessable; `slot` is the start as written: "09:30"; `name` is masked."""

    code: str
    service: str
    day: str
    slot: str
    name: str = ""
    person: str = ""


@dataclass(frozen=True)
class BookingRow:
    """A booking of another system, from `line` of its file. `external` is its id there."""

    line: int
    code: str
    external: str
    service: str
    day: str
    slot: str
    name: str = ""
    person: str = ""


@dataclass(frozen=True)
class UnreadableRow:
    """A line that is no booking: a stable `code` and the sentences that say why not."""

    line: int
    code: str
    detail: str
    detail_en: str


@dataclass(frozen=True, kw_only=True)
class ImportBookings(Command):
    """Take over all the rows, or none when one is bad; with `skip_bad` all the good ones."""

    rows: tuple[BookingRow, ...]
    unreadable: tuple[UnreadableRow, ...] = ()
    skip_bad: bool = False


@dataclass(frozen=True, kw_only=True)
class CancelBooking(Command):
    """The visitor will not come."""

    code: str


@dataclass(frozen=True, kw_only=True)
class CheckIn(Command):
    """签到取号: the booking becomes a ticket. By its code, or for the code "" by the person, who has one today."""

    code: str
    token: str
    person: str = ""
    kiosk: str = ""
