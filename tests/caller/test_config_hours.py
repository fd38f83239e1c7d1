"""Hours in the config: what they become, and every mistake in them in words."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from caller.cli import main
from caller.config import load
from caller.config.problems import ConfigProblems
from hall.hours.shifts import Shift, SpecialDays

from .halls import CONFIG

HOURS = """\
hours:
  shifts:
    - {name: 上午, opens: "08:30", last_ticket: 20, closes: "12:00"}
    - {days: [sat, sun], opens: "22:00", last_ticket: "01:30", closes: "02:00"}
  exceptions:
    - {day: 2026-12-30, until: 2026-12-31, name: 年终盘点}
    - {day: 2026-12-31, zones: [social], shifts: [{opens: "09:00", closes: "10:00"}]}
"""
TWO = '[{opens: "09:00", closes: "11:00"}, {opens: "10:00", closes: "12:00"}]'


def written(folder: Path, hours: str, config: str = CONFIG) -> Path:
    file = folder / "hall_config.yaml"
    file.write_text(config + hours, encoding="utf-8")
    return file


def mistakes(folder: Path, hours: str, config: str = CONFIG) -> list[str]:
    with pytest.raises(ConfigProblems) as caught:
        load(written(folder, hours, config))
    return [f"{problem.path}: {problem.what}" for problem in caught.value.problems]


def test_hours_become_shifts_in_minutes_of_their_day(tmp_path: Path) -> None:
    plan = load(written(tmp_path, HOURS)).plan()
    assert plan.hours.shifts == (
        Shift(510, 700, 720, "上午"),
        Shift(22 * 60, 25 * 60 + 30, 26 * 60, days=("sat", "sun")),
    )
    last = date(2026, 12, 31)
    assert plan.hours.exceptions == (
        SpecialDays(date(2026, 12, 30), last, "年终盘点"),
        SpecialDays(last, last, "", (Shift(540, 600, 600),), ("social",)),
    )
    assert all(zone.hours == () for zone in plan.zones)


def test_a_zone_has_shifts_of_its_own(tmp_path: Path) -> None:
    own = CONFIG.replace("floor: 2, area: hall", 'floor: 2, hours: [{days: [mon], opens: "04:00", closes: "04:00"}]')
    plan = load(written(tmp_path, HOURS, own)).plan()
    assert plan.zone["social"].hours == (Shift(240, 240 + 1440, 240 + 1440, days=("mon",)),)


def test_the_example_of_the_docs_is_without_mistakes(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs/hours.md").read_text(encoding="utf-8")
    example = page.split("```yaml\n")[1].split("```")[0]
    rest = CONFIG.split("queues:", 1)[1]
    load(written(tmp_path, "", f"hall: {{name: 大厅}}\n{example}queues:{rest}"))


@pytest.mark.parametrize(
    ("hours", "path", "what"),
    [
        ('shifts: [{opens: "08:30"}]', "hours.shifts[0].closes", "is missing"),
        ('shifts: [{opens: "24:00", closes: "12:00"}]', "hours.shifts[0].opens", "write 00:00 here"),
        ('shifts: [{opens: "8:30", closes: "12:00"}]', "hours.shifts[0].opens", "should be a time of day like 04:00"),
        (
            'shifts: [{opens: "08:30", last_ticket: "12:30", closes: "12:00"}]',
            "hours.shifts[0]",
            "the last ticket (12:30) is not between 08:30 and 12:00",
        ),
        ('shifts: [{opens: "08:30", last_ticket: 300, closes: "12:00"}]', "hours.shifts[0]", "the last ticket (300)"),
        (
            'shifts: [{opens: "08:30", last_ticket: soon, closes: "12:00"}]',
            "hours.shifts[0].last_ticket",
            "should be a time of day like 16:40, or minutes before the end like 20, not 'soon'",
        ),
        ('shifts: [{days: [workday], opens: "08:30", closes: "12:00"}]', "hours.shifts[0].days[0]", "should be 'mon'"),
        ('shifts: [{days: [], opens: "08:30", closes: "12:00"}]', "hours.shifts[0].days", "is an empty list"),
        (
            'shifts: [{opens: "08:30", closes: "12:00"}, {days: [fri], opens: "11:59", closes: "13:00"}]',
            "hours.shifts[1]",
            "overlaps the shift on line",
        ),
        (
            'shifts: [{days: [sun], opens: "22:00", closes: "03:00"}, {days: [mon], opens: "02:00", closes: "04:00"}]',
            "hours.shifts[1]",
            "overlaps the shift on line",
        ),
        (
            'shifts: [{opens: "22:00", closes: "05:00"}]',
            "hours.shifts[0]",
            "runs over 04:00, when numbers start again at 1 (hall.day_starts)",
        ),
        ("exceptions: [{day: 2026-02-30}]", "hours.exceptions[0].day", "should be a day like 2026-12-31"),
        ("exceptions: [{day: 2026-05-04, until: 2026-05-01}]", "hours.exceptions[0]", "ends (2026-05-01) before"),
        ("exceptions: [{day: 2026-05-04, zones: [socail]}]", "hours.exceptions[0].zones[0]", "no zone 'socail'"),
        (
            "exceptions: [{day: 2026-05-01, until: 2026-05-04}, {day: 2026-05-04}]",
            "hours.exceptions[1].day",
            "there is an exception for this already, on line",
        ),
        (
            "exceptions: [{day: 2026-05-04, zones: [social]}, {day: 2026-05-04, zones: [general, social]}]",
            "hours.exceptions[1].day",
            "there is an exception for this already",
        ),
        (
            f"exceptions: [{{day: 2026-05-04, shifts: {TWO}}}]",
            "hours.exceptions[0].shifts[1]",
            "overlaps the shift on line",
        ),
        ("calendar: chinese", "hours.calendar", "should be 'china' or 'weekdays'"),
        ("open: always", "hours.open", "no such key"),
    ],
)
def test_a_mistake_in_the_hours_is_told_in_words(tmp_path: Path, hours: str, path: str, what: str) -> None:
    (told,) = mistakes(tmp_path, f"hours:\n  {hours}\n")
    assert told.startswith(f"{path}: ") and what in told


def test_a_zones_own_shifts_are_checked_too(tmp_path: Path) -> None:
    own = CONFIG.replace("floor: 2, area: hall", f"floor: 2, hours: {TWO}")
    assert mistakes(tmp_path, "", own)[0].startswith("zones[1].hours[1]: overlaps")


@pytest.mark.parametrize(
    "hours",
    [
        'shifts: [{opens: "08:30", closes: "12:00"}, {opens: "12:00", closes: "13:00"}]',
        'shifts: [{opens: "08:30", closes: "12:00"}, {days: [sat], opens: "09:00", closes: "11:00"}]',
        'shifts: [{days: [mon, tue], opens: "04:00", closes: "04:00"}]',
        "exceptions: [{day: 2026-05-04}, {day: 2026-05-04, zones: [social]}]",
    ],
)
def test_what_only_looks_like_a_mistake_is_none(tmp_path: Path, hours: str) -> None:
    """A Saturday that is made a workday may have the hours of both; a zone's exception stands before the hall's."""
    load(written(tmp_path, f"hours:\n  {hours}\n"))


def test_check_warns_once_of_a_calendar_that_does_not_know_the_year(
    tmp_path: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Told and no mistake: the hall works, and counts Monday to Friday."""
    import chinese_calendar

    known = {day: name for day, name in chinese_calendar.constants.holidays.items() if day.year < 2020}
    monkeypatch.setattr("chinese_calendar.utils.holidays", known)  # the package as it was in 2019
    assert main(["check", "--config", str(written(tmp_path, HOURS))]) == 0
    told = capsys.readouterr()
    assert told.err.count("are not known here: Monday to Friday count as workdays") == 1
    assert "No mistakes." in told.out
    assert main(["check", "--config", str(written(tmp_path, ""))]) == 0
    assert capsys.readouterr().err == "", "who has no hours needs no calendar"
