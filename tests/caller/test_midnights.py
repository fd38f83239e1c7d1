"""When a business day begins: at its hour in the hall's zone, whatever the calendar, the clock and the machine do."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caller.dispatcher import Dispatcher
from hall import commands as c
from hall.plan import Plan

from .doors import number, press, take

TURNS = [
    ("2026-11-23 03:59", "2026-11-23 04:00", "2026-11-22", "2026-11-23"),
    ("2027-01-01 03:59", "2027-01-01 04:00", "2026-12-31", "2027-01-01"),
    ("2028-02-29 03:59", "2028-02-29 04:00", "2028-02-28", "2028-02-29"),
    ("2028-03-01 03:59", "2028-03-01 04:00", "2028-02-29", "2028-03-01"),
    ("2027-03-01 03:59", "2027-03-01 04:00", "2027-02-28", "2027-03-01"),
]


@pytest.mark.parametrize(("before", "after", "old", "new"), TURNS)
def test_the_day_turns_at_its_hour(
    door: Callable[..., Dispatcher], clock: Any, before: str, after: str, old: str, new: str
) -> None:
    """Not at midnight; over a year's end, on 29 February, and in a year that has none."""
    clock.at = before
    hall = door()
    assert (number(take(hall)), hall.day) == ("A001", old)
    clock.at = after
    assert (number(take(hall)), hall.day) == ("A001", new)


def test_over_midnight_one_goes_on_where_the_day_begins_later(door: Callable[..., Dispatcher], clock: Any) -> None:
    """Who took a number at 23:59 is called at 00:01, and waited two minutes."""
    clock.at = "2026-12-31 23:59"
    hall = door()
    press(hall, c.OpenWindow, window="1")
    take(hall)
    clock.at = "2027-01-01 00:01"
    assert json.loads(press(hall, c.CallNext, window="1").body)["numbers"] == ["A001"]
    assert (number(take(hall)), hall.day) == ("A002", "2026-12-31")
    with hall.reading() as state:
        assert state.tickets["A001"].why["candidates"][0]["waited_s"] == 120


@pytest.mark.parametrize("back", ["2026-11-22 08:59", "2026-11-21 23:00", "2026-10-22 09:00", "2025-11-22 09:00"])
def test_a_clock_set_back_opens_no_day_and_loses_nobody(door: Callable[..., Dispatcher], clock: Any, back: str) -> None:
    """By a minute, a day, a month or a year, with a restart in between: numbers go on, standing stays in order."""
    hall = door()
    press(hall, c.OpenWindow, window="1")
    first = number(take(hall))
    clock.at = back
    second = number(take(hall))
    hall.stop()
    hall = door()
    third = number(take(hall))
    assert ([first, second, third], hall.day) == (["A001", "A002", "A003"], "2026-11-22")
    called = [json.loads(press(hall, c.CallNext, window="1").body)["numbers"][-1] for _ in range(3)]
    assert called == [first, second, third], "who came later is behind, whatever the clock said"
    clock.at = "2026-11-23 04:00"
    assert (number(take(hall)), hall.day) == ("A001", "2026-11-23")


def test_a_clock_that_jumps_ahead_by_days_closes_one_day_and_opens_one(
    door: Callable[..., Dispatcher], clock: Any
) -> None:
    """The hall was shut for a week, or the battery of the clock was empty: the days between never were."""
    hall = door()
    take(hall)
    clock.at = "2026-12-01 09:00"
    assert (number(take(hall)), hall.day) == ("A001", "2026-12-01")
    kinds = hall.journal._conn.execute("select kind, day from events where kind like 'Day%' order by seq").fetchall()
    assert kinds == [
        ("DayOpened", "2026-11-22"),
        ("DayClosed", "2026-11-22"),
        ("DayOpened", "2026-12-01"),
    ]
    clock.at = "2026-11-22 09:30"  # it was a mistake, and is put right
    assert (number(take(hall)), hall.day) == ("A002", "2026-12-01"), "a day that was opened is not left again"
    assert hall.journal.verify() == hall.seq


