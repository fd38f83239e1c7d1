"""What keys and grades from the hardware do, and that sent twice they happen once and are answered the same."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture
def keypad(inside: Any) -> Any:
    """keypad("next", digits="23", id="1"): a key of window 1's keypad, as its agent sends it."""

    def press(key: str, digits: str = "", id: str = "") -> dict[str, Any]:  # noqa: A002
        press.count += 1  # type: ignore[attr-defined]
        event = {"kind": "key", "key": key, "digits": digits}
        input_id = f"input:{id or press.count}"  # type: ignore[attr-defined]
        return inside.hub.inputs.take(inside.hub.agents.devices["keys"], event, input_id)

    press.count = 0  # type: ignore[attr-defined]
    return press


@pytest.fixture
def stars(inside: Any) -> Any:
    def grade(grade: str, id: str) -> dict[str, Any]:  # noqa: A002
        return inside.hub.inputs.take(inside.hub.agents.devices["stars"], {"kind": "grade", "grade": grade}, id)

    return grade


@pytest.fixture
def at_window(inside: Any) -> Any:
    """at_window(): window 1's state and ticket."""

    def look() -> tuple[str, str]:
        with inside.hub.dispatcher.reading() as state:
            now = state.windows["1"]
            return now.state, now.ticket

    return look


@pytest.fixture
def tickets(inside: Any) -> list[str]:
    return [
        inside.post("tickets", {"service": service}, role="").json["number"]
        for service in ("tax-return", "pension", "tax-return", "tax-return")
    ]


def test_the_first_press_of_the_day_opens_the_window_and_calls(keypad: Any, tickets: Any, at_window: Any) -> None:
    assert keypad("next", id="1")["ok"]
    assert at_window() == ("calling", "A001")
    assert keypad("next", id="1")["ok"]
    assert at_window() == ("calling", "A001"), "the same press, sent again"
    assert keypad("next")["ok"]
    assert at_window() == ("calling", "B001")


def test_a_first_press_with_nobody_waiting_opens_the_window_and_says_so(keypad: Any, at_window: Any) -> None:
    for _ in range(2):
        assert keypad("next", id="1")["code"] == "nobody_waiting"
    assert at_window() == ("open", "")


def test_keys_do_what_they_say(keypad: Any, tickets: Any, at_window: Any) -> None:
    keypad("login", "0001")
    keypad("next")
    assert keypad("recall")["ok"]
    assert (keypad("arrived")["ok"], at_window()) == (True, ("calling", "A001"))
    assert keypad("arrived")["code"] == "already_arrived"
    assert (keypad("start")["ok"], at_window()) == (True, ("serving", "A001"))
    assert (keypad("hold")["ok"], at_window()) == (True, ("open", ""))
    assert (keypad("resume")["ok"], at_window()) == (True, ("serving", "A001"))
    assert (keypad("transfer", "2")["ok"], at_window()) == (True, ("open", ""))
    keypad("next")
    assert (keypad("no-show")["ok"], at_window()) == (True, ("open", ""))
    keypad("next")
    assert (keypad("rate")["ok"], at_window()) == (True, ("rating", ""))
    assert keypad("cancel")["ok"]
    assert keypad("sing")["code"] == "unknown_key"


def test_digits_call_the_ticket_of_the_windows_queues_in_their_order(keypad: Any, tickets: Any, at_window: Any) -> None:
    """1 is A001; once that was called, 1 is B001; leading zeros are no other number."""
    keypad("login", "0001")
    assert (keypad("call", "001")["ok"], at_window()[1]) == (True, "A001")
    assert (keypad("call", "1")["ok"], at_window()[1]) == (True, "B001")
    assert keypad("call", "77")["code"] == "unknown_ticket"


def test_a_call_by_number_that_is_sent_again_is_answered_again_and_calls_nobody_else(
    keypad: Any, tickets: Any, at_window: Any
) -> None:
    keypad("login", "0001")
    for _ in range(3):
        assert keypad("call", "1", id="the press")["ok"]
        assert at_window()[1] == "A001"


def test_pause_goes_back_and_forth_but_not_for_the_same_press(keypad: Any, at_window: Any) -> None:
    keypad("login", "0001")
    for _ in range(2):
        assert keypad("pause", id="one")["ok"]
        assert at_window()[0] == "paused"
    assert keypad("pause", id="two")["ok"]
    assert at_window()[0] == "open"


def test_a_grade_counts_once_and_its_repetition_is_answered_the_same(
    keypad: Any, stars: Any, tickets: Any, inside: Any
) -> None:
    assert stars("satisfied", "g0")["code"] == "not_prompted"
    keypad("login", "0001")
    keypad("next")
    keypad("finish")
    for _ in range(2):
        assert stars("satisfied", "g1")["ok"]
    assert stars("very_satisfied", "g2")["code"] == "not_prompted"
    assert inside.get("tickets/A001", role="admin").json["grade"] == "satisfied"


@pytest.mark.parametrize(
    ("event", "code"),
    [
        ({"kind": "key", "key": "call", "digits": "²"}, "unknown_ticket"),
        ({"kind": "key", "key": "call", "digits": ""}, "unknown_ticket"),
        ({"kind": "key", "key": "call", "digits": "9" * 200}, "invalid"),
        ({"kind": "key", "key": "login", "digits": "\ud800"}, "invalid"),
        ({"kind": "key"}, "unknown_key"),
        ({"kind": "grade"}, "not_prompted"),
        ({"kind": "smell"}, "unknown_input"),
        ({}, "unknown_input"),
    ],
)
def test_nonsense_from_a_line_is_refused_and_harms_nobody(keypad: Any, inside: Any, event: Any, code: str) -> None:
    keypad("login", "0001")
    device = inside.hub.agents.devices["keys"]
    assert inside.hub.inputs.take(device, event, "input:x")["code"] == code
    assert inside.hub.dispatcher.journal.verify() == inside.hub.dispatcher.seq


def test_a_keypad_without_a_window_does_nothing(inside: Any) -> None:
    paper = inside.hub.agents.devices["paper"]
    assert inside.hub.inputs.take(paper, {"kind": "key", "key": "next"}, "x")["code"] == "unknown_input"


def test_what_cannot_be_kept_is_to_be_sent_again(keypad: Any, tickets: Any, inside: Any, at_window: Any) -> None:
    import sqlite3

    keypad("login", "0001")
    append = inside.hub.journal.append

    def full(*_: Any) -> int:
        inside.hub.journal.append = append
        raise sqlite3.OperationalError("disk is full")

    inside.hub.journal.append = full
    assert keypad("next", id="p") == {"ok": False, "again": True, "code": "not_kept"}
    assert keypad("next", id="p")["ok"]
    assert at_window() == ("calling", "A001")
