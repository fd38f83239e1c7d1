"""一票到底 and 出件 in hall_config.yaml: taken over, and checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from caller.config import load
from caller.config.problems import ConfigProblems

HALL = """\
hall: {name: 大厅}
zones:
  - {id: a, letter: A, name: 综合}
queues:
  - {id: tax, zone: a, name: 税务, letters: A}
  - {id: pay, zone: a, name: 缴费, letters: AP}
  - {id: lost, zone: a, name: 无窗, letters: AZ}
services:
  - {id: s, name: 事项, queue: tax, MORE}
windows:
  - {id: 1, zone: a, queues: [tax, pay]}
"""


def written(tmp_path: Path, more: str) -> Path:
    file = tmp_path / "hall.yaml"
    file.write_text(HALL.replace("MORE", more), encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("more", "steps", "place", "collection"),
    [
        ("steps: [tax, pay]", (("tax",), ("pay",)), "front", False),
        ("steps: [[pay, tax], tax], step_place: end", (("pay", "tax"), ("tax",)), "end", False),
        ("collection: true", (), "front", True),
    ],
)
def test_steps_stand_in_the_plan(tmp_path: Path, more: str, steps: object, place: str, collection: bool) -> None:
    service = load(written(tmp_path, more)).plan().services[0]
    assert (service.steps, service.step_place, service.collection) == (steps, place, collection)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("steps: [tax, payy]", "steps[1]: no queue 'payy'. Did you mean 'pay'?"),
        ("steps: [[tax, tax]]", "steps[0][1]: queue 'tax' is in the step twice."),
        ("steps: tax", "steps: should be a list, each entry after a '- ', not 'tax'."),
        ("steps: [tax, []]", "steps[1]: is an empty list: write at least one."),
        (
            "steps: [tax, lost]",
            "steps[1]: no window serves 'lost': a visit would end there (该事项未配置到窗口).",
        ),
        ("steps: [pay]", "steps: a visit begins in the service's own queue, 'tax', where its number is from."),
        ("steps: [tax], step_place: back", "step_place: should be 'front' or 'end', not 'back'."),
        ("collection: maybe", "collection: should be true or false, not 'maybe'."),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, more: str, said: str) -> None:
    with pytest.raises(ConfigProblems) as mistakes:
        load(written(tmp_path, more))
    assert [problem.split(":", 1)[1] for problem in str(mistakes.value).splitlines()] == [f"9: services[0].{said}"]
