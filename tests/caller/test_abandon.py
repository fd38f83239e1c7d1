"""弃号, notes and outcomes through HTTP and the socket: who may, and what each is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from caller.config import load
from caller.config.problems import ConfigProblems

from .halls import CONFIG


@pytest.fixture
def taken(inside: Any) -> dict[str, Any]:
    return inside.post("tickets", {"service": "tax-return"}, role="").json


def test_a_visitor_gives_up_with_what_the_slip_or_the_phone_knows(inside: Any, taken: Any) -> None:
    answer = inside.post("tickets/a001/abandon", {"token": taken["token"]}, role="")
    assert (answer.status_code, answer.json["state"]) == (200, "abandoned")
    second = inside.post("tickets", {"service": "tax-return"}, role="").json
    assert inside.post("tickets/A002/abandon", {"check": second["check"]}, role="").status_code == 200
    again = inside.post("tickets/A002/abandon", {"check": second["check"]}, role="")
    assert (again.status_code, again.json["code"]) == (409, "cannot_abandon")


@pytest.mark.parametrize(("role", "status"), [("", 401), ("clerk", 200), ("reception", 200), ("supervisor", 200)])
def test_nobody_else_gives_it_up_but_staff(inside: Any, taken: Any, role: str, status: int) -> None:
    assert inside.post("tickets/A001/abandon", {}, role=role).status_code == status


def test_the_digits_of_a_slip_are_not_guessed(inside: Any, taken: Any) -> None:
    """After five wrong guesses they open nothing that day, right ones neither; the token still does."""
    wrong = [f"{n:02d}" for n in range(7) if f"{n:02d}" != taken["check"]][:5]
    for check in wrong:
        assert inside.post("tickets/A001/abandon", {"check": check}, role="").status_code == 401
    assert inside.post("tickets/A001/abandon", {"check": taken["check"]}, role="").status_code == 401
    assert inside.post("tickets/A001/abandon", {"token": taken["token"]}, role="").status_code == 200


def test_a_hall_cannot_want_more_recalls_than_it_allows(tmp_path: Path) -> None:
    text = CONFIG.replace("recall_spacing_s: 0", "recall_limit: 1, recalls_before_no_show: 2")
    (tmp_path / "hall_config.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigProblems, match="nobody could ever be marked as missed"):
        load(tmp_path / "hall_config.yaml")


def test_the_screens_say_that_the_visitor_is_there_and_the_desk_what_may_be_done(inside: Any, taken: Any) -> None:
    inside.post("windows/1/open")
    inside.post("windows/1/next")
    assert {"arrive", "no-show", "recall"} <= set(view(inside, "desk")["can"])
    inside.post("windows/1/arrive")
    desk = view(inside, "desk")
    assert (desk["ticket"]["state"], desk["ticket"]["arrived_at"]) == ("arrived", "2026-11-22T09:00:00+08:00")
    assert "start" in desk["can"] and not {"arrive", "no-show", "recall"} & set(desk["can"])
    assert view(inside, "window")["ticket"]["state"] == "arrived"
    assert (
        view(inside, "panel", "hall")["windows"][0] | {"state": "calling", "arrived": True}
        == (view(inside, "panel", "hall")["windows"][0])
    )
    assert view(inside, "ticket", taken["token"])["called"]["window"] == "1"


def test_the_next_clerk_reads_the_note_and_the_visitor_does_not(inside: Any, taken: Any) -> None:
    inside.post("windows/1/open")
    inside.post("windows/3/open")
    inside.post("windows/1/next")
    answer = inside.post("windows/1/transfer", {"window": "3", "note": "差一份证明"})
    assert answer.status_code == 200
    inside.post("windows/3/next")
    assert view(inside, "desk", "3")["ticket"]["note"] == {"text": "差一份证明", "from": "1"}
    assert "差一份证明" in inside.get("tickets/A001", role="clerk").text
    assert "差一份证明" not in inside.get("tickets/A001").text
    assert "差一份证明" not in str(view(inside, "ticket", taken["token"]))
    too_long = inside.post("windows/3/transfer", {"window": "1", "note": "长" * 201})
    assert too_long.status_code == 422


def test_not_accepted_needs_a_reason_and_is_told_to_staff(inside: Any, taken: Any) -> None:
    inside.post("windows/1/open")
    inside.post("windows/1/next")
    without = inside.post("windows/1/finish", {"outcome": "refused"})
    assert (without.status_code, without.json["code"]) == (409, "reason_wanted")
    assert inside.post("windows/1/finish", {"outcome": "perhaps"}).status_code == 422
    body = {"outcome": "refused", "reason": "材料不全", "case": "3706-1"}
    assert inside.post("windows/1/finish", body).json["state"] == "rating"
    told = inside.get("tickets/A001", role="clerk").json
    assert {key: told[key] for key in body} == body
    assert inside.get("tickets/A001").json["outcome"] is None
    assert view(inside, "desk")["finished"][0]["outcome"] == "refused"


def view(inside: Any, name: str, of: str = "1") -> dict[str, Any]:
    with inside.hub.dispatcher.reading() as state:
        return inside.hub.live.builders[name](state, of)
