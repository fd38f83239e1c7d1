"""The slots of a queue in hall_config.yaml: taken over, and checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from caller.config import load
from caller.config.problems import ConfigProblems
from hall.slots import Slots

HALL = """\
hall: {name: 大厅}
zones:
  - {id: a, letter: A, name: 综合, rule: {parts: [booked_on_time]}}
queues:
  - {id: tax, zone: a, name: 税务, letters: A, booked_letters: AY, bookings: {capacity: 3}}
services:
  - {id: s, name: 事项, queue: tax}
windows:
  - {id: 1, zone: a, queues: [tax]}
"""


def written(tmp_path: Path, was: str = "", change: str = "") -> Path:
    file = tmp_path / "hall.yaml"
    file.write_text(HALL.replace(was, change), encoding="utf-8")
    return file


def test_a_queue_has_the_slots_that_are_written_and_the_usual_ones_besides(tmp_path: Path) -> None:
    queue = (
        load(written(tmp_path, "capacity: 3", "capacity: 3, begins: '08:30', ends: '17:00', early: 5"))
        .plan()
        .queue["tax"]
    )
    assert queue.booked_letters == "AY"
    assert queue.bookings == Slots(minutes=30, capacity=3, begins="08:30", ends="17:00", days_ahead=7, early=5, late=30)


@pytest.mark.parametrize(
    ("was", "change", "problem"),
    [
        ("AY", "A", "booked_letters: letters 'A' are there already, on line 5"),
        ("AY", "AI", "booked_letters: I is read as 1"),
        (", bookings: {capacity: 3}", "", "booked_letters: the queue takes no bookings"),
        ("capacity: 3", "capacity: 3, capcity: 4", "bookings.capcity: no such key. Did you mean 'capacity'?"),
        ("capacity: 3", "capacity: 0", "bookings.capacity: should be at least 1, not 0"),
        (
            "capacity: 3",
            "capacity: 3, begins: '16:45', ends: '17:00'",
            "bookings: no slot of 30 minutes fits between 16:45 and 17:00",
        ),
        ("capacity: 3", "capacity: 3, begins: '16:45'", "bookings: write both `begins` and `ends`"),
    ],
)
def test_slots_that_cannot_be_are_told_where_they_stand(tmp_path: Path, was: str, change: str, problem: str) -> None:
    with pytest.raises(ConfigProblems) as caught:
        load(written(tmp_path, was, change))
    assert [f"hall.yaml:5: queues[0].{problem}" in str(one) for one in caught.value.problems] == [True]
