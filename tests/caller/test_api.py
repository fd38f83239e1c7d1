"""HTTP under /api/v1: every call of its contract, who may, and what the rules refuse."""

from __future__ import annotations

from typing import Any

import pytest

from caller.window_actions import WINDOW_ACTIONS

from .halls import problem


def take(inside: Any, service: str = "tax-return", **how: Any) -> dict[str, Any]:
    answer = inside.post("tickets", {"service": service}, role="", **how)
    assert answer.status_code == 201, answer.data
    return answer.json


def test_services_zones_windows_kiosks(inside: Any) -> None:
    take(inside)
    services, zones, windows, kiosks = (inside.get(name).json for name in ("services", "zones", "windows", "kiosks"))
    first = services[0]
    assert {
        "id": "tax-return",
        "name": "个税申报",
        "zone": "general",
        "queue": "tax",
        "waiting": 1,
    }.items() <= first.items()
    assert (first["open"], first["initials"], first["materials"]) == (True, "gssb", ["身份证"])
    assert [(zone["id"], zone["waiting"], zone["windows"]) for zone in zones] == [
        ("general", 1, ["1", "2"]),
        ("social", 0, ["3"]),
    ]
    assert [(w["window"], w["state"], w["ticket"], w["waiting"], w["seq"]) for w in windows] == [
        ("1", "closed", None, 1, 2),
        ("2", "closed", None, 1, 2),
        ("3", "closed", None, 0, 2),
    ]
    assert [(kiosk["id"], kiosk["printer"]) for kiosk in kiosks] == [("k", "lost"), ("bare", "none")]


def test_a_ticket_is_taken_and_told(inside: Any) -> None:
    told = take(inside)
    assert {
        "id": "2026-11-22-A001",
        "number": "A001",
        "service": "tax-return",
        "queue": "tax",
        "zone": "general",
        "class": "normal",
        "state": "waiting",
        "ahead": 0,
        "estimate": None,
        "windows": ["1", "2"],
        "taken_at": "2026-11-22T09:00:00+08:00",
    }.items() <= told.items()
    assert (told["link"], len(told["check"])) == (f"/t/{told['token']}", 2)


def test_a_ticket_is_found_by_its_number_and_a_stranger_is_not_told_its_token(inside: Any) -> None:
    take(inside)
    for number in ("A001", "a001"):
        told = inside.get(f"tickets/{number}").json
        assert [entry["what"] for entry in told["history"]] == ["taken"]
        assert not {"token", "link", "check"} & told.keys()
    problem(inside.get("tickets/A999"), 404, "unknown_ticket")


def test_who_did_what_and_the_grade_are_for_staff(inside: Any) -> None:
    token = take(inside)["token"]
    for call in ("open", "next", "start", "finish"):
        assert inside.post(f"windows/1/{call}").status_code == 200
    assert inside.post("ratings", {"ticket": token, "grade": "satisfied"}, role="").status_code == 201
    stranger, staff = inside.get("tickets/A001").json, inside.get("tickets/A001", role="admin").json
    assert (stranger["grade"], staff["grade"]) == (None, "satisfied")
    assert not any("actor" in entry for entry in stranger["history"])
    assert any(entry.get("actor") == "admin" for entry in staff["history"])


def test_a_window_does_every_call_of_the_contract(inside: Any) -> None:
    """Each answers the window as it left it."""
    for _ in range(3):
        take(inside)

    def press(call: str, **body: Any) -> tuple[str, str | None]:
        answer = inside.post(f"windows/1/{call}", body)
        assert answer.status_code == 200, answer.data
        told = answer.json
        assert told.keys() >= {"window", "state", "ticket", "waiting", "seq"}
        return told["state"], told["ticket"] and told["ticket"]["number"]

    assert press("open") == ("open", None)
    assert press("next") == ("calling", "A001")
    assert press("recall") == ("calling", "A001")
    assert press("arrive") == ("calling", "A001")
    assert press("start") == ("serving", "A001")
    assert press("hold") == ("open", None)
    assert press("resume") == ("serving", "A001")
    assert press("transfer", queue="pension", place="end") == ("open", None)
    assert press("call", number="a003") == ("calling", "A003")
    assert press("no-show") == ("open", None)
    assert press("next") == ("calling", "A002")
    assert press("finish") == ("rating", None)
    assert press("auto", seconds=20) == ("rating", None)
    assert press("pause", reason="午餐", until="2026-11-22T13:00:00+08:00") == ("paused", None)
    assert press("close", confirm=True) == ("closed", None)
    assert press("undo") == ("paused", None)
    assert set(WINDOW_ACTIONS) == {
        *("open", "next", "recall", "start", "finish", "no-show", "arrive"),
        *("hold", "resume", "transfer", "call", "return", "pause", "close", "auto", "undo", "skip"),
    }


