"""The hub shows the hardware: every agent, line and device, in `GET devices` and the view `devices`."""

from __future__ import annotations

from typing import Any

import pytest

from caller import __version__
from caller.hardware import _order

from .halls import Inside, problem

RUNS = {"python": "3.11.2", "platform": "Linux", "packages": {"pyserial": "3.5"}}
COUNTS = {"done": 3, "failed": 1, "reconnects": 2, "frames_in": 9, "frames_out": 8}
LOST = {"at": "2026-11-22T08:59:00+08:00", "error": "串口 /dev/ttyS1 未接通"}
KEYS = {
    "id": "keys", "state": "ok", "error": "", "last_error": LOST, "about": {"firmware": "2.1"}, "detail": {}, "far": {},
    "counts": COUNTS,
}  # fmt: skip
DESK = {"id": "desk", "state": "ok", "error": "", "last_error": None, "counts": {"bad_frames": 4}}


@pytest.fixture
def told(inside: Inside) -> Inside:
    """A hub whose agent has told it of a keypad and of a line."""
    inside.hub.agents.connected("main", "sid", {"version": __version__, "runs": RUNS})
    inside.hub.agents.health([KEYS], [DESK])
    return inside


def rows(inside: Inside, part: str) -> dict[str, dict[str, Any]]:
    answer = inside.get("devices", role="supervisor")
    assert answer.status_code == 200
    return {row.get("id", row.get("name")): row for row in answer.json[part]}


def test_a_device_is_told_with_all_that_its_agent_says_of_it(told: Inside) -> None:
    keys = rows(told, "devices")["keys"]
    assert (keys["state"], keys["last_error"], keys["counts"], keys["about"]) == ("ok", LOST, COUNTS, KEYS["about"])
    assert (keys["agent"], keys["line"], keys["window"], keys["virtual"]) == ("main", "desk", "1", True)
    assert (keys["experimental"], keys["page"]) == (False, "wire/ff68.md")


def test_a_line_is_told_with_its_port_and_its_bad_frames(told: Inside) -> None:
    desk = rows(told, "lines")["desk"]
    assert (desk["state"], desk["port"], desk["speed"], desk["counts"]) == ("ok", "virtual", 9600, {"bad_frames": 4})


def test_an_agent_is_told_with_its_versions_also_when_it_has_gone(told: Inside) -> None:
    main = rows(told, "agents")["main"]
    assert (main["online"], main["version"], main["older"], main["runs"]) == (True, __version__, False, RUNS)
    told.hub.agents.disconnected("sid")
    main = rows(told, "agents")["main"]
    assert (main["online"], main["version"]) == (False, __version__)
    assert {row["state"] for row in (*rows(told, "devices").values(), *rows(told, "lines").values())} == {"lost"}
    assert rows(told, "devices")["keys"]["counts"] == COUNTS, "what was counted is still told"


def test_an_agent_older_than_the_hub_is_said_to_be(inside: Inside) -> None:
    inside.hub.agents.connected("main", "sid", {"version": "0.0.9"})
    assert rows(inside, "agents")["main"]["older"]


@pytest.mark.parametrize(
    ("older", "newer"),
    [("0.9", "0.10"), ("0.1", "0.1.1"), ("0.1.0", "1"), ("", "0.0.1"), ("0.1.0", "0.2.0rc1"), ("0.1.dev3", "0.1.1")],
)
def test_versions_are_compared_as_numbers(older: str, newer: str) -> None:
    assert _order(older) < _order(newer)
    assert not _order(newer) < _order(older)


def test_only_staff_are_told_of_the_hardware(told: Inside) -> None:
    problem(told.get("devices"), 401, "unauthorized")
    problem(told.get("devices", role="clerk"), 403, "forbidden")
    for role in ("reception", "supervisor", "admin"):
        assert told.get("devices", role=role).status_code == 200


@pytest.mark.parametrize(
    "runs", [None, [], {"packages": "all"}, "x" * 10_000, {"packages": {"a": "b" * 10_000}}], ids=str
)
def test_an_agent_may_say_what_it_likes_and_the_hub_lives(inside: Inside, runs: Any) -> None:
    inside.hub.agents.connected("main", "sid", {"version": None, "runs": runs})
    inside.hub.agents.health([{**KEYS, "counts": 7, "about": None, "last_error": "x", "state": None}], [{"id": []}])
    assert rows(inside, "agents")["main"]["version"] == ""
    assert rows(inside, "devices")["keys"]["counts"] == {}


def test_a_counter_alone_touches_no_kiosk(told: Inside, monkeypatch: pytest.MonkeyPatch) -> None:
    touched: list[str] = []
    monkeypatch.setattr(told.hub.live, "touch", touched.append)
    paper = {"id": "paper", "state": "ok", "error": "", "detail": {}, "counts": {"done": 1}}
    told.hub.agents.health([paper])
    assert {"devices", "kiosk"} <= set(touched)
    touched.clear()
    told.hub.agents.health([{**paper, "counts": {"done": 2}}])
    assert "devices" in touched and "kiosk" not in touched
