"""How much paper is left: counted by what was printed, begun anew with a new roll only, and never forgotten."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.driver import Job
from printers.roll import CUTTER_MM, Roll
from printers.roll_book import RollBook
from printers.status import Status

AT = "2026-03-18T09:42:07+08:00"
PAPER, NEAR, OUT = Status(), Status(near_end=True), Status(no_paper=True)
OPEN = Status(cover_open=True, no_paper=True)
mm = st.floats(1, 500)
sights = st.sampled_from([PAPER, NEAR, OUT, OPEN, Status(offline=True)])


def seen(roll: Roll, *sights: Status) -> Roll:
    for sight in sights:
        roll = roll.saw(sight, AT)
    return roll


def printed(lengths: list[float]) -> Roll:
    roll = seen(Roll(), PAPER)
    for length in lengths:
        roll = roll.printed(length)
    return roll


@given(lengths=st.lists(mm, min_size=1, max_size=30), roll_m=st.floats(0, 100))
def test_every_slip_makes_it_less_and_it_is_never_less_than_none(lengths: list[float], roll_m: float) -> None:
    left = [printed(lengths[:n]).left_mm(roll_m) for n in range(len(lengths) + 1)]
    assert left == sorted(left, reverse=True)
    assert min(left) >= 0
    if left[-1] > 0:
        assert left[0] - left[-1] == pytest.approx(sum(lengths) + CUTTER_MM * len(lengths))


@given(length=st.floats(20, 400), count=st.integers(1, 400))
def test_the_forecast_counts_in_slips_as_long_as_this_printers(length: float, count: int) -> None:
    """After some dozen slips of one length it says how many of that length fit, to one in twenty."""
    roll = printed([length] * 60)
    roll_m = (roll.printed_mm + count * (length + CUTTER_MM)) / 1000
    assert roll.slips_left(roll_m) == pytest.approx(count, rel=0.05, abs=1)


@given(before=st.lists(sights), lengths=st.lists(mm, min_size=1))
def test_paper_after_none_is_a_new_roll(before: list[Status], lengths: list[float]) -> None:
    """Whatever was seen before, and however the cover was moved in between."""
    roll = seen(printed(lengths), *before, OUT, OPEN, PAPER)
    assert (roll.printed_mm, roll.slips, roll.since) == (0, 0, AT)


@given(
    shown=st.lists(st.sampled_from([PAPER, OPEN, Status(offline=True), Status(overheated=True)])), lengths=st.lists(mm)
)
def test_a_cover_that_was_only_opened_changes_nothing(shown: list[Status], lengths: list[float]) -> None:
    """Under an open cover many printers see no paper: that is no roll used up."""
    roll = printed(lengths)
    assert seen(roll, *shown).printed_mm == roll.printed_mm


@given(shown=st.lists(st.sampled_from([PAPER, NEAR])))
def test_a_sensor_at_the_edge_is_no_new_roll(shown: list[Status]) -> None:
    assert seen(printed([100]), *shown).printed_mm == printed([100]).printed_mm


def test_enough_paper_after_near_its_end_is_a_new_roll_if_somebody_could_put_it_in() -> None:
    near = seen(printed([100]), NEAR)
    assert seen(near, OPEN, PAPER).printed_mm == 0
    assert near.out_of_sight().saw(PAPER, AT).printed_mm == 0
    assert seen(near, OPEN, NEAR, PAPER).printed_mm > 0


def test_out_is_none_left_whatever_was_counted() -> None:
    assert seen(printed([100]), OUT).slips_left(50) == 0


@given(lengths=st.lists(mm), shown=st.lists(sights))
def test_its_record_is_the_roll(lengths: list[float], shown: list[Status]) -> None:
    roll = seen(printed(lengths), *shown)
    assert Roll.of(json.loads(json.dumps(roll.record()))) == roll


def book(folder: Path, **options: Any) -> RollBook:
    return RollBook("printer/1", {"data_dir": folder, **options}, lambda: datetime.fromisoformat(AT))


def test_a_restart_forgets_nothing_and_a_spoilt_file_costs_the_count_only(tmp_path: Path) -> None:
    for _ in range(3):
        book(tmp_path).printed(100)
    assert book(tmp_path, roll_m=50).told() == {
        "printed_m": 0.3, "since": "", "roll_m": 50.0, "slips_left": 421, "low": False
    }  # fmt: skip
    (file,) = (tmp_path / "rolls").iterdir()
    for spoilt in ("", "{", "[]", '{"printed_mm": -1}', '{"slip_mm": "x"}'):
        file.write_text(spoilt)
        assert book(tmp_path).roll == Roll()


def test_few_left_is_told_by_the_sites_number(tmp_path: Path) -> None:
    kept = book(tmp_path, roll_m=1, low_slips=5)
    kept.printed(500)
    assert (kept.told()["slips_left"], kept.told()["low"]) == (3, True)
    kept.changed()
    assert (kept.told()["low"], kept.told()["since"]) == (False, AT)


@pytest.mark.parametrize("wrong", [{"roll_m": -1}, {"roll_m": 5000}, {"low_slips": -1}, {"roll_m": "long"}])
def test_a_length_that_cannot_be_is_said(tmp_path: Path, wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        book(tmp_path, **wrong)


def test_a_printer_counts_what_it_prints_and_begins_anew_with_a_roll(stand: Any, tmp_path: Path) -> None:
    """Through driver and wire: length by what was printed, a change seen by the sensors or told by reception."""
    it = stand(roll_m=50, data_dir=str(tmp_path))
    told = []
    it.ear.state = lambda state, error="", **detail: told.append(detail["paper"])
    long = it.print()["mm"]
    assert it.picture().height / 8 == pytest.approx(long, abs=5)
    it.print()
    assert told[-1]["printed_m"] == pytest.approx(2 * (long + CUTTER_MM) / 1000, abs=0.05)
    again = stand(roll_m=50, data_dir=str(tmp_path))
    assert again.driver._book.roll.slips == 2
    it.far.paper_out()
    it.driver.poll()
    assert told[-1]["slips_left"] == 0
    it.far.paper_in()
    it.driver.poll()
    assert told[-1]["printed_m"] == 0
    it.print()
    it.driver.do(Job("r", "printer-1", "roll", {}))
    assert told[-1]["printed_m"] == 0
