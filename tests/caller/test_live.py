"""Views follow the hall: what an event touches is sent once it changed, none is lost, none goes too early."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from typing import Any

import pytest

from caller.dispatcher import Dispatcher
from caller.live import Live
from hall import commands as c
from hall.state import HallState


class Screens:
    """What each room has been sent."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, dict[str, Any]]] = []

    def __call__(self, room: str, body: dict[str, Any]) -> None:
        self.sent.append((room, body))

    def of(self, room: str) -> list[Any]:
        return [body["data"] for to, body in self.sent if to == room]


def numbers(state: HallState, of: str) -> dict[str, Any]:
    """A builder: what stands at the window, or who waits; KeyError for what the hall does not have."""
    if of in state.windows:
        return {"ticket": state.windows[of].ticket}
    return {"token": state.tickets[state.by_token[of]].state} if of != "hall" else {"waiting": state.waiting("tax")}


@pytest.fixture
def screens() -> Screens:
    return Screens()


@pytest.fixture
def follow(door: Callable[..., Dispatcher], screens: Screens) -> Any:
    made: list[Live] = []

    def make(**how: Any) -> tuple[Dispatcher, Live]:
        hall = door(**how)
        live = Live(hall, screens)
        live.builders.update(panel=numbers, window=numbers, desk=numbers, ticket=numbers, kiosk=numbers)
        live.start()
        made.append(live)
        return hall, live

    yield make
    for live in made:
        live.stop()


def do(hall: Dispatcher, command: type[c.Command], **words: Any) -> None:
    hall.handle("", lambda at: command(at=at, actor="t", **words), lambda *_: {})


def take(hall: Dispatcher, token: str) -> None:
    do(hall, c.TakeTicket, service="tax-return", token=token)


def test_who_watches_gets_the_view_now_and_after_each_change(
    follow: Any, screens: Screens, until: Callable[..., Any]
) -> None:
    hall, live = follow()
    do(hall, c.OpenWindow, window="1")
    assert live.watch("me", "window", "1") == {"view": "window", "of": "1", "seq": 2, "data": {"ticket": ""}}
    take(hall, "a")
    do(hall, c.CallNext, window="1")
    until(lambda: screens.of("window 1") == [{"ticket": "A001"}])
    assert screens.sent[-1][1]["seq"] == 4
    assert live.watching() == 1


def test_nobody_who_does_not_watch_is_sent_anything(follow: Any, screens: Screens, until: Callable[..., Any]) -> None:
    hall, live = follow()
    live.watch("me", "window", "1")
    live.watch("you", "window", "2")
    live.gone("me")
    for window in ("1", "2"):
        do(hall, c.OpenWindow, window=window)
        take(hall, window)
        do(hall, c.CallNext, window=window)
    until(lambda: screens.of("window 2"))
    assert screens.of("window 1") == []
    live.unwatch("you", "window", "2")
    assert live.watching() == 0


def test_what_does_not_exist_is_a_key_error_and_leaves_no_watcher(follow: Any) -> None:
    _, live = follow()
    with pytest.raises(KeyError):
        live.watch("me", "ticket", "no such token")
    assert live.watching() == 0


def test_a_view_that_has_not_changed_is_not_sent_again(
    follow: Any, screens: Screens, until: Callable[..., Any]
) -> None:
    hall, live = follow()
    live.watch("me", "window", "1")
    live.watch("me", "panel", "hall")
    do(hall, c.OpenWindow, window="1")
    take(hall, "a")
    until(lambda: screens.of("panel hall") and screens.of("panel hall")[-1] == {"waiting": 1})
    before = len(screens.sent)
    live.touch("window")
    live.touch("panel")
    take(hall, "b")
    until(lambda: screens.of("panel hall")[-1] == {"waiting": 2})
    assert [room for room, _ in screens.sent[before:]] == ["panel hall"]


def test_many_changes_in_a_moment_end_in_the_last(follow: Any, screens: Screens, until: Callable[..., Any]) -> None:
    hall, live = follow()
    live.watch("me", "panel", "hall")
    for n in range(40):
        take(hall, str(n))
    until(lambda: screens.of("panel hall") and screens.of("panel hall")[-1] == {"waiting": 40})
    assert len(screens.sent) <= 41


def test_a_view_that_fails_keeps_no_other_from_its_screen(
    follow: Any, screens: Screens, until: Callable[..., Any]
) -> None:
    hall, live = follow()
    broken = threading.Event()

    def breaks(state: HallState, of: str) -> dict[str, Any]:
        if broken.is_set():
            raise ZeroDivisionError
        return {}

    live.builders["kiosk"] = breaks
    live.watch("me", "kiosk", "k")
    live.watch("me", "window", "1")
    broken.set()
    live.touch("kiosk")
    take(hall, "a")
    do(hall, c.OpenWindow, window="1")
    do(hall, c.CallNext, window="1")
    until(lambda: screens.of("window 1") == [{"ticket": "A001"}])


def test_a_phone_with_yesterdays_ticket_stops_no_panel_at_the_change_of_day(
    follow: Any, screens: Screens, until: Callable[..., Any], clock: Any
) -> None:
    hall, live = follow()
    take(hall, "yesterday")
    live.watch("phone", "ticket", "yesterday")
    live.watch("wall", "panel", "hall")
    clock.at = "2026-11-23 09:00"
    do(hall, c.OpenWindow, window="1")
    until(lambda: screens.of("panel hall") and screens.of("panel hall")[-1] == {"waiting": 0})
    assert screens.of("ticket yesterday") == []


def test_a_view_that_waited_for_the_journal_is_sent_when_it_is_back(
    follow: Any, screens: Screens, until: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The event is durable and told; in the moment the view is built the journal cannot be read; then it can."""
    hall, live = follow()
    do(hall, c.OpenWindow, window="1")
    live.watch("me", "window", "1")
    take(hall, "a")

    def gone(*_: Any) -> Any:
        raise sqlite3.OperationalError("no disk")

    hall.listeners.insert(0, lambda events: hall.__dict__.update(_sound=False))
    with monkeypatch.context() as broken:
        broken.setattr(hall.journal, "today", gone)
        do(hall, c.CallNext, window="1")
        until(lambda: live._events)
        assert screens.of("window 1") == []
    del hall.listeners[0]
    take(hall, "b")
    until(lambda: screens.of("window 1") == [{"ticket": "A001"}])
