"""The hub's estimates: there at once, the same everywhere, and reckoned in nobody's way."""

from __future__ import annotations

from typing import Any

from hall.state import HallState


def serve_a_few(inside: Any, clock: Any) -> None:
    """Window 1 has served four visitors, five minutes each."""
    inside.post("windows/1/open")
    for n in range(4):
        inside.post("tickets", {"service": "tax-return"})
        inside.post("windows/1/next")
        inside.post("windows/1/start")
        clock.at = f"2026-11-22 09:{5 * n + 5:02}"
        inside.post("windows/1/finish")
    inside.hub.waits.refresh()


def test_taking_a_number_is_answered_with_an_estimate(inside: Any, clock: Any) -> None:
    """Also before the next reckoning, and one step later for each who came in between; None without ground."""
    assert inside.post("tickets", {"service": "pension"}).json["estimate"] is None
    serve_a_few(inside, clock)
    answers = [inside.post("tickets", {"service": "tax-return"}).json["estimate"] for _ in range(3)]
    assert answers[0]["p50_s"] < answers[1]["p50_s"] < answers[2]["p50_s"]
    inside.hub.waits.refresh()
    told = inside.get("tickets/A007").json["estimate"]
    assert 300 < told["p50_s"] < told["p90_s"] < 3600
    (service,) = (s for s in inside.get("services").json if s["id"] == "tax-return")
    assert service["estimate"]["p50_s"] > told["p50_s"]


def test_a_restart_gives_the_same_estimates(inside: Any, clock: Any, config: Any, hub_in: Any, tmp_path: Any) -> None:
    """They follow from the journal, the moment and the seed."""
    serve_a_few(inside, clock)
    numbers = [inside.post("tickets", {"service": "tax-return"}).json["number"] for _ in range(3)]
    inside.hub.waits.refresh()
    before = [inside.get(f"tickets/{number}").json["estimate"] for number in numbers]
    inside.hub.stop()
    again = hub_in(config, tmp_path)
    assert [again.get(f"tickets/{number}").json["estimate"] for number in numbers] == before


def test_a_reckoning_lets_the_hall_go_on_between_its_steps(inside: Any, clock: Any) -> None:
    """A ticket is called in the midst of one, and what was reckoned does not undo it."""
    serve_a_few(inside, clock)
    for _ in range(3):
        inside.post("tickets", {"service": "tax-return"})
    calls: list[str] = []

    def breathe(seconds: float) -> None:
        if not calls:
            calls.append(inside.post("windows/1/next").json["ticket"]["number"])

    inside.hub.waits.breathe = breathe
    inside.hub.waits.refresh()
    assert calls == ["A005"]
    assert inside.get("tickets/A005").json["estimate"] is None, "it is called, it waits no more"
    assert inside.get("tickets/A006").json["estimate"] is not None


def test_a_new_day_begins_with_an_estimate(inside: Any, clock: Any) -> None:
    serve_a_few(inside, clock)
    clock.at = "2026-11-23 09:00"
    inside.post("windows/1/open")
    inside.hub.waits.refresh()
    assert inside.post("tickets", {"service": "tax-return"}).json["estimate"] is not None


def test_what_was_reckoned_is_no_part_of_the_picture(plan: Any) -> None:
    """Two halls with the same journal have equal pictures, whichever has just reckoned."""
    assert "outlook" not in HallState(plan).picture()
