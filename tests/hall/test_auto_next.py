"""A window that calls by itself: when it is due, and that it never calls two, nor against a clerk's press."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall import commands as c
from hall.errors import Refused
from hall.evolve import replay
from hall.idle import due_at
from hall.plan import Window
from hall.state import HallState

BOTH = {"a": 1, "b": 1}


@pytest.fixture
def counter(counter_with: Callable[..., Any]) -> Any:
    """Window 1 calls by itself after a minute, window 2 not."""
    made = counter_with(windows=(Window("1", "z", "1", BOTH, auto_next=60), Window("2", "z", "2", BOTH)), rating_s=30)
    made.open("1", "2")
    return made


def due(counter: Any, window: str = "1") -> float | None:
    """In minutes since opening."""
    at = due_at(counter.state, window)
    return (at - counter.opening) / timedelta(minutes=1) if at else None


def call(counter: Any, window: str = "1", since: float = 0) -> list[Any]:
    return counter.do(c.CallWhenIdle, window=window, idle_since=counter.opening + timedelta(minutes=since))


def no_call(counter: Any, window: str = "1", since: float = 0) -> str:
    return counter.refusal(c.CallWhenIdle, window=window, idle_since=counter.opening + timedelta(minutes=since))


def test_it_is_due_when_it_has_been_idle_for_its_seconds(counter: Any) -> None:
    counter.take("a")
    assert (due(counter), due(counter, "2")) == (1, None)
    counter.at = 0.99
    assert no_call(counter) == "not_idle"
    counter.at = 1
    (called,) = call(counter)
    assert (called.number, called.why["part"]) == ("A001", "standing"), "by the same rule as a press"
    assert due(counter) is None


def test_it_never_calls_two(counter: Any) -> None:
    """The same idle moment calls once, whoever asks again."""
    counter.take("a")
    counter.take("a")
    counter.at = 1
    call(counter)
    assert no_call(counter) == "not_idle"


def test_a_press_in_between_comes_first(counter: Any) -> None:
    """Pressed and finished again in between: the window is idle anew, and the old moment calls nobody."""
    counter.take("a")
    counter.take("a")
    counter.at = 0.5
    counter.next()
    counter.do(c.MarkNoShow, window="1")
    counter.at = 1
    assert no_call(counter) == "not_idle"
    assert due(counter) == 1.5
    counter.at = 2
    assert no_call(counter) == "not_idle", "what was meant for the moment before is over"
    assert call(counter, since=0.5)[0].number == "A002"


def test_a_visitor_who_is_asked_for_a_rating_is_left_to_it(counter: Any) -> None:
    counter.take("a")
    counter.next()
    counter.do(c.FinishService, window="1")
    assert due(counter) == 1.5, "thirty seconds for the rating, then a minute"
    counter.at = 0.25
    counter.do(c.RateVisit, number="A001", grade="satisfied", knows="token")
    assert due(counter) == 1, "rated: a minute since it was finished"


def test_a_paused_or_closed_window_calls_nobody(counter: Any) -> None:
    counter.take("a")
    counter.do(c.PauseWindow, window="1", reason="午餐")
    counter.at = 5
    assert due(counter) is None
    assert no_call(counter) == "not_idle"
    counter.open("1")
    assert due(counter) == 6, "the minute begins when it is open again"
    counter.do(c.CloseWindow, window="1")
    assert due(counter) is None


def test_a_clerk_switches_it(counter: Any) -> None:
    """On at a window that has none, off, and after closing it is again what the plan says."""
    counter.at = 3
    counter.do(c.SetAutoNext, window="2", seconds=30)
    assert due(counter, "2") == 3.5, "from the moment it is asked for"
    counter.do(c.SetAutoNext, window="1", seconds=0)
    assert due(counter) is None
    counter.do(c.CloseWindow, window="1")
    counter.open("1")
    assert due(counter) == 4


def test_nobody_waiting_is_refused_as_for_a_press(counter: Any) -> None:
    counter.at = 1
    assert no_call(counter) == "nobody_waiting"


Does = st.sampled_from(("take", "wait", "look", "next", "miss", "finish", "hold", "resume", "pause", "open", "switch"))


@given(does=st.lists(Does, max_size=60))
def test_whatever_is_pressed_it_calls_only_after_its_seconds_idle(
    counter_with: Callable[..., Any], picture: Callable[[Any], str], does: list[str]
) -> None:
    """Against the plain definition: open, nobody at the window, nothing pressed for a minute, somebody waiting."""
    counter = counter_with(windows=(Window("1", "z", "1", BOTH, auto_next=60),), rating_s=0)
    counter.open("1")
    now, seconds, free = counter.state.windows["1"], 60, 0.0
    presses = {"next": c.CallNext, "miss": c.MarkNoShow, "finish": c.FinishService, "hold": c.HoldTicket}
    presses |= {"resume": c.ResumeTicket, "pause": c.PauseWindow, "open": c.OpenWindow}
    for do in does:
        idle = now.state == "open" and not now.ticket
        if do == "take":
            counter.take("a")
        elif do == "wait":
            counter.at += 0.25
        elif do == "switch":
            seconds = 30 if seconds == 60 else 60 if seconds == 0 else 0
            counter.do(c.SetAutoNext, window="1", seconds=seconds)
            free = counter.at
        elif do == "look":
            waits = any(each.state == "waiting" for each in counter.state.tickets.values())
            expected = idle and seconds > 0 and (counter.at - free) * 60 >= seconds and waits
            try:
                called = call(counter, since=free)[-1].number
            except Refused as refused:
                assert refused.code in ("not_idle", "nobody_waiting")
                called = ""
            assert bool(called) == expected
            assert not called or now.ticket == called
        else:
            try:
                counter.do(presses[do], window="1")
            except Refused:
                continue
        if not idle and now.state == "open" and not now.ticket:
            free = counter.at
    assert picture(replay(counter.events, HallState(counter.plan))) == picture(counter.state)
