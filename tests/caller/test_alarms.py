"""The list of what somebody has to see to: every trouble has its row, its rule, and leaves when it is over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from caller.problems import PRINTER_CODES
from printers.troubles import TROUBLES

STATES = [*((state, {}) for state in TROUBLES), ("near_end", {"stops": True}), ("something new", {})]


@pytest.fixture
def report(inside: Any) -> Callable[..., None]:
    """report(paper="no_paper", …): the agent says how these devices are, all others being ok."""
    inside.hub.agents._send = lambda event, data, sid: None
    inside.hub.agents.connected("main", "sid")

    def say(detail: dict[str, Any] | None = None, **states: str) -> None:
        rows = [{"id": it, "state": states.get(it, "ok"), "detail": detail or {}} for it in inside.hub.agents.devices]
        inside.hub.agents.health(rows)

    return say


def alarms(inside: Any) -> list[dict[str, Any]]:
    return inside.get("alarms", role="reception").json


def test_all_is_well(inside: Any, report: Callable[..., None]) -> None:
    report()
    assert alarms(inside) == []


@pytest.mark.parametrize(("state", "detail"), STATES)
def test_every_trouble_of_a_printer_is_a_row_in_two_languages_and_keeps_its_rule(
    inside: Any, report: Callable[..., None], state: str, detail: dict[str, Any]
) -> None:
    """What stops burns no number and has its own code; what warns lets numbers be taken. Both go by themselves."""
    report(detail, paper=state)
    (row,) = alarms(inside)
    assert (row["id"], row["code"], row["place"]) == ("printer:paper", state, "1 号取号机")
    assert all(row[text][lang] for text in ("sentence", "todo") for lang in ("zh", "en"))
    answer = inside.post("tickets", {"service": "tax-return", "kiosk": "k"}, role="")
    view = inside.hub.live.watch("me", "kiosk", "k")["data"]["printer"]
    assert view["state"] == state
    if row["level"] == "stop":
        assert (answer.status_code, view["stops"]) == (409, True)
        assert answer.json["code"] == PRINTER_CODES.get(state, "printer_not_ready")
        assert "还没有取号" in answer.json["detail"]
    else:
        assert (answer.status_code, view["stops"], state) == (201, False, "near_end")
    report()
    assert alarms(inside) == []


def test_an_agent_that_is_away_is_one_row_and_so_is_a_line(inside: Any, report: Callable[..., None]) -> None:
    """Nobody reads six hundred rows to learn that one cable is out."""
    report(keys="lost", stars="lost")
    assert [row["id"] for row in alarms(inside)] == ["line:desk"]
    report(keys="lost")
    assert [(row["id"], row["place"]) for row in alarms(inside)] == [("keypad:keys", "1")]
    inside.hub.agents.disconnected("sid")
    assert [row["id"] for row in alarms(inside)] == ["agent:main"]


def test_what_has_stopped_stands_before_what_warns(inside: Any, report: Callable[..., None]) -> None:
    report(paper="near_end", stars="fault")
    assert [row["level"] for row in alarms(inside)] == ["stop", "warn"]


def test_a_visitor_without_a_slip_is_on_the_list_until_called(inside: Any, report: Callable[..., None]) -> None:
    from datetime import UTC, datetime

    from hall import commands as c

    report()
    number = inside.post("tickets", {"service": "tax-return", "kiosk": "k"}, role="").json["number"]
    fail = c.FailPrint(at=datetime.now(UTC), actor="agent", number=number, printer="paper", error="silent")
    inside.hub.dispatcher.handle("", lambda at: fail, lambda state, events, seq: {})
    (row,) = alarms(inside)
    assert (row["id"], row["code"]) == (f"ticket:{number}", "not_printed")
    for call in ("open", "next", "start"):
        inside.post(f"windows/1/{call}")
    assert alarms(inside) == []


def test_paper_that_will_not_last_is_on_the_list_and_reception_says_when_a_new_roll_is_in(
    inside: Any, report: Callable[..., None]
) -> None:
    """It warns; numbers are taken. The printer's agent is told of the new roll, unless it cannot hear it."""
    paper = {"printed_m": 48.1, "since": "", "roll_m": 50, "slips_left": 12, "low": True}
    report({"paper": paper})
    (row,) = alarms(inside)
    assert (row["code"], row["level"]) == ("paper_low", "warn") and "12" in row["sentence"]["zh"]
    assert inside.post("tickets", {"service": "tax-return", "kiosk": "k"}, role="").status_code == 201
    told = inside.post("printers/paper/roll", role="reception")
    assert (told.status_code, [job.kind for job in inside.hub.agents.waiting("roll")]) == (200, ["roll"])
    for printer, role, status in (
        ("paper", "", 401),
        ("paper", "clerk", 403),
        ("keys", "admin", 404),
        ("no", "admin", 404),
    ):
        assert inside.post(f"printers/{printer}/roll", role=role).status_code == status
    report(paper="lost")
    assert inside.post("printers/paper/roll", role="reception").status_code == 409


def test_the_list_is_for_staff(inside: Any) -> None:
    assert inside.get("alarms", role="").status_code == 401
    assert inside.get("alarms", role="clerk").status_code == 403
    for role in ("reception", "supervisor", "admin"):
        assert inside.get("alarms", role=role).status_code == 200
