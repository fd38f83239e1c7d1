"""What a choice and a call cost, counted and not timed: of ten thousand waiting hardly more than of a hundred."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from functools import partial
from types import FrameType
from typing import Any

import pytest

from hall import commands as c
from hall.decide import decide
from hall.evolve import evolve
from hall.plan import CLASSES, Clerk, Rule, Zone
from hall.rule.choice import choose

PARTS = ("window_priority", "booked_on_time", "target", "accumulate", "ratio", "class")
RULE = Rule(PARTS, rates={"care": 3}, ratio={"care": 2, "normal": 3}, target={"normal": 20}, run=3, extra_wait=30)
ROUNDS = 20


def lines(do: Callable[[], object]) -> int:
    """How many lines of Python are run, in every module that takes part: the work, whatever else the machine does."""
    count = 0

    def trace(frame: FrameType, event: str, arg: object) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        do()
    finally:
        sys.settrace(before)
    return count


@pytest.fixture(scope="module")
def crowd(counter_with: Callable[..., Any]) -> Callable[[int], Any]:
    """crowd(n): n wait in two queues and four classes, some are back after a missed call; window 1 is open."""

    def make(waiting: int) -> Any:
        counter = counter_with(
            zones=(Zone("z", "A", "综合", rule=RULE), Zone("y", "B", "社保")),
            clerks=(Clerk("0001", "王", skills=("a", "b")), Clerk("0002", "李")),
            class_floor={"care": "1"},
        )
        counter.open("1")
        rng = random.Random(waiting)
        for number in range(waiting):
            klass = rng.choices(CLASSES, (6, 1, 2, 1))[0]
            counter.take(rng.choice("ab"), number * 60 / waiting, klass=klass)
        counter.at = 61
        return counter

    return make


def calls(counter: Any, rounds: int) -> None:
    """Whole presses: the ticket at the window finished, the next chosen, all of it happened."""
    for _ in range(rounds):
        for event in decide(c.CallNext(at=counter.now, actor="test", window="1"), counter.state):
            evolve(event, counter.state)


def test_the_next_of_ten_thousand_costs_what_the_next_of_a_hundred_costs(crowd: Callable[[int], Any]) -> None:
    """Within twice: the choice alone, and the whole press with what it does to the state."""
    few, many = crowd(100), crowd(10_000)
    for counter in (few, many):
        calls(counter, 1)
    chosen = [lines(partial(choose, counter.state, "1", counter.now)) for counter in (few, many)]
    assert chosen[1] <= 2 * chosen[0], chosen
    pressed = [lines(partial(calls, counter, ROUNDS)) for counter in (few, many)]
    assert pressed[1] <= 2 * pressed[0], pressed
