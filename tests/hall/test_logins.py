"""A clerk is logged in at one window, a window has one clerk; who asks again takes over, and nobody gets lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from hall import commands as c
from hall import events as ev
from hall.errors import Refused


def held_at(counter: Any, window: str) -> list[str]:
    return counter.state.windows[window].held


def log_in(counter: Any, window: str, clerk: str, confirm: bool = False) -> list[ev.Event]:
    return counter.do(c.OpenWindow, window=window, clerk=clerk, confirm=confirm)


def test_a_login_elsewhere_says_where_and_who_is_there(counter: Any) -> None:
    counter.take("a")
    counter.open("1")
    counter.next()
    with pytest.raises(Refused) as refused:
        log_in(counter, "2", "0001")
    assert (refused.value.code, refused.value.facts) == (
        "clerk_elsewhere",
        {"window": "1", "ticket": "A001", "left": []},
    )


def test_a_login_at_somebodys_window_says_whose_it_is(counter: Any) -> None:
    """And where the one who asks is logged in, so that one confirmation is of both."""
    counter.open("1", "2")
    with pytest.raises(Refused) as refused:
        log_in(counter, "1", "0002")
    assert (refused.value.code, refused.value.facts) == ("other_clerk", {"clerk": "0001", "elsewhere": "2"})


def test_who_moves_to_another_window_takes_along_who_is_served_and_who_is_held(counter: Any) -> None:
    """The other window is closed; the visitor who sat there is the first to be called back at the new one."""
    counter.take("a", 0)
    counter.take("a", 1)
    counter.open("1")
    counter.next()
    counter.do(c.HoldTicket, window="1")
    counter.next()
    counter.do(c.StartService, window="1")
    counter.at = 5
    events = log_in(counter, "2", "0001", confirm=True)
    assert [type(event).__name__ for event in events] == [
        *("TicketHeld", "TicketMoved", "TicketMoved", "WindowClosed", "WindowOpened")
    ]
    opened = events[-1]
    assert isinstance(opened, ev.WindowOpened)
    assert (opened.clerk, opened.from_window, opened.instead_of) == ("0001", "1", "")
    assert counter.state.windows["1"].state == "closed"
    assert held_at(counter, "1") == []
    assert held_at(counter, "2") == ["A001", "A002"]
    counter.at = 9
    (resumed,) = counter.do(c.ResumeTicket, window="2")
    assert resumed.number == "A002"
    assert counter.state.tickets["A002"].window == "2"
    counter.at = 11
    counter.do(c.FinishService, window="2")
    assert counter.state.windows["2"].served_s == 6 * 60, "from being called to the move, and from being back"


def test_who_waits_for_the_window_that_is_left_is_told_before_and_recorded(counter: Any) -> None:
    counter.take("a")
    counter.open("1", "2")
    counter.next("2")
    counter.do(c.TransferTicket, window="2", to_window="1")
    with pytest.raises(Refused) as refused:
        log_in(counter, "3", "0001")
    left = [{"queue": "a", "name": "甲", "waiting": 1, "held": 0, "numbers": ["A001"]}]
    assert refused.value.facts["left"] == left
    closed = log_in(counter, "3", "0001", confirm=True)[-2]
    assert isinstance(closed, ev.WindowClosed)
    assert closed.left == left


def test_who_takes_over_a_window_gets_the_ticket_that_is_there(counter: Any) -> None:
    counter.take("a")
    counter.open("1")
    counter.next()
    counter.do(c.StartService, window="1")
    (opened,) = log_in(counter, "1", "0003", confirm=True)
    assert (opened.instead_of, opened.from_window) == ("0001", "")
    now = counter.state.windows["1"]
    assert (now.clerk, now.state, now.ticket) == ("0003", "serving", "A001")
    assert counter.state.window_of_clerk("0001") == "", "nobody is logged in twice, nor where somebody else is"


def test_a_visitor_is_still_asked_for_a_rating_when_the_next_clerk_sits_down(counter: Any) -> None:
    counter.take("a")
    counter.open("1")
    counter.next()
    counter.do(c.FinishService, window="1")
    log_in(counter, "1", "0003", confirm=True)
    now = counter.state.windows["1"]
    assert (now.state, now.rating) == ("rating", "A001")


def test_a_window_that_was_opened_without_a_clerk_needs_no_confirmation(counter: Any) -> None:
    """Window 3 has no usual clerk: nobody is sent away."""
    counter.open("3")
    log_in(counter, "3", "0003")
    assert counter.state.windows["3"].clerk == "0003"


def test_to_confirm_what_needs_no_confirmation_is_no_mistake(counter: Any) -> None:
    log_in(counter, "1", "0001", confirm=True)
    assert counter.refusal(c.OpenWindow, window="1", clerk="0001", confirm=True) == "window_open"


def test_a_pause_ends_in_the_time_to_come(counter: Any) -> None:
    """What is written without a zone is the hall's time; what is past is refused."""
    counter.open("1")
    for past in ("2026-11-22T00:29:59+00:00", "2026-11-22T00:29", "2026-11-22T08:30:00+08:00"):
        assert counter.refusal(c.PauseWindow, window="1", until=past) == "until_past"
    (paused,) = counter.do(c.PauseWindow, window="1", reason="午餐", until="2026-11-22T01:30")
    assert paused.until == "2026-11-22T01:30:00+00:00"


def test_screens_read_the_end_of_a_pause_on_the_halls_clock(counter: Any) -> None:
    """Whatever zone it was written in: they show the hour as it stands there."""
    counter.open("1")
    for strange in ("0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"):
        assert counter.refusal(c.PauseWindow, window="1", until=strange) in ("until_past", "until_far")
    (paused,) = counter.do(c.PauseWindow, window="1", reason="午餐", until="2026-11-22T09:30:00+08:00")
    assert paused.until == "2026-11-22T01:30:00+00:00"


def test_what_is_held_by_a_clerk_who_moves_is_called_back_after_a_restart_too(
    counter: Any, picture: Callable[[Any], str]
) -> None:
    from hall.evolve import replay
    from hall.state import HallState

    counter.take("a")
    counter.open("1")
    counter.next()
    log_in(counter, "3", "0001", confirm=True)
    assert picture(replay(counter.events, HallState(counter.plan))) == picture(counter.state)
