"""Which days are workdays: China's holidays and make-up days, as the State Council announces them year by year.

The days come with the package chinesecalendar, which learns of a year late in the year before.
"""

from __future__ import annotations

from datetime import date

import chinese_calendar


def is_workday(day: date, calendar: str = "china") -> bool:
    """Do people work on this day? In a year that the calendar does not know, from Monday to Friday.

    >>> is_workday(date(2026, 2, 17)), is_workday(date(2026, 2, 28)), is_workday(date(2099, 2, 2))
    (False, True, True)
    """
    if calendar == "china":
        try:
            return chinese_calendar.is_workday(day)
        except NotImplementedError:  # how the package says that it does not know this year
            pass
    return day.weekday() < 5


def is_known(day: date) -> bool:
    """Does China's calendar know the year of this day?"""
    try:
        chinese_calendar.is_workday(day)
    except NotImplementedError:
        return False
    return True
