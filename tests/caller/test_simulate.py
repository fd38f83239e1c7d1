"""`hall simulate`: generated and recorded days as text and JSON; what cannot be is a sentence and exit status 2."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from caller.config import load
from hall.simulate import play
from hall.simulate.scores import report
from hall.simulate.shape import Shape

SHIPPED = Path(__file__).parents[2] / "hall_config.yaml"
HELD_OUT = 202


def test_a_generated_day_is_told_as_text_and_as_json(hall_command: Callable[..., Any], config_file: Path) -> None:
    options = ("simulate", "--config", str(config_file), "--tickets", "40", "--days", "2", "--refresh", "600")
    text = hall_command(*options)
    assert text.returncode == 0, text.stderr
    assert "in P90" in text.stdout and "09:00" in text.stdout and "general" in text.stdout
    told = json.loads(hall_command(*options, "--json").stdout)
    assert told["all"]["tickets"] + told["never_called"] == 40
    assert set(told["by_zone"]) <= {"general", "social"}
    assert hall_command(*options, "--json").stdout == json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def test_the_shipped_hall_keeps_what_it_tells() -> None:
    """Days after the first: most waits lie below P90 in each zone, and P50 is a quarter nearer than naive.

    Few and small days, so that the bounds leave room for their luck; docs/estimate.md has more of them. Without the
    stretch these days keep 79 % (general 75 %), and the test fails.
    """
    plan, shape = load(SHIPPED).plan(), Shape(tickets=100)
    days = play.days(plan, shape, HELD_OUT, 4, 300)[1:]
    told = report([forecast for day in days for forecast in day.forecasts])
    assert told["all"].told > 0.98 * told["all"].tickets > 250, "hardly anybody came while no window was open"
    assert set(told["by_zone"]) == {"general", "social"}
    assert told["all"].better_than_naive >= 0.25
    assert 0.82 <= told["all"].coverage <= 0.97
    assert all(0.79 <= score.coverage <= 0.97 for score in told["by_zone"].values())


def test_the_recorded_day_of_a_hall_is_told(
    inside: Any, clock: Any, config_file: Path, tmp_path: Path, hall_command: Callable[..., Any]
) -> None:
    inside.post("windows/1/open")
    for n in range(6):
        inside.post("tickets", {"service": "tax-return"})
        inside.post("windows/1/next")
        clock.at = f"2026-11-22 09:{5 * n + 5:02}"
        inside.post("windows/1/finish")
    inside.hub.stop()
    asked = ("simulate", "--config", str(config_file), "--data", str(tmp_path))
    told = json.loads(hall_command(*asked, "--json").stdout)
    assert (told["day"], told["all"]["tickets"], told["all"]["told"]) == ("2026-11-22", 6, 3)
    assert hall_command(*asked, "--day", "2026-11-22").returncode == 0
    missing = hall_command(*asked, "--day", "2020-01-01")
    assert (missing.returncode, missing.stderr.count("\n")) == (2, 1)


@pytest.mark.parametrize(
    "options",
    [
        ("--tickets", "0"),
        ("--tickets", "many"),
        ("--arrivals", "never"),
        ("--load", "-1"),
        ("--load", "nan"),
        ("--days", "0"),
        ("--rule", "clas"),
        ("--rule", "class,run=x"),
        ("--refresh", "-1"),
        ("--refresh", "nan"),
        ("--day", "2026-11-23"),
        ("--data", "/nowhere"),
        ("--data", "/nowhere", "--seed", "1"),
    ],
)
def test_what_cannot_be_simulated_is_a_sentence(
    hall_command: Callable[..., Any], config_file: Path, options: tuple[str, ...]
) -> None:
    done = hall_command("simulate", "--config", str(config_file), *options)
    assert done.returncode == 2
    assert done.stderr.startswith("hall") and done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr
