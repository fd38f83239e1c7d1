"""What may be asked of the hall, once for HTTP, the sockets and the keypads: bodies, rights, commands, answers."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from caller.dispatcher import Dispatcher
from caller.journal import Answer
from caller.tokens import Who
from hall import commands as c
from hall import events as ev
from hall import telling
from hall.plan import CLASSES
from hall.state import HallState

Word = Annotated[str, Field(max_length=64, pattern=r"^[^\x00-\x1f\x7f]*$")]
Sentence = Annotated[str, Field(max_length=500, pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$")]
Class = Literal["normal", "booked", "care", "urgent"]
assert Class.__args__ == CLASSES  # type: ignore[attr-defined]


class Asked(BaseModel):
    """A request's body: nothing that is not described."""

    model_config = ConfigDict(extra="forbid")


class Take(Asked):
    """Take a number. With `kiosk` it is printed there."""

    service: Word = Field(description="A service's id, from GET services.")
    klass: Class = Field("normal", alias="class", description="The ticket's class.")
    person: Word | None = Field(None, description="Reserved for one ticket a person; not kept.")
    phone: Word | None = Field(None, description="Reserved for messages; not kept.")
    kiosk: Word | None = Field(None, description="The kiosk whose printer prints it.")


def good_key(key: object) -> bool:
    """Can it be a command's id? At most 200 characters that can be printed, or "" for none."""
    return isinstance(key, str) and len(key) <= 200 and key.isprintable()


class Nothing(Asked):
    """No body, or an empty one."""


class Open(Asked):
    clerk: Word = Field("", description="A staff number; empty: the token's, or the plan's.")


class ByNumber(Asked):
    number: Word = Field(description="A ticket's number: A001.")


class Resume(Asked):
    number: Word = Field("", description="A held ticket; empty: the one held last.")


class Transfer(Asked):
    """To a queue or to a window."""

    queue: Word = Field("", description="A queue's id.")
    window: Word = Field("", description="A window's id.")
    place: Literal["front", "end"] = Field("end", description="front keeps the time taken, end does not.")


class Pause(Asked):
    reason: Word = Field("", description="Shown on the window's screen.")
    until: datetime | None = Field(None, description="When service goes on.")


class Rate(Asked):
    """Rate a visit, once."""

    ticket: Word = Field(description="The ticket's number, id or token.")
    grade: Word = Field(description="very_satisfied, satisfied, fairly_satisfied, dissatisfied or very_dissatisfied.")
    aspects: list[Literal["efficiency", "ability", "attitude"]] = Field([], description="What a poor grade is about.")
    words: Sentence = Field("", description="In the visitor's own words.")
    channel: Literal["window_pad", "off_desk", "kiosk", "phone", "pad", "qr", "sms", "call", "paper"] = Field(
        "phone", description="Where it was given."
    )
    check: Word = Field("", description="The check digits beside the number on the slip.")


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
        lambda w, b, who, at: c.OpenWindow(at=at, actor=who.actor, window=w, clerk=b.clerk or who.clerk),
        "Open the window, or come back from a pause",
    ),
    "next": Action(Nothing, _plain(c.CallNext), "Finish what is at the window and call the next"),
    "recall": Action(Nothing, _plain(c.Recall), "Call the called visitor again"),
    "start": Action(Nothing, _plain(c.StartService), "The visitor has come"),
    "finish": Action(Nothing, _plain(c.FinishService), "Finish; the visitor is asked for a rating"),
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
            at=at, actor=who.actor, window=w, queue=b.queue, to_window=b.window, place=b.place
        ),
        "Send the ticket to another queue or window",
    ),
    "call": Action(
        ByNumber,
        lambda w, b, who, at: c.CallNumber(at=at, actor=who.actor, window=w, number=b.number.upper()),
        "Call a ticket by its number",
    ),
    "pause": Action(
        Pause,
        lambda w, b, who, at: c.PauseWindow(
            at=at, actor=who.actor, window=w, reason=b.reason, until=b.until.isoformat() if b.until else ""
        ),
        "Pause the window",
    ),
    "close": Action(Nothing, _plain(c.CloseWindow), "Close the window"),
}


