"""What no single key can show of the hours: shifts that overlap or run over the turn of the day, exceptions twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ValidationError

from caller.config.hours import ExceptionPart, OpeningPart, ShiftPart, minutes_of
from caller.config.problems import Found
from caller.config.rows import Rows, word
from caller.config.yaml import Key
from hall.hours.shifts import MINUTES_A_DAY, WEEKDAYS

WEEK = 7 * MINUTES_A_DAY
USUAL_DAYS = {"workdays": WEEKDAYS[:5], "restdays": WEEKDAYS[5:], **{day: (day,) for day in WEEKDAYS}}
"""In a week without holidays: a Saturday that is made a workday may well have the hours of both."""


def check_hours(file: Rows) -> Iterator[Found]:
    """Every mistake between the shifts of the hall, of a zone or of an exception, and between exceptions."""
    hours = file.data.get("hours")
    hours = hours if isinstance(hours, dict) else {}
    starts = _day_starts(file)
    yield from _shifts(file, ("hours", "shifts"), hours.get("shifts"), ShiftPart, starts)
    for where, row in file.rows("zones"):
        yield from _shifts(file, (*where, "hours"), row.get("hours"), ShiftPart, starts)
    exceptions = hours.get("exceptions")
    for i, row in enumerate(exceptions if isinstance(exceptions, list) else []):
        if isinstance(row, dict):
            at = ("hours", "exceptions", i)
            yield from _shifts(file, (*at, "shifts"), row.get("shifts"), OpeningPart, starts)
            for n, zone in enumerate(row["zones"] if isinstance(row.get("zones"), list) else []):
                names = file.names("zones")
                if isinstance(zone, str) and zone not in names:
                    yield Found((*at, "zones", n), f"no zone {zone!r}", zone, names)
    yield from _twice(file, _read(("hours", "exceptions"), exceptions, ExceptionPart))


def _shifts(file: Rows, where: Key, listed: Any, part: type[OpeningPart], starts: int) -> Iterator[Found]:
    taken: list[tuple[int, int, Key]] = []
    for at, shift in _read(where, listed, part):
        opens, _, closes = shift.minutes()
        if any(opens < turn < closes for turn in (starts, starts + MINUTES_A_DAY)):
            turn = f"{starts // 60:02d}:{starts % 60:02d}"
            yield Found(at, f"runs over {turn}, when numbers start again at 1 (hall.day_starts): end or begin it there")
        spans = [(day * MINUTES_A_DAY + opens, day * MINUTES_A_DAY + closes, at) for day in _days(shift)]
        other = next((its for a, b, its in taken for x, y, _ in spans if its != at and _overlap(a, b, x, y)), None)
        if other is not None:
            yield Found(at, f"overlaps the shift on line {file.line(other)}")
        taken += spans


def _twice(file: Rows, exceptions: list[tuple[Key, Any]]) -> Iterator[Found]:
    for n, (at, it) in enumerate(exceptions):
        for other, before in exceptions[:n]:
            same_days = it.day <= (before.until or before.day) and before.day <= (it.until or it.day)
            same_place = set(it.zones) & set(before.zones) or (not it.zones and not before.zones)
            if same_days and same_place:
                yield Found((*at, "day"), f"there is an exception for this already, on line {file.line(other)}")
                break


def _read(where: Key, listed: Any, part: type[BaseModel]) -> list[tuple[Key, Any]]:
    """The entries that are well written, each with where it is; the schema tells of the others."""
    told = []
    for i, row in enumerate(listed if isinstance(listed, list) else []):
        try:
            told.append(((*where, i), part.model_validate(row)))
        except ValidationError:
            continue
    return told


def _days(shift: OpeningPart) -> list[int]:
    words = shift.days if isinstance(shift, ShiftPart) else WEEKDAYS[:1]
    return sorted({WEEKDAYS.index(day) for word in words for day in USUAL_DAYS[word]})


def _overlap(a: int, b: int, x: int, y: int) -> bool:
    """Do two spans of a week meet, also over its end?"""
    return any(a + turn < y and x < b + turn for turn in (-WEEK, 0, WEEK))


def _day_starts(file: Rows) -> int:
    hall = file.data.get("hall")
    written = word(hall, "day_starts") if isinstance(hall, dict) else ""
    return minutes_of(written) if re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", written) else minutes_of("04:00")
