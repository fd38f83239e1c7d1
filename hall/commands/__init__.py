"""What somebody wants done. Commands command; each says when (the caller's clock) and who."""

from __future__ import annotations

from hall.commands.auto import CallWhenIdle, SetAutoNext
from hall.commands.bookings import BookingRow, CancelBooking, CheckIn, ImportBookings, MakeBooking, UnreadableRow
from hall.commands.coming import AbandonTicket, Arrive
from hall.commands.command import Command
from hall.commands.days import OpenDay
from hall.commands.persons import UnblockPerson
from hall.commands.ratings import RateVisit
from hall.commands.tickets import (
    ConfirmPrint,
    FailPrint,
    FinishForLostWindow,
    OrderPrint,
    PutBack,
    ReturnTicket,
    TakeTicket,
)
from hall.commands.undo import UndoStep
from hall.commands.visits import SkipStep
from hall.commands.windows import (
    CallNext,
    CallNumber,
    CloseWindow,
    FinishService,
    HoldTicket,
    MarkNoShow,
    OpenWindow,
    PauseWindow,
    Recall,
    ResumeTicket,
    StartService,
    TransferTicket,
    WindowCommand,
)
from hall.commands.zones import CloseZone, OpenZone

__all__ = [
    "AbandonTicket",
    "Arrive",
    "BookingRow",
    "CallNext",
    "CallNumber",
    "CallWhenIdle",
    "CancelBooking",
    "CheckIn",
    "CloseWindow",
    "CloseZone",
    "Command",
    "ConfirmPrint",
    "FailPrint",
    "FinishForLostWindow",
    "FinishService",
    "HoldTicket",
    "ImportBookings",
    "MakeBooking",
    "MarkNoShow",
    "OpenDay",
    "OpenWindow",
    "OpenZone",
    "OrderPrint",
    "PauseWindow",
    "PutBack",
    "RateVisit",
    "Recall",
    "ResumeTicket",
    "ReturnTicket",
    "SetAutoNext",
    "SkipStep",
    "StartService",
    "TakeTicket",
    "TransferTicket",
    "UnblockPerson",
    "UndoStep",
    "UnreadableRow",
    "WindowCommand",
]
