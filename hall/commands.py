"""What somebody wants done. Commands command; each says when (the caller's clock) and who."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Command:
    """`at` is the hall's time with zone; `actor` is who asks: "clerk:0268", "kiosk:1", "visitor", "agent:main"."""

    at: datetime
    actor: str = ""


@dataclass(frozen=True, kw_only=True)
class OpenDay(Command):
    """A new business day begins; `day` is its date, "2026-11-22"."""

    day: str


@dataclass(frozen=True, kw_only=True)
class TakeTicket(Command):
    """取号. `token` is an unguessable string made by the caller: it opens the ticket's page on the phone."""

    service: str
    token: str
    klass: str = "normal"
    kiosk: str = ""


@dataclass(frozen=True, kw_only=True)
class WindowCommand(Command):
    window: str


@dataclass(frozen=True, kw_only=True)
class OpenWindow(WindowCommand):
    """Open, or come back from a pause. `clerk` is a staff number; "" means whoever the plan puts there."""

    clerk: str = ""


@dataclass(frozen=True, kw_only=True)
class CallNext(WindowCommand):
    """顺呼. What is at the window is finished by it: on a keypad one key serves the whole day."""


@dataclass(frozen=True, kw_only=True)
class CallNumber(WindowCommand):
    """选呼: a waiting or missed ticket by its number."""

    number: str


@dataclass(frozen=True, kw_only=True)
class Recall(WindowCommand):
    """重呼."""


@dataclass(frozen=True, kw_only=True)
class StartService(WindowCommand):
    """The visitor is at the window."""


@dataclass(frozen=True, kw_only=True)
class FinishService(WindowCommand):
    """办结; the visitor is asked for a rating."""


@dataclass(frozen=True, kw_only=True)
class MarkNoShow(WindowCommand):
    """过号."""


@dataclass(frozen=True, kw_only=True)
class HoldTicket(WindowCommand):
    """挂起: the visitor will be back, the window is free."""


@dataclass(frozen=True, kw_only=True)
class ResumeTicket(WindowCommand):
    """回呼 a held ticket; "" is the one this window held last."""

    number: str = ""


@dataclass(frozen=True, kw_only=True)
class TransferTicket(WindowCommand):
    """转移 to a queue or to a window; "front" keeps the time taken, "end" does not."""

    queue: str = ""
    to_window: str = ""
    place: str = "end"


@dataclass(frozen=True, kw_only=True)
class PauseWindow(WindowCommand):
    """暂停服务. `until` is an ISO time or ""."""

    reason: str = ""
    until: str = ""


@dataclass(frozen=True, kw_only=True)
class CloseWindow(WindowCommand):
    """关窗. Refused while a ticket is at the window."""


@dataclass(frozen=True, kw_only=True)
class RateVisit(Command):
    """评价. `knows` says what the rater proved: "token", "check" (check digits), "staff", or "" for nothing."""

    number: str
    grade: str
    aspects: tuple[str, ...] = ()
    words: str = ""
    channel: str = ""
    knows: str = ""


@dataclass(frozen=True, kw_only=True)
class ReturnTicket(Command):
    """A missed visitor is back the same day: called after the next so many of the queue (Plan.return_after)."""

    number: str


@dataclass(frozen=True, kw_only=True)
class ConfirmPrint(Command):
    """The printer says the slip is out."""

    number: str
    printer: str


@dataclass(frozen=True, kw_only=True)
class FailPrint(Command):
    """The slip did not come out; `error` is the device's code."""

    number: str
    printer: str
    error: str
