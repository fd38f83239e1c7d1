"""Who missed the call and is back the same day is called after the next K of the queue (shared RULES, example 11)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall import commands as c


@pytest.fixture(scope="session")
def missed(counter_with: Callable[..., Any]) -> Callable[..., Any]:
    """missed(k, waiting): A001 was missed at minute 10, `waiting` others of its queue wait; it returns at 12."""

    def make(k: int = 3, waiting: int = 5) -> Any:
        counter = counter_with(return_after=k)
        counter.take("a", 0)
        for _ in range(waiting):
            counter.take("a", 1)
        counter.open("1", "2")
        counter.at = 10
        assert counter.next() == "A001"
        counter.do(c.MarkNoShow, window="1")
        counter.at = 12
        counter.do(c.ReturnTicket, number="A001")
        return counter

    return make


def test_a_missed_visitor_is_called_after_the_next_three(missed: Any) -> None:
    """Worked example 11."""
    assert missed().all_called() == ["A002", "A003", "A004", "A001", "A005", "A006"]


@given(k=st.integers(0, 6), waiting=st.integers(0, 6), windows=st.lists(st.sampled_from("12"), min_size=8, max_size=8))
def test_whoever_calls_it_is_after_k_calls_or_when_nobody_else_waits(
    missed: Any, k: int, waiting: int, windows: list[str]
) -> None:
    counter = missed(k, waiting)
    called = []
    for window in windows:
        ahead = counter.state.ahead(counter.state.tickets["A001"])
        if "A001" not in called:
            assert ahead == min(k, waiting) - len(called), "what the visitor is told is how many are called before"
        if counter.state.waiting("a"):
            called.append(counter.next(window))
    assert called.index("A001") == min(k, waiting)


def test_calls_of_another_queue_do_not_count(missed: Any) -> None:
    counter = missed(2, 3)
    counter.take("b", 12)
    counter.open("3")
    assert counter.next("3") == "B001"
    assert counter.all_called() == ["A002", "A003", "A001", "A004"]


def test_only_a_missed_ticket_returns_and_only_once(missed: Any) -> None:
    counter = missed()
    assert counter.refusal(c.ReturnTicket, number="A001") == "not_missed"
    assert counter.refusal(c.ReturnTicket, number="A002") == "not_missed"
    assert counter.refusal(c.ReturnTicket, number="A999") == "unknown_ticket"


def test_it_can_be_called_by_number_before_its_turn_and_missed_again(missed: Any) -> None:
    counter = missed()
    counter.do(c.CallNumber, window="1", number="A001")
    counter.do(c.MarkNoShow, window="1")
    assert list(counter.state.missed) == ["A001"]
    assert counter.all_called() == ["A002", "A003", "A004", "A005", "A006"]
