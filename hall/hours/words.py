"""Days and times as people at a counter say them: 明天 08:30."""

from __future__ import annotations

from datetime import date, datetime, timedelta

_WEEKDAYS = "一二三四五六日"
_WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")
_NEAR = {0: ("今天", "today"), 1: ("明天", "tomorrow"), 2: ("后天", "the day after tomorrow")}


def day_said(day: date, today: date) -> tuple[str, str]:
    """A day, in Chinese and English.

    >>> day_said(date(2026, 11, 23), date(2026, 11, 22)), day_said(date(2027, 1, 4), date(2026, 12, 31))
    (('明天', 'tomorrow'), ('1月4日（周一）', 'on Monday 4 Jan'))
    """
    near = _NEAR.get((day - today) // timedelta(days=1))
    if near:
        return near
    n = day.weekday()
    return (
        f"{day.month}月{day.day}日（周{_WEEKDAYS[n]}）",
        f"on {_WEEKDAYS_EN[n]} {day.day} {_MONTHS_EN[day.month - 1]}",
    )


def time_said(at: datetime, now: datetime) -> tuple[str, str]:
    """A time of the hall's clock, in Chinese and English, with its day unless it is today."""
    if at.date() == now.date():
        return f"{at:%H:%M}", f"{at:%H:%M}"
    zh, en = day_said(at.date(), now.date())
    return f"{zh} {at:%H:%M}", f"{en} at {at:%H:%M}"
