"""没有窗口开着: whoever comes or waits is told so, and when one will be open, as far as anybody has said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from hall import commands as c
from hall import no_window
from hall.hours.shifts import Hours, Shift
from hall.plan import Clerk
from hall.rule import reach

from .conftest import PLAN, Counter


def said(counter: Counter, *queues: str) -> Any:
    told = no_window.of_queues(counter.state, queues, counter.now)
    return told and told["sentence"]["zh"]


def test_it_is_said_until_a_window_of_the_queue_opens(counter: Counter) -> None:
    """Window 3 serves b alone: a is still without one; and after it has closed both are."""
    assert said(counter, "a") == said(counter, "b") == "现在没有窗口开着"
    counter.open("3")
    assert said(counter, "b") is None and said(counter, "a") and said(counter, "a", "b") is None
    counter.do(c.CloseWindow, window="3", confirm=True)
    assert said(counter, "a", "b") == "现在没有窗口开着"


def test_a_pause_that_has_an_end_says_when(counter: Counter) -> None:
    """So long as the end is to come; without one nobody can say when."""
    counter.open("1", "3")
    counter.do(c.PauseWindow, window="1", reason="午餐", until=(counter.now + timedelta(minutes=30)).isoformat())
    assert said(counter, "b") is None, "window 3 is open"
    counter.do(c.PauseWindow, window="3", reason="会议")
    told = no_window.of_queues(counter.state, ["b"], counter.now)
    assert told["sentence"] == {"zh": "现在没有窗口开着，09:00 开窗", "en": "No window is open now; one opens at 09:00"}
    assert told["opens_at"] == "2026-11-22T09:00:00+08:00"
    counter.at = 31
    assert said(counter, "a") == "现在没有窗口开着", "it should be back, and is not"


def test_between_shifts_the_next_one_says_when(counter_with: Callable[..., Counter]) -> None:
    """Whoever still waits at lunch reads when it goes on, tomorrow's time with its day."""
    every = {"days": ("workdays", "restdays")}
    shifts = (Shift(510, 690, 720, **every), Shift(810, 1000, 1020, **every))
    counter = counter_with(hours=Hours(shifts))
    number = counter.take("a")
    ticket = counter.state.tickets[number]
    assert said(counter, "a") == "现在没有窗口开着", "the shift runs: nobody has said when somebody comes"
    for minute, when in ((220, "13:30"), (600, "明天 08:30")):
        counter.at = minute
        told = no_window.of_ticket(counter.state, ticket, counter.now)
        assert told["sentence"]["zh"] == f"现在没有窗口开着，{when} 开窗"


def test_a_ticket_sent_to_a_window_goes_by_that_window(counter: Counter) -> None:
    counter.open("1")
    number = counter.take("a")
    counter.next("1")
    counter.do(c.TransferTicket, window="1", to_window="2")
    ticket = counter.state.tickets[number]
    assert no_window.of_ticket(counter.state, ticket, counter.now)
    counter.open("2")
    assert no_window.of_ticket(counter.state, ticket, counter.now) is None


@given(
    done=st.lists(st.tuples(st.sampled_from("123"), st.sampled_from(["0001", "0003", "off", "pause"])), max_size=8),
    queue=st.sampled_from("ab"),
)
def test_it_is_said_exactly_while_no_window_calls(done: list[tuple[str, str]], queue: str) -> None:
    """However windows open, pause and close, with clerks of all skills or of one: the windows' own reach decides."""
    counter = Counter(replace(PLAN, clerks=(Clerk("0001", "王"), Clerk("0003", "赵", skills=("b",)))))
    for window, what in done:
        try:
            if what in ("off", "pause"):
                counter.do(c.CloseWindow if what == "off" else c.PauseWindow, window=window)
            else:
                counter.do(c.OpenWindow, window=window, clerk=what, confirm=True)
        except Exception as refused:
            assert type(refused).__name__ == "Refused"
    calls = any(reach.is_open(counter.state, w) and queue in reach.queues_of(counter.state, w) for w in "123")
    assert (no_window.of_queues(counter.state, [queue], counter.now) is None) == calls
