"""Hours against a clock that is read minute by minute: open when a shift says so, and next when it first does again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hall.hours.shifts import DAY_WORDS, WEEKDAYS, Hours, Shift, SpecialDays
from hall.hours.timetable import Timetable
from hall.hours.words import day_said
from hall.hours.workdays import is_known, is_workday

MINUTE = timedelta(minutes=1)
WEEKS = (date(2026, 2, 12), date(2026, 3, 6), date(2026, 4, 3))
"""Spring Festival with its make-up days; clocks that change in New York; clocks that change on Lord Howe."""
PLACES = ("Asia/Shanghai", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "UTC")

Days = st.lists(st.sampled_from(DAY_WORDS), min_size=1, max_size=3, unique=True).map(tuple)
# from four on: a time that a day has twice, or not at all, is before; to four: shifts that end in the night
Opens = st.integers(4 * 60, 23 * 60 + 59)


@st.composite
def shifts(draw: st.DrawFn) -> Shift:
    opens = draw(Opens)
    closes = draw(st.one_of(st.integers(opens + 1, 24 * 60), st.just(28 * 60)))
    last = draw(st.sampled_from([closes, (opens + min(closes, 24 * 60) + 1) // 2]))
    return Shift(opens, last, closes, days=draw(Days))


@st.composite
def exceptions(draw: st.DrawFn, week: date) -> SpecialDays:
    first = week + timedelta(days=draw(st.integers(0, 5)))
    last = first + timedelta(days=draw(st.integers(0, 3)))
    own = tuple(draw(st.lists(shifts(), max_size=2)))
    return SpecialDays(first, last, "", own, draw(st.sampled_from([(), ("z",), ("y",)])))


@dataclass(frozen=True)
class Case:
    """Hours, a zone's own shifts, a place, and an instant: mostly a minute at which something begins or ends."""

    hours: Hours
    own: tuple[Shift, ...]
    place: str
    at: datetime


@st.composite
def cases(draw: st.DrawFn) -> Case:
    week = draw(st.sampled_from(WEEKS))
    hours = Hours(
        tuple(draw(st.lists(shifts(), max_size=3))),
        tuple(draw(st.lists(exceptions(week), max_size=3))),
        draw(st.sampled_from(("china", "weekdays"))),
    )
    own = tuple(draw(st.lists(shifts(), max_size=2)))
    place = draw(st.sampled_from(PLACES))
    every = [*hours.shifts, *own, *(shift for it in hours.exceptions for shift in it.shifts)]
    edges = [minute + n for it in every for minute in (it.opens, it.last, it.closes) for n in (-1, 0, 1)]
    minute = draw(st.one_of(st.sampled_from(edges), st.integers(0, 1439)) if edges else st.integers(0, 1439))
    midnight = datetime.combine(week, time(), ZoneInfo(place)) + timedelta(days=draw(st.integers(0, 7)))
    return Case(hours, own, place, (midnight + minute * MINUTE).astimezone(UTC))


@lru_cache(maxsize=64)
def shifts_on(hours: Hours, own: tuple[Shift, ...], zone: str, day: date) -> list[Shift]:
    """What a clerk would read off the plan for this day."""
    held = [it for it in hours.exceptions if it.first <= day <= it.last and (zone in it.zones or not it.zones)]
    for it in sorted(held, key=lambda it: not it.zones):
        return list(it.shifts)
    works = is_workday(day) if hours.calendar == "china" else day.weekday() < 5
    words = {day.strftime("%a").lower(), "workdays" if works else "restdays"}
    every = Shift(0, 1440, 1440, days=WEEKDAYS)
    return [it for it in own or hours.shifts or (every,) if words & set(it.days)]


def given_at(hours: Hours, own: tuple[Shift, ...], zone: str, wall: datetime) -> bool:
    """By the clock on the wall: does a shift of today, or one of yesterday that lasts over midnight, give numbers?"""
    minute = wall.hour * 60 + wall.minute
    yesterday = wall.date() - timedelta(days=1)
    return any(it.opens <= minute < it.last for it in shifts_on(hours, own, zone, wall.date())) or any(
        it.opens <= minute + 1440 < it.last for it in shifts_on(hours, own, zone, yesterday)
    )


