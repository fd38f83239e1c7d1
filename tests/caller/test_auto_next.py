"""Calling by itself: by the hall's clock, once, and on after a restart."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from caller.auto_next import AutoNext
from caller.config import Config
from hall import commands as c
from hall import events as ev


@pytest.fixture
def hall(inside: Any) -> Any:
    """Window 1 open, to call after 60 idle seconds; two wait. Its own timer is still: the test looks."""
    inside.hub.auto_next.stop()
    for _ in range(2):
        inside.post("tickets", {"service": "tax-return"}, role="")
    assert inside.post("windows/1/open").status_code == 200
    assert inside.post("windows/1/auto", {"seconds": 60}).json["auto_next"] == 60
    return inside


def at_window(hall: Any) -> tuple[str, str]:
    with hall.hub.dispatcher.reading() as state:
        now = state.windows["1"]
        return now.state, now.ticket


def test_it_calls_when_the_window_has_been_idle_so_long_and_not_before(hall: Any, clock: Any) -> None:
    told: list[ev.Event] = []
    hall.hub.dispatcher.listeners.append(told.extend)
    look = AutoNext(hall.hub.dispatcher).look
    clock.at = "2026-11-22 09:00:59"
    assert look() == []
    clock.at = "2026-11-22 09:01:00"
    assert look() == ["1"]
    assert at_window(hall) == ("calling", "A001")
    (called,) = (event for event in told if isinstance(event, ev.TicketCalled))
    assert called.actor == "auto"
    clock.at = "2026-11-22 09:30:00"
    assert look() == [], "a visitor is at the window"


def test_a_press_between_the_look_and_the_call_comes_first(hall: Any, clock: Any) -> None:
    """The clerk called and finished in between; what was meant for the moment before calls nobody."""
    dispatcher = hall.hub.dispatcher
    clock.at = "2026-11-22 09:01:00"
    with dispatcher.reading() as state:
        since = state.windows["1"].idle_since
    hall.post("windows/1/next")
    hall.post("windows/1/no-show")
    answer = dispatcher.handle(
        "auto:1", lambda at: c.CallWhenIdle(at=at, actor="auto", window="1", idle_since=since), lambda *_: {}
    )
    assert answer.status == 409
    assert at_window(hall) == ("open", "")
    assert AutoNext(dispatcher).look() == []


def test_two_who_look_at_once_call_one(hall: Any, clock: Any, at_once: Callable[..., list[Any]]) -> None:
    clock.at = "2026-11-22 09:01:00"
    at_once(6, lambda _: AutoNext(hall.hub.dispatcher).look())
    with hall.hub.dispatcher.reading() as state:
        assert state.calls == 1


def test_a_window_that_pauses_or_has_it_off_is_left_alone(hall: Any, clock: Any) -> None:
    look = AutoNext(hall.hub.dispatcher).look
    hall.post("windows/1/pause", {"reason": "午餐"})
    clock.at = "2026-11-22 09:10"
    assert look() == []
    hall.post("windows/1/open")
    hall.post("windows/1/auto", {"seconds": 0})
    clock.at = "2026-11-22 09:20"
    assert look() == []
    assert hall.post("windows/1/auto", {"seconds": 601}).status_code == 422
    assert hall.post("windows/1/auto", {"seconds": 5}, role="clerk", window="2").status_code == 403


def test_after_a_restart_the_seconds_go_on(
    hub_in: Callable[..., Any], config: Config, tmp_path: Path, clock: Any
) -> None:
    """Idle since nine o'clock, restarted at half a minute past: it calls at a minute past."""
    first = hub_in(config, tmp_path)
    first.hub.auto_next.stop()
    first.post("tickets", {"service": "tax-return"}, role="")
    first.post("windows/1/open")
    first.post("windows/1/auto", {"seconds": 60})
    first.hub.stop()
    clock.at = "2026-11-22 09:00:30"
    again = hub_in(config, tmp_path)
    again.hub.auto_next.stop()
    assert AutoNext(again.hub.dispatcher).look() == []
    clock.at = "2026-11-22 09:01:00"
    assert AutoNext(again.hub.dispatcher).look() == ["1"]
    assert at_window(again) == ("calling", "A001")


def test_a_running_hall_looks_by_itself(inside: Any, clock: Any, until: Callable[..., Any]) -> None:
    inside.post("tickets", {"service": "tax-return"}, role="")
    inside.post("windows/1/open")
    inside.post("windows/1/auto", {"seconds": 1})
    clock.at = "2026-11-22 09:01"
    until(lambda: at_window(inside) == ("calling", "A001"))
