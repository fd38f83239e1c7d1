"""What a request may say: the bodies of the calls, for HTTP and the sockets alike. Nothing that is not described."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from hall.plan import ClassName

Word = Annotated[str, Field(max_length=64, pattern=r"^[^\x00-\x1f\x7f]*$")]
Sentence = Annotated[str, Field(max_length=500, pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$")]

Note = Annotated[str, Field(max_length=200, pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$")]


class Asked(BaseModel):
    """A request's body: nothing that is not described."""

    model_config = ConfigDict(extra="forbid")


class Take(Asked):
    """Take a number. With `kiosk` it is printed there."""

    service: Word = Field(description="A service's id, from GET services.")
    klass: ClassName = Field("normal", alias="class", description="The ticket's class.")
    person: Word | None = Field(None, description="An ID number, or any other id of the visitor; only an HMAC is kept.")
    card: Word = Field("", description="In place of person: the card just shown at a kiosk, by its reference, once.")
    phone: Word | None = Field(None, description="A mainland mobile, or + and 6 to 15 digits; checked, not kept yet.")
    kiosk: Word | None = Field(None, description="The kiosk whose printer prints it.")
    confirm: bool = Field(False, description="Staff: out of hours all the same (not_open, last_ticket_over).")
    case: Word = Field("", description="出件: the number of the matter that is collected (办件编号).")


def good_key(key: object) -> bool:
    """Can it be a command's id? At most 200 characters that can be printed, or "" for none."""
    return isinstance(key, str) and len(key) <= 200 and key.isprintable()


class Nothing(Asked):
    """No body, or an empty one."""


class Open(Asked):
    clerk: Word = Field("", description="A staff number; empty: the token's, or the plan's.")
    confirm: bool = Field(
        False, description="Take over: from the clerk there, or from the window you are logged in at."
    )


class Close(Asked):
    confirm: bool = Field(False, description="Although visitors are left: see the refusal visitors_left.")


class CloseZone(Close):
    """Give no more numbers in the zone today."""

    reason: Word = Field("", description="Shown to whoever wants a number.")


class ByNumber(Asked):
    number: Word = Field(description="A ticket's number: A001.")


class Resume(Asked):
    number: Word = Field("", description="A held ticket; empty: the one held last.")


class Finish(Asked):
    """How the visit ended; nothing said: done."""

    outcome: Literal["done", "accepted", "refused"] = Field(
        "done", description="Settled, taken in, or not accepted (不予受理), which needs a reason."
    )
    reason: Note = Field("", description="Why it was not accepted.")
    case: Word = Field("", description="The department's own number of the matter (办件编号).")
    last: bool = Field(False, description="一票到底: end the visit here, though steps are left.")


class Skip(Asked):
    """A step that the visitor need not go to."""

    queue: Word = Field("", description="One queue still to come; empty: all of the next step.")


class Transfer(Asked):
    """To a queue or to a window."""

    queue: Word = Field("", description="A queue's id.")
    window: Word = Field("", description="A window's id.")
    place: Literal["front", "end"] = Field("end", description="front keeps the time taken, end does not.")
    note: Note = Field("", description="For the clerk who calls it next; visitors do not see it.")


class Pause(Asked):
    reason: Word = Field("", description="Shown on the window's screen.")
    until: datetime | None = Field(None, description="When service goes on.")


class Auto(Asked):
    """Call by itself when idle."""

    seconds: int = Field(ge=0, le=600, description="Idle for so long; 0: never.")


class Back(Asked):
    """Whose ticket it is, to return or to give it up: its token, or the check digits of its slip."""

    token: Word = Field("", description="The ticket's token, as its page on the phone has it.")
    check: Word = Field("", description="The check digits beside the number on the slip.")


class PrintCopy(Asked):
    """补打: a copy of the slip."""

    kiosk: Annotated[Word, Field(min_length=1)] = Field(description="Where it comes out.")


class Unblock(Asked):
    """Let somebody take numbers again."""

    person: Annotated[Word, Field(min_length=1)] = Field(
        description="An ID number, or the id that numbers were taken with."
    )


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
