"""A hall that has served a few, and what its tickets are told: for the tests of the estimate."""

from __future__ import annotations

from typing import Any

from hall import commands as c
from hall.estimate import told as waits
from hall.estimate.draws import GROUND
from hall.plan import Rule

CLASSES = ("normal", "care", "urgent")
RULES = {
    "standing": Rule(),
    "class": Rule(("class",), run=2, extra_wait=15),
    "accumulate": Rule(("accumulate",), rates={"care": 3.0, "normal": 1.0}),
    "ratio": Rule(("ratio",), ratio={"care": 2, "normal": 3}, extra_wait=30),
    "target": Rule(("target", "class"), target={"normal": 20.0, "care": 10.0}),
}


def serve(counter: Any, minutes: float, window: str = "1") -> None:
    counter.next(window)
    counter.do(c.StartService, window=window)
    counter.at += minutes
    counter.do(c.FinishService, window=window)


def with_ground(counter: Any, minutes: float = 4, queue: str = "a") -> Any:
    """Window 1 is open and has served a few."""
    counter.open("1")
    for _ in range(GROUND):
        counter.take(queue)
        serve(counter, minutes)
    return counter


def told(counter: Any, number: str) -> Any:
    """The estimate of a ticket as of now."""
    waits.look_ahead(counter.state, counter.now)
    return waits.of_ticket(counter.state, counter.state.tickets[number])
