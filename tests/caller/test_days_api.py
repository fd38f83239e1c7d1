"""GET days/DAY: the day's totals, and who was not served, for the manager in the morning."""

from __future__ import annotations

from typing import Any

from .halls import Inside, problem


def a_day(inside: Inside, clock: Any) -> None:
    """Six numbers: one finished, one missed, one given up, one at a window, one held, one that waits in vain."""
    for n in range(6):
        clock.at = f"2026-11-22 09:0{n}"
        assert inside.post("tickets", {"service": "tax-return"}).status_code == 201
    for window in "12":
        inside.post(f"windows/{window}/open")
    clock.at = "2026-11-22 10:00"
    for after in ("finish", "no-show", "hold"):
        assert inside.post("windows/2/next").status_code == 200
        assert inside.post(f"windows/2/{after}").status_code == 200
    inside.post("windows/1/next")
    inside.post("tickets/A005/abandon")
    clock.at = "2026-11-22 17:30"
    inside.post("windows/2/close", {"confirm": True})


def test_in_the_morning_the_manager_sees_who_was_not_served(inside: Inside, clock: Any) -> None:
    a_day(inside, clock)
    clock.at = "2026-11-23 08:00"
    inside.post("tickets", {"service": "tax-return"})
    told = inside.get("days/2026-11-22", role="supervisor").json
    assert told["totals"] == {
        "taken": 6,
        "finished": 1,
        "missed": 1,
        "abandoned": 1,
        "refused": 0,
        "unserved": 3,
        "rated": 0,
    }
    assert [(it["number"], it["state"], it["waited_s"]) for it in told["unserved"]] == [
        ("A003", "unserved", 58 * 60),
        ("A004", "unserved", 57 * 60),
        ("A006", "unserved", (8 * 60 + 25) * 60),
    ]
    assert {it["service_name"] for it in told["unserved"]} == {"个税申报"}
    assert told["queues"][0]["taken"] == 6


def test_of_today_those_are_listed_who_are_still_here(inside: Inside, clock: Any) -> None:
    a_day(inside, clock)
    told = inside.get("days/2026-11-22", role="admin").json
    assert [(it["number"], it["state"]) for it in told["unserved"]] == [
        ("A003", "held"),
        ("A004", "called"),
        ("A006", "waiting"),
    ]


def test_only_who_answers_for_the_hall_may_ask(inside: Inside) -> None:
    for role in ("clerk", "reception"):
        problem(inside.get("days/2026-11-22", role=role), 403, "forbidden")
    problem(inside.get("days/2026-11-22"), 401, "unauthorized")
    problem(inside.get("days/2026-11-21", role="admin"), 404, "unknown_day")
    problem(inside.get("days/yesterday", role="admin"), 422, "bad_day")
