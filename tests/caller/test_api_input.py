"""HTTP under /api/v1: bad input never becomes a 500, and the same key never does a thing twice."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caller.tokens import Tokens, Who
from caller.window_actions import WINDOW_ACTIONS

from .halls import problem


def take(inside: Any, service: str = "tax-return", **how: Any) -> dict[str, Any]:
    answer = inside.post("tickets", {"service": service}, role="", **how)
    assert answer.status_code == 201, answer.data
    return answer.json


@pytest.mark.parametrize("header", ["Bearer nonsense", "Bearer ", "Basic YTpi", "nonsense", "Bearer \xff"])
def test_a_token_that_is_none_is_401_everywhere(inside: Any, header: str) -> None:
    for method, path in (("GET", "services"), ("POST", "tickets"), ("GET", "health")):
        answer = inside.client.open(f"/api/v1/{path}", method=method, json={}, headers={"Authorization": header})
        problem(answer, 401, "bad_token")
        assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_token_of_another_hall_is_none(inside: Any, tmp_path: Any) -> None:
    foreign = Tokens(tmp_path / "elsewhere").make(Who("admin"))
    answer = inside.client.get("/api/v1/services", headers={"Authorization": f"Bearer {foreign}"})
    problem(answer, 401, "bad_token")


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
    assert inside.get("zones", key=key).status_code == 200, "whoever only looks needs no key"


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
        ("tickets", '{"service": "tax-return", "klass": "normal"}'),
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
    assert body["detail"] == "内容不对：class"


def test_a_body_that_is_too_large_is_413(inside: Any) -> None:
    answer = inside.client.post("/api/v1/tickets", data=b"x" * 70_000, content_type="application/json")
    problem(answer, 413, "too_large")


@pytest.mark.parametrize("path", ["tickets", "windows/1/open"])
def test_a_body_that_is_not_json_is_422(inside: Any, path: str) -> None:
    headers = {"Authorization": f"Bearer {inside.token('admin')}"}
    answer = inside.client.post(f"/api/v1/{path}", data="a=b", content_type="text/plain", headers=headers)
    body = problem(answer, 422, "invalid")
    assert body["detail"] == "请求的内容不是正确的 JSON"


@pytest.mark.parametrize("check", ["é", "四七", "47 "])
def test_check_digits_that_are_none_are_wrong_and_no_error(inside: Any, check: str) -> None:
    take(inside)
    for act in ("open", "next", "start", "finish", "close"):
        assert inside.post(f"windows/2/{act}").status_code == 200
    inside.post("windows/2/open")
    body = {"ticket": "A001", "grade": "satisfied", "check": check}
    problem(inside.post("ratings", body, role=""), 409, "not_prompted")


def test_a_wrong_turn_in_the_api_is_a_problem(inside: Any) -> None:
    problem(inside.get("nothing"), 404, "not_found")
    answer = inside.ask("DELETE", "tickets")
    problem(answer, 405, "method_not_allowed")
    assert "POST" in answer.headers["Allow"]
    problem(inside.post("windows//next"), 404, "not_found")


def test_what_cannot_be_kept_is_503_and_the_retry_succeeds(inside: Any, monkeypatch: pytest.MonkeyPatch) -> None:
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


def test_a_call_for_staff_has_its_key_as_every_other_request(inside: Any) -> None:
    """The same again is one call; for another kiosk or a number, or a key of a number's, it is refused."""
    first = inside.post("kiosks/k/staff", role="", key="s").json
    assert inside.post("kiosks/k/staff", role="", key="s").json == first
    problem(inside.post("kiosks/bare/staff", role="", key="s"), 422, "id_reused")
    inside.post("tickets", {"service": "pension"}, role="", key="t")
    problem(inside.post("kiosks/k/staff", role="", key="t"), 422, "id_reused")
    problem(inside.post("tickets", {"service": "pension"}, role="", key="s"), 422, "id_reused")
    assert inside.get("hall").json["waiting"] == 1, "no number was used for the key of a call for staff"
    for n in range(210):
        inside.post("kiosks/k/staff", role="", key=f"again {n}")
    assert inside.post("tickets", {"service": "pension"}, role="", key="again 0").status_code == 201, "it is forgotten"
    assert [inside.post(f"kiosks/{kiosk}/staff", role="").status_code for kiosk in ("k", "bare")] == [200, 200]
