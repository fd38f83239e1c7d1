"""A restart at noon takes a window out of the config: whoever was there waits again, or is finished."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hall import commands as c
from hall import events as ev
from hall.evolve import replay
from hall.lost_windows import at_lost_windows
from hall.state import HallState

STATES = ("called", "arrived", "serving", "held", "waiting")


def lost(counter: Any, window: str = "2") -> None:
    """The hall runs again without the window."""
    plan = replace(counter.plan, windows=tuple(w for w in counter.plan.windows if w.id != window))
    counter.plan, counter.state = plan, replay(counter.events, HallState(plan))


def comes_to(counter: Any, state: str) -> None:
    """The next of queue a comes into the state at window 2; waiting: sent there by window 1."""
    window = "1" if state == "waiting" else "2"
    counter.next(window)
    steps = {
        "called": [],
        "arrived": [c.Arrive],
        "serving": [c.StartService],
        "held": [c.Arrive, c.HoldTicket],
        "waiting": [],
    }
    for step in steps[state]:
        counter.do(step, window=window)
    if state == "waiting":
        counter.do(c.TransferTicket, window="1", to_window="2", place="front")


@given(st.sampled_from(STATES), st.integers(0, 4), st.integers(0, 4))
@settings(max_examples=40)
def test_put_back_it_stands_where_it_stood(
    counter_with: Callable[..., Any], state: str, before: int, after: int
) -> None:
    """Before everybody who came later, however many were called since; and replayed it is the same."""
    counter = counter_with()
    counter.open("1", "2")
    number = counter.take("a", 0)
    comes_to(counter, state)
    later = [counter.take("a", 1 + n) for n in range(before + after)]
    for _ in range(before):
        counter.next("1")
    lost(counter)
    assert [it["number"] for it in at_lost_windows(counter.state)] == [number]
    (event,) = counter.do(c.PutBack, number=number)
    assert (event.window, counter.state.tickets[number].state) == ("2", "waiting")
    assert at_lost_windows(counter.state) == []
    again = replay(counter.events, HallState(counter.plan))
    assert again.picture() == counter.state.picture()
    assert counter.all_called("1") == [number, *later[before:]]


def test_reception_sees_who_is_there_with_the_name_that_the_window_had(counter_with: Callable[..., Any]) -> None:
    """One served and one on hold; at windows that are there nobody is seen."""
    plan = counter_with().plan
    counter = counter_with(windows=tuple(replace(w, name=f"{w.id} 号") for w in plan.windows))
    counter.open("1", "2")
    for n in range(3):
        counter.take("a", n)
    comes_to(counter, "held")
    comes_to(counter, "serving")
    counter.next("1")
    assert at_lost_windows(counter.state) == []
    lost(counter)
    seen = at_lost_windows(counter.state)
    assert [(it["number"], it["state"], it["window"], it["window_name"]) for it in seen] == [
        ("A002", "serving", "2", "2 号"),
        ("A001", "held", "2", "2 号"),
    ]
    assert {it["service_name"] for it in seen} == {"甲事"}


@pytest.mark.parametrize("state", STATES)
def test_what_is_put_back_nobody_takes_back(counter: Any, state: str) -> None:
    """The step of a window before, undone after, is refused: somebody else has acted on the ticket since."""
    counter.open("1", "2")
    counter.take("a", 0)
    comes_to(counter, state)
    lost(counter)
    counter.do(c.PutBack, number="A001")
    refused = counter.refusal(c.UndoStep, window="1" if state == "waiting" else "2")
    assert refused in ("acted_on", "unknown_window")
    assert counter.state.tickets["A001"].state == "waiting" and counter.next("1") == "A001"


def test_a_visit_is_put_back_into_the_step_that_it_was_in(counter_with: Callable[..., Any]) -> None:
    """It stands in all queues of a step whose parts go in any order, and what was done stays done."""
    plan = counter_with().plan
    both = tuple(replace(it, steps=(("a", "b"),)) if it.id == "sa" else it for it in plan.services)
    counter = counter_with(services=both)
    counter.open("1", "2")
    counter.take("a")
    comes_to(counter, "serving")
    lost(counter)
    counter.do(c.PutBack, number="A001")
    assert counter.state.waiting("a") == counter.state.waiting("b") == 1
    assert counter.next("1") == "A001"
    counter.do(c.FinishService, window="1")
    assert counter.state.tickets["A001"].state == "waiting", "one of the two is still to be done"


def test_one_that_nobody_could_call_is_not_put_back(counter: Any) -> None:
    """Its window was the last of its queue: reception finishes it; and one that is done is at no window."""
    counter.open("3")
    counter.take("b")
    counter.next("3")
    counter.state.plan = counter.plan = replace(counter.plan, windows=())
    assert counter.refusal(c.PutBack, number="B001") == "not_served"
    (finished,) = counter.do(c.FinishForLostWindow, number="B001")
    assert isinstance(finished, ev.ServiceFinished)
    assert counter.refusal(c.PutBack, number="B001") == "no_window_lost"