@pytest.mark.parametrize(
    ("role", "window", "status"),
    [
        ("", "", 401),
        ("reception", "", 403),
        ("clerk", "2", 403),
        ("clerk", "1", 200),
        ("clerk", "", 200),
        ("supervisor", "", 200),
        ("admin", "", 200),
        ("device", "", 200),
    ],
)
def test_who_may_work_at_a_window(inside: Any, role: str, window: str, status: int) -> None:
    answer = inside.ask("POST", "windows/1/open", {}, role=role, window=window)
    if status == 200:
        assert answer.status_code == 200
    else:
        problem(answer, status, {401: "unauthorized", 403: "forbidden"}[status])


def test_a_class_that_goes_first_is_given_by_staff_only(inside: Any) -> None:
    body = {"service": "tax-return", "class": "care"}
    problem(inside.post("tickets", body, role=""), 401, "unauthorized")
    assert inside.post("tickets", body, role="reception").json["class"] == "care"


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        ("tickets", {"service": "nothing"}, "unknown_service"),
        ("tickets", {"service": "tax-return", "kiosk": "x"}, "unknown_kiosk"),
        ("windows/9/next", {}, "unknown_window"),
        ("windows/1/call", {"number": "Z999"}, "unknown_ticket"),
        ("windows/1/open", {"clerk": "9999"}, "unknown_clerk"),
        ("ratings", {"ticket": "Z999", "grade": "satisfied"}, "unknown_ticket"),
        ("kiosks/x/staff", {}, "unknown_kiosk"),
    ],
)
def test_what_does_not_exist_is_404_with_a_sentence(inside: Any, path: str, body: Any, code: str) -> None:
    if path == "windows/1/call":
        inside.post("windows/1/open")
    problem(inside.post(path, body), 404, code)


def test_what_the_rules_refuse_is_409(inside: Any) -> None:
    problem(inside.post("windows/1/next"), 409, "window_closed")
    inside.post("windows/1/open")
    body = problem(inside.post("windows/1/next"), 409, "nobody_waiting")
    assert (body["detail"], body["detail_en"]) == ("现在没有人在等", "Nobody is waiting")


def test_a_kiosk_whose_printer_is_not_ready_burns_no_number(inside: Any) -> None:
    for state, code in (("no_paper", "no_paper"), ("cover_open", "cover_open"), ("lost", "printer_not_ready")):
        inside.hub.agents.devices["paper"].state = state
        problem(inside.post("tickets", {"service": "tax-return", "kiosk": "k"}, role=""), 409, code)
    inside.hub.agents.devices["paper"].state = "near_end"
    assert inside.post("tickets", {"service": "tax-return", "kiosk": "k"}, role="").json["number"] == "A001"
    assert inside.post("tickets", {"service": "tax-return", "kiosk": "bare"}, role="").json["number"] == "A002"


def test_a_kiosks_retry_gives_the_ticket_although_the_paper_is_out_by_now(inside: Any) -> None:
    inside.hub.agents.devices["paper"].state = "ok"
    body = {"service": "tax-return", "kiosk": "k"}
    first = inside.post("tickets", body, role="", key="press-1")
    inside.hub.agents.devices["paper"].state = "no_paper"
    assert inside.post("tickets", body, role="", key="press-1").json == first.json


def test_a_grade_needs_a_proof_or_a_prompt(inside: Any) -> None:
    """Number alone is not enough once the pad asks no more; the check digits on the slip are; a clerk may never."""
    ticket = take(inside)
    for call in ("open", "next", "start"):
        inside.post(f"windows/1/{call}")
    problem(inside.post("ratings", {"ticket": "A001", "grade": "satisfied"}), 409, "not_finished")
    take(inside)
    inside.post("windows/1/next")
    rating = {"ticket": "A001", "grade": "dissatisfied", "words": "等了太久", "channel": "off_desk"}
    problem(inside.post("ratings", rating, role=""), 409, "not_prompted")
    problem(inside.post("ratings", {**rating, "check": "x" + ticket["check"]}, role=""), 409, "not_prompted")
    problem(inside.post("ratings", rating, role="clerk"), 403, "forbidden")
    answer = inside.post("ratings", {**rating, "check": ticket["check"]}, role="")
    assert (answer.status_code, answer.json["grade"]) == (201, "dissatisfied")
    problem(inside.post("ratings", {"ticket": ticket["token"], "grade": "satisfied"}, role=""), 409, "already_rated")


def test_health_tells_hub_journal_agents_and_devices(inside: Any) -> None:
    health = inside.get("health").json
    assert (health["hub"]["day"], health["journal"], health["agents"]) == ("2026-11-22", {"seq": 1}, [])
    assert [(device["id"], device["state"]) for device in health["devices"]] == [
        ("paper", "lost"),
        ("keys", "lost"),
        ("stars", "lost"),
    ]


def test_a_visitor_who_is_sent_to_another_window_sees_on_the_phone_where(inside: Any) -> None:
    token = take(inside)["token"]
    for call, body in (("open", {}), ("next", {}), ("transfer", {"window": "3"})):
        assert inside.post(f"windows/1/{call}", body).status_code == 200
    data = inside.hub.live.watch("phone", "ticket", token)["data"]
    assert (data["windows"], data["zone"]["id"], data["zone"]["floor"], data["ahead"]) == ("3", "social", "2", 0)
