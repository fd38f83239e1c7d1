"""The config's keys of hours: shifts of the days, and the hall's own exceptions."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from caller.config.values import EndTime, Mistake, Part, Ref, Text, Time
from hall.hours.shifts import MINUTES_A_DAY, DayWord, Hours, Shift, SpecialDays


def _last_ticket(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"(([01]\d|2[0-3]):[0-5]\d|24:00|\d{1,3})?", value, re.ASCII):
        raise Mistake(f"should be a time of day like 16:40, or minutes before the end like 20, not {value!r}")
    return value


def _day(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return date.fromisoformat(value if re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII) else "")
    except ValueError:
        raise Mistake(f"should be a day like 2026-12-31, not {value!r}") from None


LastTicket = Annotated[str, BeforeValidator(_last_ticket)]
Day = Annotated[date, BeforeValidator(_day)]
LastDay = Annotated[date | None, BeforeValidator(_day)]


class OpeningPart(Part):
    """From when to when."""

    name: Text = Field("", description="What the hall calls it: 上午, 错时服务.")
    opens: Time = Field(description="Numbers are given from this time …")
    last_ticket: LastTicket = Field(
        "", description="… until this one: a time, or so many minutes before the end. Empty: until the end."
    )
    closes: EndTime = Field(
        description="The end, also 24:00. A time not after `opens` is on the next day: 04:00 to 04:00 are 24 hours."
    )

    @model_validator(mode="after")
    def _last_ticket_in_it(self) -> Self:
        opens, last, closes = self.minutes()
        if not opens < last <= closes:
            raise Mistake(f"the last ticket ({self.last_ticket}) is not between {self.opens} and {self.closes}")
        return self

    def minutes(self) -> tuple[int, int, int]:
        """`opens`, `last_ticket`, `closes` in minutes since midnight; over 1440 is the next day."""
        opens, closes = minutes_of(self.opens), minutes_of(self.closes)
        closes += MINUTES_A_DAY if closes <= opens else 0
        if ":" not in self.last_ticket:
            return opens, closes - int(self.last_ticket or 0), closes
        last = minutes_of(self.last_ticket)
        return opens, last + (MINUTES_A_DAY if last <= opens else 0), closes

    def shift(self) -> Shift:
        """The same for the rules of the hall."""
        return Shift(*self.minutes(), name=self.name)


class ShiftPart(OpeningPart):
    """班次: when numbers are given, on which days."""

    days: list[DayWord] = Field(
        ["workdays"],
        min_length=1,
        description="mon … sun, `workdays` and `restdays` by the calendar: a make-up Saturday is a workday.",
    )

    def shift(self) -> Shift:
        """The same for the rules of the hall."""
        return Shift(*self.minutes(), name=self.name, days=tuple(self.days))


class ExceptionPart(Part):
    """The hall's own exception: days that are otherwise, whatever the shifts and the calendar say."""

    day: Day = Field(description="The day, as 2026-12-31 …")
    until: LastDay = Field(None, description="… to this one, which is the last. Left out: the one day.")
    name: Text = Field("", description="Why, for visitors: 系统升级.")
    zones: list[Ref] = Field([], description="In these zones only. Empty: in the whole hall.")
    shifts: list[OpeningPart] = Field([], description="Open at these times and no others. Empty: closed.")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.until and self.until < self.day:
            raise Mistake(f"ends ({self.until}) before it begins ({self.day})")
        return self

    def days(self) -> SpecialDays:
        """The same for the rules of the hall."""
        shifts = tuple(shift.shift() for shift in self.shifts)
        return SpecialDays(self.day, self.until or self.day, self.name, shifts, tuple(self.zones))


class HoursPart(Part):
    """取号时间: when numbers are given. Left out: at any hour (docs/hours.md)."""

    calendar: Literal["china", "weekdays"] = Field(
        "china", description="What workdays are: with China's holidays and make-up days, or Monday to Friday."
    )
    shifts: list[ShiftPart] = Field([], description="Of every zone that has no `hours` of its own.")
    exceptions: list[ExceptionPart] = Field([], description="The hall's own exceptions.")

    def hours(self) -> Hours:
        """The same for the rules of the hall."""
        return Hours(
            tuple(shift.shift() for shift in self.shifts),
            tuple(exception.days() for exception in self.exceptions),
            self.calendar,
        )


def minutes_of(word: str) -> int:
    """Minutes since midnight of "08:30"; of "24:00" 1440."""
    hour, minute = word.split(":")
    return int(hour) * 60 + int(minute)
