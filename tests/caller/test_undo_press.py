"""撤回 through HTTP, keypad, views, reports and loudspeaker."""

from __future__ import annotations

from typing import Any

import pytest

from hall import events as ev


@pytest.fixture
def called(inside: Any) -> Any:
    """A001 is served at window 1, then A002 is called there by next."""
    for _ in range(3):
        inside.post("tickets", {"service": "tax-return"}, role="")
    for press in ("open", "next", "start", "next"):
        assert inside.post(f"windows/1/{press}").status_code == 200
    return inside


def view(inside: Any, name: str, of: str) -> dict[str, Any]:
    with inside.hub.dispatcher.reading() as state:
        return inside.hub.live.builders[name](state, of)


def test_the_desk_says_what_may_be_taken_back_and_until_when(called: Any) -> None:
    desk = view(called, "desk", "1")
    assert desk["undo"] == {"what": "next", "number": "A002", "until": "2026-11-22T09:01:00+08:00"}
    assert "undo" in desk["can"]
    answer = called.post("windows/1/undo")
    assert (answer.status_code, answer.json["state"], answer.json["ticket"]["number"]) == (200, "serving", "A001")
    desk = view(called, "desk", "1")
    assert (desk["undo"], "undo" in desk["can"], desk["next"]["number"]) == (None, False, "A002")
    again = called.post("windows/1/undo")
    assert (again.status_code, again.json["code"]) == (409, "nothing_to_undo")


def test_the_call_leaves_every_screen_and_the_reports(called: Any) -> None:
    called.post("windows/1/undo")
    assert [call["number"] for call in view(called, "panel", "hall")["calls"]] == ["A001"]
    assert called.get("tickets/A002").json["state"] == "waiting"
    rows = called.hub.journal._conn.execute(
        "select number, state, called_at, finished_at, calls from tickets order by 1"
    )
    assert [row[:2] + row[3:] for row in rows if row[0] < "A003"] == [
        ("A001", "serving", None, 1),
        ("A002", "waiting", None, 0),
    ]


def test_both_histories_tell_it_and_who_did_it_only_to_staff(called: Any) -> None:
    called.post("windows/1/undo", role="clerk")
    staff = called.get("tickets/A002", role="clerk").json["history"]
    assert [(line["what"], "undone" in line) for line in staff] == [
        ("taken", False),
        ("called", True),
        ("undone", False),
    ]
    assert (staff[-1]["step"], staff[-1]["actor"]) == ("next", "clerk")
    visitor = called.get("tickets/A002").json["history"]
    assert "actor" not in visitor[-1]


def test_a_keypad_takes_back_once_for_each_press(called: Any) -> None:
    def press(input_id: str) -> Any:
        event = {"kind": "key", "key": "undo", "digits": ""}
        return called.hub.inputs.take(called.hub.agents.devices["keys"], event, f"input:{input_id}")

    assert press("1")["ok"] and press("1")["ok"], "the same press, sent again, is answered again"
    assert press("2")["code"] == "nothing_to_undo"


def test_an_announcement_that_has_not_begun_is_not_made(called: Any) -> None:
    arbiter = called.hub.speaker._arbiter
    assert arbiter.call("hall", 99, "A002", "1", 0.0)
    with called.hub.dispatcher.reading() as state:
        step = state.steps["1"]
    undone = ev.StepUndone(
        at=step.at, window="1", what="next", number="A002", numbers=[], windows=["1"], queues=[], calls=[2]
    )
    called.hub.speaker.follow([undone])
    assert arbiter.waiting("hall") == ()
