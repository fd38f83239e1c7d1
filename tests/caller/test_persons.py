"""Persons through the API: known by HMAC alone, one ticket each, blocked and let in again; no number kept."""

from __future__ import annotations

import hashlib
import json
import stat
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import requests

from caller.config import load
from caller.id_number import check_digit
from caller.persons import Persons

from .halls import CONFIG, problem

WANG = "11010519491231002X"
PHONE = "13812345678"
RULES = (
    CONFIG.replace("hall: {", "hall: {care_age: 70, daily_limit: 2, no_shows_to_block: 2, block_days: 3, ")
    .replace("    letters: A\n", "    letters: A\n    quota: 5\n    quota_warning: 2\n")
    .replace("name: 税卡, queue: tax}", "name: 税卡, queue: tax, person: required}")
    .replace("name: 养老金, queue: pension}", "name: 养老金, queue: pension, person: none}")
)


@pytest.fixture
def strict(hub_in: Callable[..., Any], tmp_path: Path) -> Any:
    """The small hall with all rules for persons."""
    file = tmp_path / "hall_config.yaml"
    file.write_text(RULES, encoding="utf-8")
    return hub_in(load(file), tmp_path / "data")


def take(hall: Any, person: str | None = WANG, service: str = "tax-return", role: str = "", **body: Any) -> Any:
    return hall.post("tickets", {"service": service, "person": person, **body}, role=role)


def person_born(born: str) -> str:
    first = f"370602{born}123"
    return first + check_digit(first)


def files_with(folder: Path, *secrets: str) -> list[str]:
    """The files under the folder that hold one of these texts, or a hash of it that anybody could compute."""
    forms = [form for text in secrets for form in (text, hashlib.sha256(text.encode()).hexdigest()[:16])]
    return [
        f"{file.name}: {form}"
        for file in folder.rglob("*")
        if file.is_file()
        for form in forms
        if form.encode() in file.read_bytes()
    ]


def test_the_number_is_in_no_file_whatever_is_done_with_it(serve_in: Callable[..., Any], tmp_path: Path) -> None:
    """The database, its write-ahead log, the hub's log: taken, refused, malformed, by HTTP and by socket."""
    served = serve_in(tmp_path / "data")
    wrong = WANG[:-1] + "0"
    body = {"service": "tax-return", "person": WANG, "phone": PHONE}
    assert served.post("tickets", body, key="one").status_code == 201
    assert served.post("tickets", body, key="one").status_code == 201
    answers = [
        served.post("tickets", body),
        served.post("tickets", {**body, "person": wrong}),
        served.post("tickets", {**body, "phone": PHONE + "9"}),
        served.post("tickets", {**body, "more": 1}),
        served.post("tickets", {**body, "person": [WANG]}),
        served.post("tickets", {**body, "person": WANG * 9}),
        served.post("tickets", {**body, "class": "care"}, token=served.token("device")),
        served.post("persons/unblock", {"person": WANG}),
    ]
    told = [answer.text for answer in answers]
    assert all(answer.status_code >= 400 for answer in answers), told
    socket = served.socket(auth={"token": served.token()})
    told += [
        json.dumps(socket.call("take", {**body, "id": str(uuid.uuid4()), **more})) for more in ({}, {"person": wrong})
    ]
    told.append(json.dumps(socket.call("unblock", {"person": WANG, "id": ""})))
    assert not [text for text in told if WANG in text or wrong in text or PHONE in text]
    asked = json.dumps(["take", {**body, "klass": "normal", "kiosk": None}], sort_keys=True)
    assert (served.data / "hall.db-wal").exists()
    assert files_with(tmp_path, WANG, wrong, PHONE, asked) == []
    served.stop()
    assert files_with(tmp_path, WANG, wrong, PHONE, asked) == []


def test_the_key_is_the_owners_alone_and_makes_the_same_person_again(
    tmp_path: Path, at_once: Callable[..., Any]
) -> None:
    known = at_once(8, lambda i: Persons(tmp_path).known_as(WANG))
    assert len(set(known)) == 1 and len(known[0]) == 32
    assert stat.S_IMODE((tmp_path / "person.key").stat().st_mode) == 0o600
    assert Persons(tmp_path / "another").known_as(WANG) != known[0]
    assert Persons(tmp_path).known_as(" ") == ""


def test_who_asks_again_is_told_the_number_and_where_it_stands(strict: Any) -> None:
    assert take(strict, "E1").status_code == 201
    number = take(strict).json["number"]
    told = problem(take(strict, f" {WANG.lower()} "), 409, "already_waiting")
    assert told["facts"]["number"] == number and "前面还有" in told["detail"]


def test_a_wrong_id_number_or_phone_is_refused_with_a_sentence(strict: Any) -> None:
    problem(take(strict, WANG[:-1] + "1"), 422, "bad_person")
    problem(take(strict, phone="12345"), 422, "bad_phone")
    assert take(strict, phone=PHONE).status_code == 201


def test_one_key_with_two_persons_is_two_requests(strict: Any) -> None:
    asks = {"service": "tax-return", "person": "E1"}
    first = strict.post("tickets", asks, key="k")
    assert strict.post("tickets", asks, key="k").json == first.json
    problem(strict.post("tickets", {**asks, "person": "E2"}, key="k"), 422, "id_reused")


