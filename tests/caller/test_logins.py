"""Logging in where somebody is, or from elsewhere: asked once, told; asked again, done. Over HTTP and at the keypad."""

from __future__ import annotations

from typing import Any

import pytest

from caller.tokens import Who

from .halls import problem


def clerk_at(inside: Any, window: str) -> tuple[str, str]:
    with inside.hub.dispatcher.reading() as state:
        return state.windows[window].state, state.windows[window].clerk


def test_a_clerk_who_is_elsewhere_confirms_and_moves(inside: Any) -> None:
    inside.post("tickets", {"service": "tax-return"}, role="")
    inside.post("windows/1/open")
    inside.post("windows/1/next")
    refused = problem(inside.post("windows/2/open", {"clerk": "0001"}), 409, "clerk_elsewhere")
    assert refused["facts"] == {"window": "1", "ticket": "A001", "left": []}
    moved = inside.post("windows/2/open", {"clerk": "0001", "confirm": True})
    assert (moved.status_code, moved.json["clerk"]) == (200, "0001")
    assert clerk_at(inside, "1") == ("closed", "")
    assert inside.post("windows/2/resume").json["ticket"]["number"] == "A001"


def test_whoever_takes_over_is_asked_first_too(inside: Any) -> None:
    inside.post("windows/1/open")
    refused = problem(inside.post("windows/1/open", {"clerk": "0003"}), 409, "other_clerk")
    assert refused["facts"] == {"clerk": "0001", "elsewhere": ""}
    assert inside.post("windows/1/open", {"clerk": "0003", "confirm": True}).json["clerk"] == "0003"


def test_a_clerks_own_token_logs_in_nobody_else(inside: Any) -> None:
    """With a confirmation it could close somebody else's window."""
    token = inside.hub.tokens.make(Who("clerk", "", "0003"))
    headers = {"Authorization": f"Bearer {token}"}

    def open_as(clerk: str) -> Any:
        return inside.client.post("/api/v1/windows/2/open", json={"clerk": clerk, "confirm": True}, headers=headers)

    problem(open_as("0001"), 403, "forbidden")
    assert open_as("").json["clerk"] == "0003"


@pytest.fixture
def log_in(inside: Any) -> Any:
    """log_in("0003"): typed at window 1's keypad; the code that comes back."""
    count = iter(range(99))

    def press(digits: str, id: str = "") -> str:  # noqa: A002
        event = {"kind": "key", "key": "login", "digits": digits}
        device = inside.hub.agents.devices["keys"]
        return str(inside.hub.inputs.take(device, event, id or f"input:{next(count)}")["code"])

    return press


def test_the_same_login_pressed_again_takes_over(inside: Any, log_in: Any, clock: Any) -> None:
    inside.post("windows/3/open")
    assert log_in("0003") == "clerk_elsewhere"
    clock.at = "2026-11-22 09:00:20"
    assert log_in("0003") == ""
    assert clerk_at(inside, "1") == ("open", "0003")
    assert clerk_at(inside, "3") == ("closed", "")


def test_after_twenty_seconds_it_asks_again(inside: Any, log_in: Any, clock: Any) -> None:
    inside.post("windows/3/open")
    assert log_in("0003") == "clerk_elsewhere"
    clock.at = "2026-11-22 09:00:21"
    assert log_in("0003") == "clerk_elsewhere"
    assert log_in("0003") == ""


def test_another_login_confirms_nothing(inside: Any, log_in: Any) -> None:
    inside.post("windows/1/open")
    inside.post("windows/3/open")
    assert log_in("0003") == "other_clerk"
    assert log_in("0001") == "window_open"
    assert clerk_at(inside, "3") == ("open", "0003")


def test_a_frame_that_comes_twice_is_one_press(inside: Any, log_in: Any) -> None:
    """The agent sends a press until it is answered: that is no second press."""
    inside.post("windows/3/open")
    assert log_in("0003", id="input:once") == "clerk_elsewhere"
    assert log_in("0003", id="input:once") == "clerk_elsewhere"
    assert clerk_at(inside, "3") == ("open", "0003")


def test_a_pause_is_told_with_its_reason_and_its_end(inside: Any) -> None:
    """On the window's screen, the panel and the desk; a time that is past is refused; no zone is the hall's."""
    inside.post("windows/1/open")
    assert problem(inside.post("windows/1/pause", {"until": "2026-11-22T08:59"}), 409, "until_past")
    told = {"reason": "午餐", "until": "2026-11-22T13:00:00+08:00"}
    assert inside.post("windows/1/pause", {"reason": "午餐", "until": "2026-11-22T13:00"}).json["paused"] == told
    build = inside.hub.live.builders
    with inside.hub.dispatcher.reading() as state:
        assert build["window"](state, "1")["paused"] == told
        assert build["desk"](state, "1")["paused"] == told
        assert build["desk"](state, "1")["pause_reasons"][0] == "午餐"
        rows = {row["window"]: row["paused"] for row in build["panel"](state, "hall")["windows"]}
    assert rows == {"1": told, "2": None, "3": None}
