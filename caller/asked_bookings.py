"""What a request may say of bookings."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from caller.asked import Asked, Word


def _real_day(word: str) -> str:
    date.fromisoformat(word)
    return word


Day = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"), AfterValidator(_real_day)]
SlotName = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]


class DayOf(Asked):
    """Which day's bookings are wanted."""

    day: Day | None = Field(None, description="2026-11-23; left out: today.")


class SlotsOf(Asked):
    """Which free slots are wanted."""

    service: Word = Field(description="A service's id, from GET services.")
    day: Day | None = Field(None, description="2026-11-23; left out: today.")


class Book(Asked):
    """Book a place in a slot."""

    service: Word = Field(description="A service's id, from GET services.")
    day: Day = Field(description="2026-11-23.")
    slot: SlotName = Field(description="When the slot begins: 09:30, as GET bookings/slots offers it.")
    name: Word = Field("", description="The visitor's name; only its masked form is kept: 王*海.")
    person: Word = Field("", description="An ID number, to check in by it; only an HMAC of it is kept.")
    phone: Word = Field("", description="Who gives no ID number is known by it; only an HMAC of it is kept.")


class ComeIn(Asked):
    """Check in. With `kiosk` the ticket is printed there."""

    kiosk: Word | None = Field(None, description="The kiosk whose printer prints it.")


class ComeInByPerson(ComeIn):
    """Check in without a code: the person's booking of today. Either `person` or `card`."""

    person: Word = Field("", description="The ID number that was booked with.")
    card: Word = Field("", description="The card just shown at a kiosk, by its reference, once.")

    @model_validator(mode="after")
    def _somebody(self) -> Self:
        if bool(self.person) == bool(self.card):
            raise ValueError("either person or card is needed")
        return self


class BookingIn(Asked):
    """A booking of another system, as `POST bookings/import` takes a list of them."""

    id: Word = Field("", description="Its id there: the same again changes nothing.")
    service: Word = Field(description="The service's id or its name.")
    day: Word = Field(description="2026-11-23.")
    slot: Word = Field(description="When the slot begins: 09:30.")
    name: Word = Field("", description="The visitor's name; only its masked form is kept.")
    person: Word = Field("", description="An ID number; only an HMAC of it is kept.")
    phone: Word = Field("", description="Reserved for messages; not kept.")


class HowToImport(Asked):
    """What becomes of a file with bad lines."""

    skip_bad: bool = Field(False, description="Take over the good lines. Else one bad line stops all of them.")


def plain_code(code: str) -> str:
    """A code as it is kept, however it was typed or read aloud: "k7qm-4xpd", with full-width letters, with spaces.

    >>> plain_code("k7qm 4xpd"), plain_code("Ｋ７ＱＭ－４ＸＰＤ")
    ('K7QM4XPD', 'K7QM4XPD')
    """
    return "".join(char for char in unicodedata.normalize("NFKC", code).upper() if char.isalnum())[:32]
