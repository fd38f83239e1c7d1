"""HTTP under /api/v1: every call and every status of its contract, and bad input that never becomes a 500."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caller.actions import WINDOW_ACTIONS


def problem(answer: Any, status: int, code: str) -> dict[str, Any]:
    """An RFC 9457 problem with this status and code, and sentences."""
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")
    body = json.loads(answer.data)
    assert (body["status"], body["code"]) == (status, code)
    assert body["detail"] and body["detail_en"] and body["title"] and body["type"]
    return body


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
    assert press("start") == ("serving", "A001")
    assert press("hold") == ("open", None)
    assert press("resume") == ("serving", "A001")
    assert press("transfer", queue="pension", place="end") == ("open", None)
    assert press("call", number="a003") == ("calling", "A003")
    assert press("no-show") == ("open", None)
    assert press("next") == ("calling", "A002")
    assert press("finish") == ("rating", None)
    assert press("pause", reason="午餐", until="2026-11-22T13:00:00+08:00") == ("paused", None)
    assert press("close") == ("closed", None)
    assert set(WINDOW_ACTIONS) == {
        *("open", "next", "recall", "start", "finish", "no-show"),
        *("hold", "resume", "transfer", "call", "pause", "close"),
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


@pytest.mark.parametrize("header", ["Bearer nonsense", "Bearer ", "Basic YTpi", "nonsense", "Bearer \xff"])
def test_a_token_that_is_none_is_401_everywhere(inside: Any, header: str) -> None:
    for method, path in (("GET", "services"), ("POST", "tickets"), ("GET", "health")):
        answer = inside.client.open(f"/api/v1/{path}", method=method, json={}, headers={"Authorization": header})
        problem(answer, 401, "bad_token")


def test_a_token_of_another_hall_is_none(inside: Any, tmp_path: Any) -> None:
    from caller.tokens import Tokens, Who

    foreign = Tokens(tmp_path / "elsewhere").make(Who("admin"))
    answer = inside.client.get("/api/v1/services", headers={"Authorization": f"Bearer {foreign}"})
    problem(answer, 401, "bad_token")


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


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("tickets", {"service": "tax-return"}),
        ("windows/1/open", {}),
        ("ratings", {"ticket": "A999", "grade": "satisfied"}),
        ("kiosks/k/staff", {}),
    ],
)
def test_the_same_idempotency_key_gives_the_first_answer(inside: Any, clock: Any, path: str, body: Any) -> None:
    answers = []
    for minute in range(3):
        clock.at = f"2026-11-22 09:0{minute}"
        answers.append(inside.post(path, body, key="once"))
    assert len({(answer.status_code, answer.data) for answer in answers}) == 1
    other = inside.post(path, body, key="twice")
    assert other.data != answers[0].data or other.status_code == 404


def test_the_same_key_with_another_body_is_422(inside: Any) -> None:
    take(inside, key="id")
    problem(inside.post("tickets", {"service": "pension"}, role="", key="id"), 422, "id_reused")


@pytest.mark.parametrize("key", ["x" * 201, "tab\there"])
def test_a_key_that_is_none_is_422(inside: Any, key: str) -> None:
    problem(inside.post("tickets", {"service": "tax-return"}, key=key), 422, "bad_key")


@pytest.mark.parametrize(
    ("path", "raw"),
    [
        ("tickets", "{"),
        ("tickets", "nonsense"),
        ("tickets", "[]"),
        ("tickets", "null"),
        ("tickets", '"tax-return"'),
        ("tickets", "{}"),
        ("tickets", ""),
        ("tickets", '{"service": null}'),
        ("tickets", '{"service": 7}'),
        ("tickets", '{"service": ["tax-return"]}'),
        ("tickets", '{"service": "tax-return", "colour": "red"}'),
        ("tickets", '{"service": "tax-return", "class": "vip"}'),
        ("tickets", '{"service": "a\\u0000b"}'),
        ("tickets", '{"service": "\\ud800"}'),
        ("tickets", '{"service": "' + "x" * 65 + '"}'),
        ("tickets", "[" * 60_000),
        ("tickets", '{"service": ' + "9" * 5000 + "}"),
        ("tickets", b"\xff\xfe\x00"),
        ("windows/1/pause", '{"until": "tomorrow"}'),
        ("windows/1/transfer", '{"place": "middle"}'),
        ("windows/1/next", '{"window": "2"}'),
        ("ratings", '{"ticket": "A001"}'),
        ("ratings", '{"ticket": "A001", "grade": "satisfied", "aspects": ["looks"]}'),
        ("ratings", '{"ticket": "A001", "grade": "satisfied", "words": "' + "很" * 501 + '"}'),
    ],
)
def test_malformed_input_is_422_and_takes_nothing(inside: Any, path: str, raw: Any) -> None:
    headers = {"Authorization": f"Bearer {inside.token('admin')}", "Idempotency-Key": "id"}
    answer = inside.client.post(f"/api/v1/{path}", data=raw, content_type="application/json", headers=headers)
    assert problem(answer, 422, "invalid")
    assert inside.hub.dispatcher.seq == 1


def test_the_mistake_is_named(inside: Any) -> None:
    body = problem(inside.post("tickets", {"service": "tax-return", "class": "vip"}), 422, "invalid")
    assert "class" in json.dumps(body["errors"])


def test_a_body_that_is_too_large_is_413(inside: Any) -> None:
    answer = inside.client.post("/api/v1/tickets", data=b"x" * 70_000, content_type="application/json")
    problem(answer, 413, "too_large")


@pytest.mark.parametrize("path", ["tickets", "windows/1/open"])
def test_a_body_that_is_not_json_is_422(inside: Any, path: str) -> None:
    headers = {"Authorization": f"Bearer {inside.token('admin')}"}
    answer = inside.client.post(f"/api/v1/{path}", data="a=b", content_type="text/plain", headers=headers)
    problem(answer, 422, "invalid")


def test_a_wrong_turn_in_the_api_is_a_problem(inside: Any) -> None:
    problem(inside.get("nothing"), 404, "not_found")
    answer = inside.ask("DELETE", "tickets")
    problem(answer, 405, "method_not_allowed")
    assert "POST" in answer.headers["Allow"]
    problem(inside.post("windows//next"), 404, "not_found")


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


def test_what_cannot_be_kept_is_503_and_the_retry_succeeds(inside: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    import sqlite3

    def full(*_: Any) -> int:
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(inside.hub.journal, "append", full)
        problem(inside.post("tickets", {"service": "tax-return"}, role="", key="id"), 503, "not_kept")
    assert take(inside, key="id")["number"] == "A001"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    path=st.one_of(
        st.sampled_from(["tickets", "ratings", "kiosks/k/staff", "tickets/A001", "health"]),
        st.builds(lambda w, c: f"windows/{w}/{c}", st.text(max_size=4), st.sampled_from([*WINDOW_ACTIONS, "sing"])),
    ),
    body=st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=80)),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["service", "class", "kiosk", "ticket", "grade", "number", "x"]), inner)
        ),
        max_leaves=6,
    ),
)
def test_no_input_is_a_500(inside: Any, path: str, body: Any) -> None:
    answer = inside.client.post(
        f"/api/v1/{path}",
        data=json.dumps(body),
        content_type="application/json",
        headers={"Authorization": f"Bearer {inside.token('admin')}"},
    )
    assert answer.status_code < 500
    assert answer.status_code < 300 or answer.content_type in ("application/problem+json", "text/html; charset=utf-8")


def test_the_document_is_openapi_31_and_lists_every_status(inside: Any) -> None:
    document = inside.get("openapi.json").json
    assert document["openapi"].startswith("3.1") and document["info"]["title"] == "Hallcall"
    calls = {
        f"{method} {path.removeprefix('/api/v1/')}": operation
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if method in ("get", "post")
    }
    assert {
        *("get services", "get zones", "get windows", "get kiosks", "get health"),
        *("post tickets", "get tickets/{number}", "post ratings", "post kiosks/{kiosk}/staff"),
        *(f"post windows/{{window}}/{call}" for call in WINDOW_ACTIONS),
    } == calls.keys()
    for name, operation in calls.items():
        statuses = set(operation["responses"])
        assert "401" in statuses and (statuses & {"200", "201"})
        if name.startswith("post"):
            assert {"413", "422"} <= statuses, name
        if name.startswith("post windows"):
            assert {"403", "404", "409", "503"} <= statuses, name
        problems = [answer for status, answer in operation["responses"].items() if status >= "400"]
        assert all("application/problem+json" in answer["content"] for answer in problems), name


def test_every_reference_in_the_document_leads_somewhere(inside: Any) -> None:
    document = inside.get("openapi.json").json

    def references(node: Any) -> Any:
        if isinstance(node, dict):
            if "$ref" in node:
                yield node["$ref"]
            for it in node.values():
                yield from references(it)
        elif isinstance(node, list):
            for it in node:
                yield from references(it)

    found = set(references(document))
    assert found
    for reference in found:
        node: Any = document
        for step in reference.removeprefix("#/").split("/"):
            node = node[step]


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/window/99", "没有 99 号窗口"),
        ("/panel/nowhere", "没有服务区 nowhere"),
        ("/desk?window=99", "没有 99 号窗口"),
        ("/no/such/page", "没有这个地址"),
    ],
)
def test_a_wrong_turn_on_a_page_is_a_sentence(inside: Any, address: str, sentence: str) -> None:
    answer = inside.client.get(address)
    assert (answer.status_code, answer.mimetype) == (404, "text/html")
    assert sentence in answer.text


def test_a_page_that_breaks_shows_a_sentence_and_no_trace(
    hub_in: Callable[..., Any], config: Any, tmp_path: Any
) -> None:
    inside = hub_in(config, tmp_path)
    inside.app.view_functions["desks.start"] = lambda: 1 / 0
    answer = inside.client.get("/")
    assert answer.status_code == 500
    assert "呼叫工作人员" in answer.text and "ZeroDivision" not in answer.text and "Traceback" not in answer.text


def test_a_visitor_who_is_sent_to_another_window_sees_on_the_phone_where(inside: Any) -> None:
    token = take(inside)["token"]
    for call, body in (("open", {}), ("next", {}), ("transfer", {"window": "3"})):
        assert inside.post(f"windows/1/{call}", body).status_code == 200
    data = inside.hub.live.watch("phone", "ticket", token)["data"]
    assert (data["windows"], data["zone"]["id"], data["zone"]["floor"], data["ahead"]) == ("3", "social", "2", 0)


def test_what_is_typed_into_an_address_is_text_on_the_page(inside: Any) -> None:
    answer = inside.client.get("/window/<script>alert(1)<%2Fscript>")
    assert answer.status_code == 404 and "<script>alert" not in answer.text
