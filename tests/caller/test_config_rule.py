"""A zone's or a window's rule in hall_config.yaml: taken over, and checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from caller.config import load
from caller.config.problems import ConfigProblems
from caller.config.rule import RulePartName
from hall.plan import FIRST_COME, Rule
from hall.rule.parts import PARTS

HALL = """\
hall: {name: 大厅}
zones:
  - {id: a, letter: A, name: 综合, rule: RULE}
queues:
  - {id: tax, zone: a, name: 税务, letters: A}
services:
  - {id: s, name: 事项, queue: tax}
windows:
  - {id: 1, zone: a, queues: [tax]}
  - {id: 2, zone: a, queues: [tax], rule: {parts: []}}
"""


def written(tmp_path: Path, rule: str) -> Path:
    file = tmp_path / "hall.yaml"
    file.write_text(HALL.replace("RULE", rule), encoding="utf-8")
    return file


def test_a_window_has_its_zones_rule_or_its_own(tmp_path: Path) -> None:
    rule = "{parts: [class, accumulate], classes: [care, normal], rates: {care: 3}, run: 3, extra_wait: 30}"
    plan = load(written(tmp_path, rule)).plan()
    parts = ("class", "accumulate")
    assert plan.rule_of("1") == Rule(parts, ("care", "normal"), {"care": 3}, run=3, extra_wait=30)
    assert plan.rule_of("2").parts == ()


def test_without_a_rule_who_came_first_is_next(tmp_path: Path) -> None:
    assert load(written(tmp_path, "")).plan().rule_of("1") == FIRST_COME


def test_the_config_knows_the_parts_that_the_hall_knows() -> None:
    assert set(RulePartName.__args__) == set(PARTS)


@pytest.mark.parametrize(
    ("rule", "problem"),
    [
        (
            "{parts: [clas]}",
            "zones[0].rule.parts[0]: should be 'window_priority', 'class', 'booked_on_time', 'target', 'accumulate' or",
        ),
        ("{parts: [ratio]}", "zones[0].rule: the part 'ratio' goes by 'ratio', which is not written"),
        ("{parts: [accumulate]}", "zones[0].rule: the part 'accumulate' goes by 'rates', which is not written"),
        ("{ratio: {care: 0}}", "zones[0].rule.ratio.care: should be at least 1, not 0"),
        (
            "{rates: {caer: 3}}",
            "zones[0].rule.rates.caer: should be 'normal', 'booked'",
        ),
        ("{run: -1}", "zones[0].rule.run: should be at least 0, not -1"),
        ("{extra_weight: 3}", "zones[0].rule.extra_weight: no such key"),
        ("first come", "zones[0].rule: should be keys with values, not 'first come'"),
    ],
)
def test_a_rule_that_cannot_be_is_told_where_it_stands(tmp_path: Path, rule: str, problem: str) -> None:
    with pytest.raises(ConfigProblems) as caught:
        load(written(tmp_path, rule))
    assert f"hall.yaml:3: {problem}" in str(caught.value.problems[0])