@settings(max_examples=80, deadline=None)
@given(case=cases())
def test_open_is_when_a_shift_of_the_day_says_so_and_next_is_the_first_such_minute(case: Case) -> None:
    """Whatever the shifts and exceptions, in the hall's zone whatever it is, over the days on which clocks change."""
    hours, own, now, tz = case.hours, case.own, case.at, ZoneInfo(case.place)
    times = Timetable(hours, {"z": own}, case.place)

    def is_given(instant: datetime) -> bool:
        return given_at(hours, own, "z", instant.astimezone(tz).replace(tzinfo=None))

    assert (times.giving("z", now) is not None) == is_given(now)
    assert times.giving("z", now.astimezone(tz)) == times.giving("z", now), "an instant is one in every zone"
    if is_given(now):
        giving = times.giving("z", now)
        assert giving and giving.opens <= now < giving.last
        assert all(is_given(now + n * MINUTE) for n in range(0, (giving.last - now) // MINUTE, 2))
        return
    following = times.next("z", now)
    soon = now + timedelta(days=2)
    first = next((it for n in range(1, 2 * 1440 + 1) if is_given(it := now + n * MINUTE)), None)
    assert first == (following.opens if following and following.opens <= soon else None)


@settings(max_examples=40, deadline=None)
@given(case=cases())
def test_nothing_changes_between_two_changes(case: Case) -> None:
    """Whoever waits for next_change misses no minute at which a zone opens, gives its last ticket or closes."""
    times = Timetable(case.hours, {"z": case.own, "y": ()}, case.place)
    now = case.at
    change = times.next_change(now)
    assert now < change <= now + timedelta(hours=49)

    def seen(instant: datetime) -> list[object]:
        return [times.day(instant), *(f(zone, instant) for f in (times.giving, times.running) for zone in "zy")]

    before = seen(now)
    for n in range(0, (change - now) // MINUTE, 5):
        assert seen(now + n * MINUTE) == before


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-02-13", True),  # the Friday before
        ("2026-02-14", True),  # a Saturday made a workday
        ("2026-02-17", False),  # Spring Festival, a Tuesday
        ("2026-02-28", True),
        ("2026-03-01", False),
        ("2027-02-08", True),  # a Monday of a year that is not known yet
        ("2027-02-06", False),
    ],
)
def test_workdays_are_those_of_chinas_calendar(day: str, works: bool) -> None:
    assert is_workday(date.fromisoformat(day)) is works
    assert is_workday(date.fromisoformat(day), "weekdays") is (date.fromisoformat(day).weekday() < 5)


def test_a_year_that_is_not_announced_is_told_only_where_hours_go_by_it() -> None:
    far = date(date.max.year, 1, 4)
    assert not is_known(far) and is_known(date(2026, 12, 31))
    for days, calendar, told in (
        (("workdays",), "china", far.year),
        (("sat", "restdays"), "china", far.year),
        (("mon",), "china", None),
        (("workdays",), "weekdays", None),
    ):
        times = Timetable(Hours((Shift(0, 60, 60, days=days),), calendar=calendar), {"z": ()}, "UTC")
        assert times.unknown_year(far) == told
    own = Timetable(Hours(), {"z": (Shift(0, 60, 60),)}, "UTC")
    assert own.unknown_year(far) == far.year and own.unknown_year(date(2026, 1, 1)) is None


def test_without_hours_numbers_are_given_at_every_minute() -> None:
    times = Timetable(Hours(), {"z": ()}, "Asia/Shanghai")
    begin = datetime(2026, 12, 30, tzinfo=UTC)
    assert all(times.giving("z", begin + n * 7 * MINUTE) for n in range(600))


def test_shifts_that_follow_each_other_are_told_as_one() -> None:
    """The lunch shift begins as the morning ends: numbers are given until its last ticket."""
    shifts = (Shift(510, 720, 720), Shift(720, 800, 810), Shift(840, 1000, 1020))
    times = Timetable(Hours(shifts), {"z": ()}, "Asia/Shanghai")
    giving = times.giving("z", datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Asia/Shanghai")))
    assert (
        giving and times.local(giving.last).time() == time(13, 20) and times.local(giving.closes).time() == time(13, 30)
    )


def test_days_are_said_as_people_say_them() -> None:
    friday = date(2026, 11, 20)
    said = [day_said(friday + timedelta(days=n), friday)[0] for n in range(4)]
    assert said == ["今天", "明天", "后天", "11月23日（周一）"]


def test_a_zones_own_exception_stands_before_the_halls() -> None:
    """In whichever order they are written; the other zone has the hall's."""
    day = date(2026, 11, 23)
    closed, own = SpecialDays(day, day), SpecialDays(day, day, "", (Shift(540, 600, 600),), ("z",))
    at = datetime(2026, 11, 23, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
    for exceptions in ((closed, own), (own, closed)):
        times = Timetable(Hours(exceptions=exceptions), {"z": (), "y": ()}, "Asia/Shanghai")
        assert times.giving("z", at) and not times.giving("y", at)
