"""What may be asked of a window: each call's body and the command it becomes, once for HTTP, sockets and keypads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from caller.asked import Asked, Auto, ByNumber, Close, Finish, Nothing, Open, Pause, Resume, Skip, Transfer
from caller.tokens import Who
from hall import commands as c


@dataclass(frozen=True)
class Action:
    """A window's call: its body and its command."""

    body: type[Asked]
    make: Callable[[str, Any, Who, datetime], c.Command]
    summary: str


def _plain(command: type[c.WindowCommand]) -> Callable[[str, Any, Who, datetime], c.Command]:
    return lambda window, body, who, at: command(at=at, actor=who.actor, window=window)


WINDOW_ACTIONS: dict[str, Action] = {
    "open": Action(
        Open,
        lambda w, b, who, at: c.OpenWindow(
            at=at, actor=who.actor, window=w, clerk=b.clerk or who.clerk, confirm=b.confirm
        ),
        "Open the window, or come back from a pause",
    ),
    "next": Action(Nothing, _plain(c.CallNext), "Finish what is at the window and call the next"),
    "recall": Action(Nothing, _plain(c.Recall), "Call the called visitor again"),
    "arrive": Action(Nothing, _plain(c.Arrive), "The called visitor has come to the window"),
    "start": Action(Nothing, _plain(c.StartService), "Serving begins"),
    "finish": Action(
        Finish,
        lambda w, b, who, at: c.FinishService(
            at=at, actor=who.actor, window=w, outcome=b.outcome, reason=b.reason, case=b.case, last=b.last
        ),
        "Finish, with the outcome; a visit goes on to its next step, at its end the visitor is asked for a rating",
    ),
    "no-show": Action(Nothing, _plain(c.MarkNoShow), "The visitor has not come"),
    "hold": Action(Nothing, _plain(c.HoldTicket), "Put the ticket on hold"),
    "resume": Action(
        Resume,
        lambda w, b, who, at: c.ResumeTicket(at=at, actor=who.actor, window=w, number=b.number),
        "Take a held ticket up again",
    ),
    "transfer": Action(
        Transfer,
        lambda w, b, who, at: c.TransferTicket(
            at=at, actor=who.actor, window=w, queue=b.queue, to_window=b.window, place=b.place, note=b.note
        ),
        "Send the ticket to another queue or window",
    ),
    "skip": Action(
        Skip,
        lambda w, b, who, at: c.SkipStep(at=at, actor=who.actor, window=w, queue=b.queue),
        "The visitor need not go to a step still to come",
    ),
    "call": Action(
        ByNumber,
        lambda w, b, who, at: c.CallNumber(at=at, actor=who.actor, window=w, number=b.number.upper()),
        "Call a ticket by its number",
    ),
    "return": Action(
        ByNumber,
        lambda w, b, who, at: c.ReturnTicket(at=at, actor=who.actor, number=b.number.upper()),
        "A visitor who missed the call is back",
    ),
    "pause": Action(
        Pause,
        lambda w, b, who, at: c.PauseWindow(
            at=at, actor=who.actor, window=w, reason=b.reason, until=b.until.isoformat() if b.until else ""
        ),
        "Pause the window",
    ),
    "undo": Action(Nothing, _plain(c.UndoStep), "Take the window's last step back"),
    "close": Action(
        Close,
        lambda w, b, who, at: c.CloseWindow(at=at, actor=who.actor, window=w, confirm=b.confirm),
        "Close the window; refused with who is left when no other window serves them, unless confirmed",
    ),
    "auto": Action(
        Auto,
        lambda w, b, who, at: c.SetAutoNext(at=at, actor=who.actor, window=w, seconds=b.seconds),
        "Let the window call by itself when it is idle, or no longer",
    ),
}
