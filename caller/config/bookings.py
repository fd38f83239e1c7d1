"""The config's keys of bookings: the slots of a queue, and the letters of those who booked one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

from pydantic import Field, model_validator

from caller.config.hours import minutes_of
from caller.config.problems import Found
from caller.config.rows import Rows, word
from caller.config.values import EndTime, Mistake, Part, Time, Whole
from caller.config.yaml import Key
from hall.slots import Slots


class BookingsPart(Part):
    """预约: the slots of a queue that may be booked, the same every day (docs/bookings.md)."""

    capacity: Whole = Field(ge=1, le=999, description="How many visitors may book each slot.")
    minutes: Whole = Field(30, ge=5, le=480, description="How long a slot is.")
    begins: Time = Field("", description="When the first slot begins. Empty: when the zone opens, or 09:00.")
    ends: EndTime = Field(
        "", description="When the last ends at the latest, 24:00 too. Empty: when the zone closes, or 17:00."
    )
    days_ahead: Whole = Field(7, ge=0, le=366, description="So many days before may be booked. 0: today only.")
    early: Whole = Field(15, ge=0, le=240, description="Check-in begins so many minutes before the slot …")
    late: Whole = Field(
        30,
        ge=0,
        le=240,
        description="… and ends so many after its start: who comes later queues as an ordinary visitor.",
    )

    @model_validator(mode="after")
    def _there_is_a_slot(self) -> Self:
        if bool(self.begins) != bool(self.ends):
            raise Mistake("write both `begins` and `ends`, or neither for the zone's hours")
        if self.begins and minutes_of(self.ends) - minutes_of(self.begins) < self.minutes:
            raise Mistake(f"no slot of {self.minutes} minutes fits between {self.begins} and {self.ends}")
        return self

    def slots(self) -> Slots:
        """The same for the rules of the hall."""
        return Slots(**vars(self))


def check_bookings(file: Rows) -> Iterator[Found]:
    """Letters of booked numbers that another queue has, or that no booking can ever get."""
    first: dict[str, Key] = {}
    for where, row in file.rows("queues"):
        if letters := word(row, "letters"):
            first.setdefault(letters, (*where, "letters"))
    for where, row in file.rows("queues"):
        letters = word(row, "booked_letters")
        if not letters:
            continue
        here = (*where, "booked_letters")
        if (at := first.setdefault(letters, here)) != here:
            yield Found(here, f"letters {letters!r} are there already, on line {file.line(at)}")
        if row.get("bookings") is None:
            yield Found(here, "the queue takes no bookings: write `bookings` too, or leave this out")
