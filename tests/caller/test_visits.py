"""一票到底 and 出件 through the API: what the ticket, the desk, the phone and the slip tell of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from caller.config import load

from .halls import CONFIG, Inside, problem

LINKED = CONFIG.replace(
    "  - {id: tax-card,",
    "  - {id: linked, name: 一件事, queue: tax, steps: [tax, [pension, tax], pension]}\n"
    "  - {id: collect, name: 领证, queue: tax, collection: true}\n"
    "  - {id: tax-card,",
)


@pytest.fixture
def hall(hub_in: Callable[..., Inside], tmp_path: Path) -> Inside:
    file = tmp_path / "hall_config.yaml"
    file.write_text(LINKED, encoding="utf-8")
    it = hub_in(load(file), tmp_path / "data")
    for window in "123":
        assert it.post(f"windows/{window}/open").status_code == 200
    return it


def take(hall: Inside, service: str, **more: Any) -> dict[str, Any]:
    answer = hall.post("tickets", {"service": service, **more})
    assert answer.status_code == 201, answer.json
    return answer.json


def desk(hall: Inside, window: str) -> dict[str, Any]:
    return hall.hub.live.watch("test", "desk", window)["data"]


def test_a_visit_is_told_step_by_step(hall: Inside) -> None:
    """Ticket, desk and phone say which step it is, and where next."""
    taken = take(hall, "linked")
    assert [step["name"] for step in taken["visit"]["steps"]] == ["税务", "养老、税务", "养老"]
    assert (taken["visit"]["step"], taken["visit"]["next"]) == (1, ["pension", "tax"])
    assert hall.post("windows/2/next").json["ticket"]["number"] == taken["number"]
    assert desk(hall, "2")["ticket"]["visit"]["next"] == ["pension", "tax"]
    assert hall.post("windows/2/finish").json["state"] == "open", "no rating yet"
    phone = hall.hub.live.watch("test", "ticket", taken["token"])["data"]
    assert (phone["state"], phone["visit"]["step"], phone["visit"]["next"]) == ("waiting", 2, ["pension"])
    assert phone["windows"] == "1–3", "whichever window comes first"
    told = [zone["waiting"] for zone in hall.get("zones").json]
    assert told == [1, 1], "in each zone one waits"
    assert hall.hub.live.watch("test", "panel", "hall")["data"]["totals"]["waiting"] == 1, "and that is one visitor"
    assert desk(hall, "2")["finished"][0]["number"] == taken["number"]


def test_a_step_is_skipped_and_a_visit_ended_by_the_clerk(hall: Inside) -> None:
    take(hall, "linked")
    hall.post("windows/2/next")
    skipped = hall.post("windows/2/skip").json["ticket"]["visit"]
    assert (skipped["steps"][1]["skipped"], skipped["next"]) == (["pension", "tax"], ["pension"])
    assert "skip" in desk(hall, "2")["can"]
    problem(hall.post("windows/2/skip", {"queue": "tax"}), 409, "no_such_step")
    assert hall.post("windows/2/finish", {"last": True}).json["state"] == "rating"
    number = take(hall, "linked")["number"]
    hall.post("windows/2/next")
    refused = hall.post("windows/2/finish", {"outcome": "refused", "reason": "材料不全"})
    assert refused.json["state"] == "rating", "不予受理 ends the visit"
    assert hall.get(f"tickets/{number}").json["state"] == "finished"


def test_a_collection_finds_where_and_when_its_case_was_accepted(hall: Inside, clock: Any) -> None:
    """Days later, by the number that the clerk wrote down."""
    first = take(hall, "tax-return")["number"]
    hall.post("windows/2/next")
    assert hall.post("windows/2/finish", {"outcome": "accepted", "case": "2026-0123"}).status_code == 200
    clock.at = "2026-11-25 09:00"
    taken = take(hall, "collect", case="2026-0123")
    hall.post("windows/2/open")
    hall.post("windows/2/next")
    told = desk(hall, "2")["ticket"]
    assert told["case"] == "2026-0123"
    assert told["accepted"] == {
        "day": "2026-11-22",
        "number": first,
        "service": "tax-return",
        "service_name": "个税申报",
        "window": "2",
        "window_name": "2",
        "at": "2026-11-22T09:00:00+08:00",
    }
    hall.post("windows/2/finish")
    assert hall.get(f"tickets/{taken['number']}", role="admin").json["case"] == "2026-0123", "kept"


def test_a_case_that_nobody_knows_is_taken_all_the_same(hall: Inside) -> None:
    """It may have been accepted before this system was here."""
    take(hall, "collect", case="OLD-1")
    hall.post("windows/2/next")
    assert (desk(hall, "2")["ticket"]["case"], desk(hall, "2")["ticket"]["accepted"]) == ("OLD-1", None)
    problem(hall.post("tickets", {"service": "tax-return", "case": "OLD-1"}), 409, "not_collection")
