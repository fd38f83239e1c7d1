"""A window that a restart at noon takes out of the config: whoever was there can be finished, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from caller.config import load

from .halls import CONFIG, Inside, problem

WINDOW_2 = "  - {id: 2, zone: general, queues: [tax]}\n"
TWO_STEPS = CONFIG.replace(
    "name_en: Tax return, queue: tax,", "name_en: Tax return, queue: tax, steps: [tax, pension],"
)


@pytest.fixture
def restarted(hub_in: Callable[..., Inside], tmp_path: Path) -> Callable[..., Inside]:
    """restarted(state, config): A001 is in that state at window 2, and the hall runs again without that window."""

    def make(state: str, config: str = CONFIG) -> Inside:
        file = tmp_path / "hall_config.yaml"
        file.write_text(config, encoding="utf-8")
        hall = hub_in(load(file), tmp_path / "data")
        hall.post("windows/2/open")
        hall.post("tickets", {"service": "tax-return"}, role="")
        for press in {"called": ["next"], "arrived": ["next", "arrive"], "serving": ["next", "start"]}[state]:
            assert hall.post(f"windows/2/{press}").status_code == 200
        hall.hub.stop()
        file.write_text(config.replace(WINDOW_2, ""), encoding="utf-8")
        return hub_in(load(file), tmp_path / "data")

    return make


@pytest.mark.parametrize("state", ["called", "arrived", "serving"])
def test_reception_finishes_a_ticket_whose_window_is_gone(restarted: Any, state: str) -> None:
    """The event says who did it; it is finished once, and counts as finished where the days are told."""
    hall = restarted(state)
    assert hall.get("tickets/A001").json["state"] == state
    problem(hall.post("windows/2/finish"), 404, "unknown_window")
    answer = hall.post("tickets/a001/finish", role="reception")
    assert (answer.status_code, answer.json["state"]) == (200, "finished")
    event = list(hall.hub.journal.today())[-1]
    assert (event.by, event.actor, event.window, event.rate_until) == ("reception", "reception", "2", "")
    problem(hall.post("tickets/A001/finish"), 409, "no_window_lost")
    again: Any = hall.get("days/2026-11-22", role="supervisor").json
    assert again["totals"]["finished"] == 1 and again["unserved"] == []


def test_a_visit_goes_on_to_its_next_step(restarted: Any) -> None:
    hall = restarted("serving", TWO_STEPS)
    answer = hall.post("tickets/A001/finish", role="supervisor").json
    assert (answer["state"], answer["queue"], answer["visit"]["step"]) == ("waiting", "pension", 2)
    hall.post("windows/3/open")
    assert hall.post("windows/3/next").json["ticket"]["number"] == "A001"


def test_who_may_and_what_is_finished_at_its_own_window(inside: Inside) -> None:
    inside.post("windows/1/open")
    inside.post("tickets", {"service": "tax-return"}, role="")
    problem(inside.post("tickets/A001/finish", role="reception"), 409, "no_window_lost")
    inside.post("windows/1/next")
    problem(inside.post("tickets/A001/finish", role="reception"), 409, "window_is_there")
    problem(inside.post("tickets/B009/finish", role="reception"), 404, "unknown_ticket")
    for role, status in (("", 401), ("clerk", 403), ("device", 403)):
        assert inside.post("tickets/A001/finish", role=role).status_code == status


@pytest.mark.parametrize("state", ["called", "arrived", "serving"])
def test_reception_puts_it_back_and_it_is_called_first(restarted: Any, state: str) -> None:
    """The view tells who is there; put back, the same key again puts back nothing more, and any window calls it."""
    hall = restarted(state)
    assert [(it["number"], it["state"], it["window_name"]) for it in lost_tickets(hall)] == [("A001", state, "2")]
    hall.post("tickets", {"service": "tax-return"}, role="")
    answer = hall.post("tickets/a001/put-back", role="reception", key="one")
    assert (answer.status_code, answer.json["state"], answer.json["ahead"]) == (200, "waiting", 0)
    assert hall.post("tickets/A001/put-back", role="reception", key="one").json == answer.json
    assert lost_tickets(hall) == []
    problem(hall.post("tickets/A001/put-back", role="reception"), 409, "no_window_lost")
    hall.post("windows/1/open")
    assert hall.post("windows/1/next").json["ticket"]["number"] == "A001"
    problem(hall.post("tickets/A001/put-back", role="reception"), 409, "window_is_there")
    for role, status in (("", 401), ("clerk", 403), ("device", 403)):
        assert hall.post("tickets/A001/put-back", role=role).status_code == status


def lost_tickets(hall: Inside) -> list[dict[str, Any]]:
    with hall.hub.dispatcher.reading() as state:
        return hall.hub.live.builders["lost"](state, "hall")["tickets"]
