"""`hall why`: the past explains itself from the journal."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from caller.why import NotCalled, why
from hall import commands as c
from hall.decide import decide
from hall.evolve import evolve
from hall.plan import Plan, Queue, Rule, Service, Window, Zone
from hall.state import HallState

OPENING = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)


@pytest.fixture
def day() -> list[Any]:
    """A001 normal at 0, A002 care at 20; at 30 the window calls by credit, care three times as fast; A003 later."""
    plan = Plan(
        name="厅",
        zones=(Zone("z", "A", "区", rule=Rule(parts=("accumulate",), rates={"care": 3})),),
        queues=(Queue("a", "z", "队", "A"),),
        services=(Service("s", "事", "a"),),
        windows=(Window("1", "z", "1", {"a": 1}),),
    )
    state, events = HallState(plan), []

    def do(at: float, command: type[c.Command], **words: Any) -> None:
        for event in decide(command(at=OPENING + timedelta(minutes=at), **words), state):
            evolve(event, state)
            events.append(event)

    do(0, c.OpenDay, day="2026-11-22")
    do(0, c.OpenWindow, window="1")
    do(0, c.TakeTicket, service="s", token="t1")
    do(15, c.TakeTicket, service="s", token="t2", klass="care")
    do(30, c.CallNext, window="1")
    do(31, c.CallNext, window="1")
    do(32, c.TakeTicket, service="s", token="t3")
    return events


def test_a_call_is_explained_with_its_measures_and_whom_it_overtook(day: list[Any]) -> None:
    (line,) = why(day, "A002")
    assert "A002（爱心）01:30:00 叫到 1 号窗口，等了 15 分钟：累计 45 分，A001 累计 30 分，先于 A001 等 1 人" in line
    assert "accumulated 45 minutes, A001 30, before A001 (1 older)" in line


def test_why_this_one_before_that_one(day: list[Any]) -> None:
    assert why(day, "A002", "A001")[-1].startswith("A001 更早取号（01:00:00），后来叫到：01:31:00。")
    assert why(day, "A001", "A002")[-1].startswith("A002 更早叫到（01:30:00）。")
    assert why(day, "A001", "A003")[-1].startswith("A003 那时还没有取号。")


@pytest.mark.parametrize(
    ("number", "sentence"), [("A009", "there is no ticket A009"), ("A003", "A003 was taken at 01:32:00")]
)
def test_what_was_not_called_is_said_in_a_sentence(day: list[Any], number: str, sentence: str) -> None:
    with pytest.raises(NotCalled, match=sentence):
        why(day, number)


def test_any_day_of_the_journal_is_explained(
    hall_command: Any, hub_in: Any, config: Any, clock: Any, tmp_path: Any
) -> None:
    inside = hub_in(config, tmp_path)
    clock.at = "2026-11-22 09:00"
    inside.post("windows/1/open")
    inside.post("tickets", {"service": "tax-return"})
    inside.post("windows/1/next")
    clock.at = "2026-11-23 09:00"
    inside.post("tickets", {"service": "tax-return"})
    told = hall_command("why", "a001", "--day", "2026-11-22", "--data", tmp_path)
    assert (told.returncode, "09:00:00 叫到 1 号窗口" in told.stdout) == (0, True)
    for day, sentence in (("2026-11-23", "has not been called"), ("2026-11-21", "no ticket A001"), ("x", "no ticket")):
        told = hall_command("why", "A001", "--day", day, "--data", tmp_path)
        assert (told.returncode, sentence in told.stderr) == (2, True)
