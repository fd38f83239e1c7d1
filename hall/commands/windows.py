"""What a clerk wants of a window and of the ticket there."""

from __future__ import annotations

from dataclasses import dataclass

from hall.commands.command import Command


@dataclass(frozen=True, kw_only=True)
class WindowCommand(Command):
    window: str


@dataclass(frozen=True, kw_only=True)
class OpenWindow(WindowCommand):
    """Open, or come back from a pause. `clerk` is a staff number; "" means whoever the plan puts there.

    `confirm` takes over: from another clerk at the window, and from the window where this clerk is logged in.
    """

    clerk: str = ""
    confirm: bool = False


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
    """Serving begins; the visitor is at the window, told so before or not."""


@dataclass(frozen=True, kw_only=True)
class FinishService(WindowCommand):
    """办结. A visit goes on to its next step unless this is its `last`, or refused; at its end a rating is asked for.

    `outcome` is "done", "accepted" or "refused" (不予受理), which needs a `reason`; `case` is the number that the
    department's own system gave the matter (办件编号).
    """

    outcome: str = "done"
    reason: str = ""
    case: str = ""
    last: bool = False


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
    """转移 to a queue or to a window; "front" keeps the time taken, "end" does not. `note` is for the clerk who
    calls it next."""

    queue: str = ""
    to_window: str = ""
    place: str = "end"
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class PauseWindow(WindowCommand):
    """暂停服务. `until` is an ISO time or ""."""

    reason: str = ""
    until: str = ""


@dataclass(frozen=True, kw_only=True)
class CloseWindow(WindowCommand):
    """关窗. Refused while a ticket is at the window. `confirm`: although visitors are left whom no other serves."""

    confirm: bool = False
