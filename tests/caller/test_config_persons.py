"""The config's keys of persons and quotas: what they become, and every mistake in them at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from caller.config import load
from caller.config.problems import ConfigProblems

from .halls import CONFIG

HOURS = """\
hours:
  shifts:
    - {name: 上午, opens: "08:30", closes: "12:00"}
    - {name: 下午, opens: "13:30", closes: "17:00"}
"""
PENSION = "name: 养老, letters: B"


def plan_with(folder: Path, text: str) -> Any:
    file = folder / "hall_config.yaml"
    file.write_text(text, encoding="utf-8")
    return load(file).plan()


@pytest.mark.parametrize(
    ("written", "quota"),
    [
        ("120", {"": 120}),
        ("{上午: 80, 下午: 40}", {"上午": 80, "下午": 40}),
        ("{上午: 80}", {"上午": 80}),
        ("0", {"": 0}),
    ],
)
def test_a_quota_is_a_number_or_one_for_each_shift(tmp_path: Path, written: str, quota: dict[str, int]) -> None:
    plan = plan_with(tmp_path, CONFIG.replace(PENSION, f"{PENSION}, quota: {written}") + HOURS)
    assert plan.queue["pension"].quota == quota
    assert plan.queue["tax"].quota == {}, "any number"


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    text = CONFIG.replace(
        PENSION, f"{PENSION}, quota: {{上午: 80, 下午班: 40}}, quota_warning: 40, quota_counts_bookings: yes"
    )
    text = text.replace("    letters: A\n", "    letters: A\n    quota_warning: 3\n")
    text = text.replace("name: 税卡, queue: tax}", "name: 税卡, queue: tax, person: must}")
    text = text.replace("hall: {", "hall: {care_age: old, ")
    with pytest.raises(ConfigProblems) as caught:
        plan_with(tmp_path, text + HOURS)
    told = [str(problem) for problem in caught.value.problems]
    for words in (
        "no shift is called '下午班'. Did you mean '下午'?",
        "should be below the quota, 40, not 40",
        "warns of nothing",
        "should be true or false, not 'yes'",
        "care_age",
        "person",
    ):
        assert any(words in problem for problem in told), "\n".join([words, *told])
    assert len(told) == 6, told


def test_the_example_of_the_document_works(tmp_path: Path) -> None:
    """Its keys, in the hall of these tests."""
    page = (Path(__file__).parents[2] / "docs/persons.md").read_text(encoding="utf-8")
    example = yaml.safe_load(page.split("```yaml\n")[1].split("```")[0])
    whole = yaml.safe_load(CONFIG)
    whole["hall"] |= example["hall"]
    for part in ("queues", "services"):
        for row in example[part]:
            next(it for it in whole[part] if it["id"] == row["id"]).update(row)
    plan = plan_with(tmp_path, yaml.safe_dump(whole, allow_unicode=True))
    assert (plan.care_age, plan.queue["tax"].quota, plan.service["tax-return"].person) == (70, {"": 120}, "required")
