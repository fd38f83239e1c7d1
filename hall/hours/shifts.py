"""The hours as they are written: shifts of the days, and the days that are otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DayWord = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun", "workdays", "restdays"]
DAY_WORDS: tuple[str, ...] = get_args(DayWord)
MINUTES_A_DAY = 24 * 60


@dataclass(frozen=True)
class Shift:
    """班次. Minutes since the midnight that its day begins with; over 1440 is the next day.

    Numbers are given from `opens` until before `last`; whoever has one is served, at least until `closes`. `days` are
    DAY_WORDS. 0 <= opens < last <= closes <= opens + 1440.
    """

    opens: int
    last: int
    closes: int
    name: str = ""
    days: tuple[str, ...] = ("workdays",)


ALWAYS = Shift(0, MINUTES_A_DAY, MINUTES_A_DAY, days=WEEKDAYS)
"""What holds where no hours are written."""


@dataclass(frozen=True)
class SpecialDays:
    """The hall's own exception, from `first` to `last`, both included: these shifts and no others; none: closed.

    `zones` empty is the whole hall; an exception of a zone comes before one of the hall. The shifts' own `days` say
    nothing here.
    """

    first: date
    last: date
    name: str = ""
    shifts: tuple[Shift, ...] = ()
    zones: tuple[str, ...] = ()

    def hold(self, zone: str, day: date) -> bool:
        """Is `day` in `zone` otherwise?"""
        return self.first <= day <= self.last and (not self.zones or zone in self.zones)


@dataclass(frozen=True)
class Hours:
    """The hall's hours. `calendar` says which days are workdays: "china", or "weekdays" for Monday to Friday."""

    shifts: tuple[Shift, ...] = ()
    exceptions: tuple[SpecialDays, ...] = ()
    calendar: str = "china"