@pytest.mark.parametrize(
    ("born", "asked", "role", "given"),
    [
        ("19561122", "normal", "", ("care", "age")),
        ("19561123", "normal", "", ("normal", None)),
        ("19400101", "care", "", ("care", "age")),
        ("19561123", "care", "", None),
        ("19400101", "urgent", "", None),
        ("19900101", "urgent", "clerk", ("urgent", "staff")),
        ("19400101", "urgent", "reception", ("urgent", "staff")),
        ("19400101", "normal", "reception", ("care", "age")),
    ],
)
def test_the_class_follows_from_age_or_staff_and_says_so(
    strict: Any, born: str, asked: str, role: str, given: tuple[str, str | None] | None
) -> None:
    """It is 22 November 2026: who is 70 today is 70."""
    answer = take(strict, person_born(born), role=role, **{"class": asked})
    if given is None:
        problem(answer, 401, "unauthorized")
        return
    assert answer.json["class"] == given[0]
    assert strict.get(f"tickets/{answer.json['number']}", role="reception").json["class_by"] == given[1]


def test_a_service_says_whether_it_needs_a_person(strict: Any) -> None:
    told = {it["id"]: it["person"] for it in strict.get("services").json}
    assert told == {"tax-return": "optional", "tax-card": "required", "pension": "none"}
    problem(take(strict, None, "tax-card"), 409, "id_needed")
    assert take(strict, WANG, "tax-card").status_code == 201
    first, second = take(strict, WANG, "pension"), take(strict, WANG, "pension")
    assert (first.status_code, second.status_code, first.json["class"]) == (201, 201, "normal"), "nobody is known there"


def test_the_daily_limit_does_not_count_what_was_given_up(strict: Any) -> None:
    for _ in range(3):
        taken = take(strict).json
        assert strict.post(f"tickets/{taken['number']}/abandon", {"token": taken["token"]}, role="").status_code == 200
    strict.post("windows/1/open")
    for _ in range(2):
        assert take(strict).status_code == 201
        strict.post("windows/1/next")
        strict.post("windows/1/finish")
    assert "2" in problem(take(strict), 409, "daily_limit")["detail"]


def test_few_numbers_left_are_told_and_then_none(strict: Any) -> None:
    told = []
    for n in range(5):
        it = next(it for it in strict.get("services").json if it["id"] == "tax-return")
        told.append((it["left"], it["few_left"]))
        assert take(strict, f"E{n}").status_code == 201
    assert told == [(5, False), (4, False), (3, False), (2, True), (1, True)]
    said = problem(take(strict, "E9"), 409, "quota_reached")["detail"]
    assert said == "今日号已取完，如窗口空闲可直接到窗口办理。"
    assert [it["text"] for it in strict.hub.happenings.log if "限号" in it["aside"]] == ["税务 只剩 2 个号"]


def test_who_did_not_come_twice_is_blocked_until_it_runs_out_or_reception_lifts_it(strict: Any, clock: Any) -> None:
    for day in (22, 23):
        clock.at = f"2026-11-{day} 09:00"
        strict.post("windows/1/open")
        assert take(strict).status_code == 201
        strict.post("windows/1/next")
        strict.post("windows/1/no-show")
    clock.at = "2026-11-24 09:00"
    told = problem(take(strict), 409, "blocked")
    assert "11 月 26 日" in told["detail"] and told["facts"] == {"until": "2026-11-26"}
    taken = take(strict, role="reception").json
    strict.post(f"tickets/{taken['number']}/abandon", {})
    clock.at = "2026-11-26 23:00"
    problem(take(strict), 409, "blocked")
    problem(strict.post("persons/unblock", {"person": WANG}, role="clerk"), 403, "forbidden")
    problem(strict.post("persons/unblock", {"person": WANG}, role=""), 401, "unauthorized")
    assert strict.post("persons/unblock", {"person": f"{WANG} "}, role="reception").json["blocked"] is False
    problem(strict.post("persons/unblock", {"person": WANG}, role="reception"), 409, "not_blocked")
    assert take(strict).status_code == 201


def test_the_block_runs_out_by_itself_also_over_a_restart(
    hub_in: Callable[..., Any], strict: Any, clock: Any, tmp_path: Path
) -> None:
    for day in (22, 23):
        clock.at = f"2026-11-{day} 09:00"
        strict.post("windows/1/open")
        take(strict)
        strict.post("windows/1/next")
        strict.post("windows/1/no-show")
    clock.at = "2026-11-24 09:00"
    problem(take(strict), 409, "blocked")
    strict.hub.stop()
    again = hub_in(strict.hub.config, tmp_path / "data")
    problem(take(again), 409, "blocked")
    clock.at = "2026-11-27 09:00"
    assert take(again).status_code == 201


def test_32_at_once_for_one_person_are_one_ticket(served: Any, at_once: Callable[..., Any]) -> None:
    """By HTTP and by socket, each with an id of its own."""
    sockets = [served.socket() for _ in range(4)]

    def ask(i: int) -> tuple[int, str]:
        body = {"service": "tax-return", "person": WANG}
        if i % 8 == 0:
            told = sockets[i // 8].call("take", {**body, "id": str(uuid.uuid4())}, timeout=20)
            return told["status"], told["body"].get("number") or told["body"]["facts"]["number"]
        answer = served.post("tickets", body, session=requests.Session())
        told = answer.json()
        return answer.status_code, told.get("number") or told["facts"]["number"]

    answers = at_once(32, ask)
    assert sorted(status for status, _ in answers) == [201] + [409] * 31
    assert len({number for _, number in answers}) == 1, "and everybody is told which"