@pytest.mark.parametrize(
    ("zone", "starts", "utc", "day"),
    [
        ("Europe/Berlin", "02:30", "2026-03-29 00:59", "2026-03-28"),  # 01:59; 02:30 does not exist that night,
        ("Europe/Berlin", "02:30", "2026-03-29 01:31", "2026-03-29"),  # 03:31
        ("Europe/Berlin", "02:30", "2026-10-25 00:29", "2026-10-24"),  # 02:29 the first time
        ("Europe/Berlin", "02:30", "2026-10-25 00:31", "2026-10-25"),  # 02:31 the first time
        ("America/New_York", "04:00", "2026-11-01 07:59", "2026-10-31"),  # 02:59 after the change
        ("America/New_York", "04:00", "2026-11-01 09:00", "2026-11-01"),
        ("Australia/Lord_Howe", "04:00", "2026-10-03 17:01", "2026-10-04"),  # half an hour of change
    ],
)
def test_where_clocks_change_the_day_begins_by_the_clock_on_the_wall(
    door: Callable[..., Dispatcher], clock: Any, plan: Plan, zone: str, starts: str, utc: str, day: str
) -> None:
    clock.zone, clock.at = "UTC", utc
    hall = door(plan=replace(plan, timezone=zone, day_starts=starts))
    take(hall)
    assert hall.day == day


def test_the_hour_that_comes_twice_opens_one_day(door: Callable[..., Dispatcher], clock: Any, plan: Plan) -> None:
    """02:31, then 02:29 again an hour later: numbers go on."""
    clock.zone, clock.at = "UTC", "2026-10-25 00:31"
    hall = door(plan=replace(plan, timezone="Europe/Berlin", day_starts="02:30"))
    take(hall)
    clock.at = "2026-10-25 01:29"
    assert (number(take(hall)), hall.day) == ("A002", "2026-10-25")


@given(
    zone=st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/Sao_Paulo", "Pacific/Kiritimati", "Asia/Kolkata"]),
    starts=st.times().map(lambda at: f"{at:%H:%M}"),
    jumps=st.lists(st.integers(-40 * 24 * 60, 40 * 24 * 60), min_size=1, max_size=8),
)
def test_whatever_the_clock_does_days_only_go_on(plan: Plan, zone: str, starts: str, jumps: list[int]) -> None:
    """Each day opened is later than the one before, and is the day on the hall's wall when it was opened."""
    from caller.journal import Journal

    now = [datetime(2026, 11, 22, 1, tzinfo=UTC)]
    hall = Dispatcher(replace(plan, timezone=zone, day_starts=starts), Journal(":memory:"), lambda: now[0])  # type: ignore[arg-type]
    hours, minutes = map(int, starts.split(":"))
    days = []
    for jump in jumps:
        now[0] += timedelta(minutes=jump)
        hall._do([])
        wall = (now[0].astimezone(ZoneInfo(zone)).replace(tzinfo=None) - timedelta(hours=hours, minutes=minutes)).date()
        days.append(hall.day)
        assert days[-1] == max([wall.isoformat(), *days[:-1]])
    assert days == sorted(days)
    hall.journal.close()


ELSEWHERE = """
import sys
from datetime import datetime, UTC
from pathlib import Path
from caller.config import load
from caller.dispatcher import Dispatcher
from caller.journal import Journal
at = datetime.fromisoformat(sys.argv[3])
hall = Dispatcher(load(sys.argv[1]).plan(), Journal(Path(sys.argv[2])), lambda: at)
hall.start()
print(hall.day, hall.now().isoformat(), datetime.fromtimestamp(at.timestamp()).strftime("%H:%M"))
hall.stop()
"""


@pytest.mark.parametrize("machine", ["UTC", "America/Los_Angeles", "Pacific/Kiritimati", "Asia/Kathmandu"])
def test_a_machine_in_another_zone_opens_the_halls_day(config_file: Any, tmp_path: Any, machine: str) -> None:
    """A process whose TZ is elsewhere: the day and the times are the hall's own."""
    at = "2026-11-22T20:30:00+00:00"  # half past four in the morning in the hall
    words = [sys.executable, "-c", ELSEWHERE, str(config_file), str(tmp_path / "hall.db"), at]
    told = subprocess.run(words, env={**os.environ, "TZ": machine}, capture_output=True, text=True, timeout=60)
    assert told.stdout.split()[:2] == ["2026-11-23", "2026-11-23T04:30:00+08:00"], told.stderr
    there = datetime.fromisoformat(at).astimezone(ZoneInfo(machine))
    assert told.stdout.split()[2] == f"{there:%H:%M}", "the machine does think that it is elsewhere"
