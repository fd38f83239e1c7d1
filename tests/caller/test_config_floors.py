"""The plan of the building in hall_config.yaml, and what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from caller.config import ConfigProblems, load
from caller.config.first import init_text
from hall.floors.goals import zone_stand
from hall.floors.way import way

SHIPPED = Path(__file__).parents[2] / "hall_config.yaml"
HALL = """\
hall: {name: 大厅}
zones: [{id: a, letter: A, name: 综合, floor: 1}, {id: b, letter: B, name: 社保, floor: 2}]
queues: [{id: a, zone: a, name: 综合, letters: A}, {id: b, zone: b, name: 社保, letters: B}]
services: [{id: s, name: 申报, queue: a}, {id: t, name: 参保, queue: b}]
windows: [{id: 1, zone: a, queues: all}, {id: 2, zone: a, queues: all}, {id: 3, zone: b, queues: all}]
kiosks: [{id: k, name: 取号机, floor: 1}]
floors:
  - id: 1
    size: [20, 10]
    zones: [{id: a, at: [1, 1, 8, 5]}]
    counters: [{at: [1, 1, 8, 1], windows: [1-2]}]
    kiosks: [{id: k, at: [10, 8]}]
    doors: [{at: [10, 10]}]
    walls: []
  - id: 2
    size: [20, 10]
    zones: [{id: b, at: [1, 1, 8, 5]}]
    counters: [{at: [1, 1, 8, 1], windows: [3]}]
lifts:
  - {at: [16, 2, 2, 2], floors: [1, 2]}
"""


def mistakes(tmp_path: Path, text: str) -> list[str]:
    file = tmp_path / "hall.yaml"
    file.write_text(text, encoding="utf-8")
    try:
        load(file)
    except ConfigProblems as problems:
        return [str(problem).removeprefix(f"{file}:") for problem in problems.problems]
    return []


def test_the_plan_is_as_it_was_written(tmp_path: Path) -> None:
    """Metres are centimetres, a span of windows is those windows, and one stands before them."""
    file = tmp_path / "hall.yaml"
    file.write_text(HALL, encoding="utf-8")
    it = load(file).plan().building
    assert [(w, s.floor, s.x, s.y, s.faces) for w, s in it.windows.items()] == [
        ("1", "1", 300, 280, "up"),
        ("2", "1", 700, 280, "up"),
        ("3", "2", 500, 280, "up"),
    ]


@pytest.mark.parametrize(
    ("written", "instead", "told"),
    [
        ("windows: [1-2]", "windows: [1]", "5: windows[1].id: window '2' is nowhere in the plan ('floors')."),
        ("kiosks: [{id: k, at: [10, 8]}]", "kiosks: []", "6: kiosks[0].id: kiosk 'k' is nowhere in the plan"),
        ("windows: [3]", "windows: [33]", "18: floors[1].counters[0].windows: no window '33'. Did you mean '3'?"),
        ("windows: [3]", "windows: [3, 3]", "window '3' is drawn already"),
        ("[{id: b, at", "[{id: a, at", "zone 'a' is drawn already"),
        ("name: 社保, floor: 2", "name: 社保, floor: 1", "zone 'b' is on floor '1', and is drawn on floor '2'."),
        ("at: [10, 8]", "at: [5, 1.5]", "nobody can stand before kiosk 'k': it is in a wall"),
        ("walls: []", "walls: [[0, 6, 20, 0.3]]", "there is no way from kiosk 'k' to window '1'."),
        ("floors: [1, 2]}", "floors: [1, 3]}", "20: lifts[0].floors[1]: no floor '3'."),
        ("  - {at: [16, 2, 2, 2], floors: [1, 2]}", "  []", "there is no way from kiosk 'k' to window '3'."),
        ("at: [16, 2, 2, 2]", "at: [16, 7.5, 2, 2]", "there is no way from kiosk 'k' to window '3'."),
        ("walls: []", "walls: [[15, 2, 6, 1]]", "reaches over the edge of the floor, which is 20 by 10 m."),
        ("walls: []", "walls: [[15, 2, 6]]", "should be four numbers of metres, [x, y, width, depth]."),
        ("size: [20, 10]\n    zones: [{id: a", "size: [20]\n    zones: [{id: a", "should be two numbers of metres"),
        ("at: [10, 8]", "at: [10, eight]", "should be metres like 12 or 4.5, not 'eight'."),
        ("doors: [{at: [10, 10]}]", "doors: [{at: [10, 10], faces: down}]", "`faces` looks out of the building."),
    ],
)
def test_a_mistake_is_told_with_its_place(tmp_path: Path, written: str, instead: str, told: str) -> None:
    assert written in HALL and mistakes(tmp_path, HALL) == []
    found = mistakes(tmp_path, HALL.replace(written, instead, 1))
    assert any(told in each for each in found), found


def test_the_shipped_hall_has_a_way_from_each_kiosk_to_each_window_without_a_step() -> None:
    it = load(SHIPPED).plan().building
    for kiosk in it.kiosks.values():
        for goal in (*it.windows.values(), *(zone_stand(it, zone) for zone in ("general", "social"))):
            found = way(it, kiosk, goal)
            assert found and found.step_free


@pytest.mark.parametrize(("zones", "windows"), [(1, 1), (1, 2), (3, 7), (10, 60), (12, 289)])
def test_hall_init_draws_a_plan_that_is_right(tmp_path: Path, zones: int, windows: int) -> None:
    """Every zone and every window of the hall that is written is in the plan, and can be walked to."""
    assert mistakes(tmp_path, init_text(zones, windows, zones)) == []
    it = load(tmp_path / "hall.yaml").plan()
    assert it.building.windows.keys() == it.window.keys()