class NotAllowed(Exception):
    """Who asks may not; `known` is False when there was no token at all (401 rather than 403)."""

    def __init__(self, known: bool) -> None:
        self.known = known


class CannotPrint(Exception):
    """The kiosk's printer is not ready: no number is burnt. `state` is the device's."""

    def __init__(self, state: str) -> None:
        self.state = state


class Actions:
    """`printer_state(kiosk)` is how the kiosk's printer is, "" when it has none."""

    def __init__(self, dispatcher: Dispatcher, printer_state: Callable[[str], str]) -> None:
        self._dispatcher = dispatcher
        self._printer_state = printer_state

    def at_window(self, name: str, window: str, body: Asked, who: Who, command_id: str) -> Answer:
        """One of WINDOW_ACTIONS. Raises NotAllowed, dispatcher.NotKept."""
        if not who.may_work_at(window):
            raise NotAllowed(known=who.role != "visitor")
        action = WINDOW_ACTIONS[name]
        return self._dispatcher.handle(
            command_id,
            lambda at: action.make(window, body, who, at),
            lambda state, events, seq: telling.window(state, window, seq),
            asks=[name, window, body.model_dump(mode="json"), who.role],
        )

    def take(self, body: Take, who: Who, command_id: str) -> Answer:
        """取号. Raises CannotPrint before a number is used up, NotAllowed, NotKept."""
        if body.klass != "normal" and not (who.is_staff or who.role == "clerk"):
            raise NotAllowed(known=who.role != "visitor")
        if body.kiosk and not self._dispatcher.earlier(command_id):
            state = self._printer_state(body.kiosk)
            if state and state not in ("ok", "near_end"):
                raise CannotPrint(state)
        token = secrets.token_urlsafe(12)

        def make(at: datetime) -> c.Command:
            return c.TakeTicket(
                at=at,
                actor=f"kiosk:{body.kiosk}" if body.kiosk else who.actor,
                service=body.service,
                token=token,
                klass=body.klass,
                kiosk=body.kiosk or "",
            )

        def tell(state: HallState, events: list[ev.Event], seq: int) -> dict[str, Any]:
            taken = next(event for event in events if isinstance(event, ev.TicketTaken))
            return {**telling.taken(state, taken.number), "seq": seq}

        return self._dispatcher.handle(command_id, make, tell, status=201, asks=["take", body.model_dump(mode="json")])

    def rate(self, body: Rate, who: Who, command_id: str) -> Answer:
        """评价. A clerk may not. Raises NotAllowed, NotKept."""
        if who.role == "clerk":
            raise NotAllowed(known=True)
        with self._dispatcher.reading() as state:
            number, knows = _rater(state, body, who)

        def make(at: datetime) -> c.Command:
            return c.RateVisit(
                at=at,
                actor=who.actor,
                number=number,
                grade=body.grade,
                aspects=tuple(body.aspects),
                words=body.words,
                channel=body.channel,
                knows=knows,
            )

        def tell(state: HallState, events: list[ev.Event], seq: int) -> dict[str, Any]:
            return {"ticket": number, "grade": state.tickets[number].grade, "channel": body.channel, "seq": seq}

        asks = ["rate", body.model_dump(mode="json")]
        return self._dispatcher.handle(command_id, make, tell, status=201, asks=asks)


def _rater(state: HallState, body: Rate, who: Who) -> tuple[str, str]:
    """Which ticket is meant, and what the rater has shown to know: its token, its check digits, or a staff token."""
    if body.ticket in state.by_token:
        return state.by_token[body.ticket], "token"
    number = body.ticket.upper()
    number = number.removeprefix(f"{state.day}-")
    ticket = state.tickets.get(number)
    if ticket and body.check and secrets.compare_digest(ticket.check.encode(), body.check.encode()):
        return number, "check"
    return number, "staff" if who.is_staff else ""
