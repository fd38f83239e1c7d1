"""Bookings through HTTP and the sockets: offered, booked, cancelled, checked in on paper, imported."""

from __future__ import annotations

import re
import sqlite3
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import requests

from .halls import problem

DAY = "2026-11-22"
PHONES = count()


def book(inside: Any, slot: str = "09:10", role: str = "", key: str = "", **words: Any) -> Any:
    """By a visitor whom nobody else is, unless the words say who: each has a phone of their own."""
    who = {} if words.keys() & {"person", "phone"} else {"phone": "13900000000" if key else f"138{next(PHONES):08d}"}
    body = {"service": "tax-return", "day": DAY, "slot": slot, **who, **words}
    return inside.post("bookings", body, role=role, key=key)


def booked(inside: Any, **how: Any) -> str:
    answer = book(inside, **how)
    assert answer.status_code == 201, answer.data
    return answer.json["code"]


def test_free_slots_are_offered_and_a_booking_takes_one(inside: Any) -> None:
    offered = inside.get(f"bookings/slots?service=tax-return&day={DAY}").json
    first = {"day": DAY, "slot": "09:10", "start": f"{DAY}T09:10:00+08:00", "end": f"{DAY}T09:20:00+08:00", "free": 5}
    assert offered[0] == first
    answer = book(inside, name="王小海", person="11010519491231002X", phone="13800000000")
    it = answer.json
    assert answer.status_code == 201
    assert (it["name"], it["state"], it["service_name"], it["number"]) == ("王*海", "booked", "个税申报", None)
    assert (it["check_in_from"], it["check_in_until"]) == (f"{DAY}T08:55:00+08:00", f"{DAY}T09:40:00+08:00")
    assert re.fullmatch(r"[A-HJ-NP-Z2-9]{8}", it["code"])
    assert inside.get(f"bookings/slots?service=tax-return&day={DAY}").json[0]["free"] == 4
    assert inside.get("services").json[0]["bookings"] is True


def test_a_full_slot_is_refused_with_the_next_that_are_free(inside: Any) -> None:
    for _ in range(5):
        booked(inside)
    facts = problem(book(inside), 409, "slot_full")["facts"]
    assert [slot["slot"] for slot in facts["free"]] == ["09:20", "09:30", "09:40"]


def test_days_that_are_not_offered_are_refused_with_those_that_are(inside: Any) -> None:
    for day in ("2026-11-21", "2026-11-30"):
        facts = problem(inside.get(f"bookings/slots?service=tax-return&day={day}"), 409, "day_not_offered")["facts"]
        assert facts == {"first": DAY, "last": "2026-11-29"}
    problem(inside.get("bookings/slots?service=pension"), 409, "no_bookings")
    problem(inside.get("bookings/slots?service=none"), 404, "unknown_service")


def test_a_booking_is_told_and_cancelled_by_its_code_however_it_is_typed(inside: Any) -> None:
    code = booked(inside)
    typed = f"{code[:4].lower()}-{code[4:]}"
    assert inside.get(f"bookings/{typed}").json["code"] == code
    assert inside.ask("DELETE", f"bookings/{typed}").json["state"] == "cancelled"
    problem(inside.post(f"bookings/{code}/cancel", role=""), 409, "booking_cancelled")
    problem(inside.get("bookings/NEVERWAS"), 404, "unknown_booking")
    assert inside.get(f"bookings/slots?service=tax-return&day={DAY}").json[0]["free"] == 5


def test_a_visitor_checks_in_once_and_gets_a_booked_ticket(inside: Any) -> None:
    code, key = booked(inside), str(uuid.uuid4())
    answers = [inside.post(f"bookings/{code}/check-in", role="", key=key) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json == answers[1].json
    it = answers[0].json
    assert (it["number"], it["class"], it["slot"], it["on_time"]) == ("AY001", "booked", f"{DAY}T09:10:00+08:00", True)
    assert problem(inside.post(f"bookings/{code}/check-in", role=""), 409, "booking_used")["facts"] == {
        "number": "AY001"
    }
    assert inside.get(f"bookings/{code}").json["number"] == "AY001"


def test_early_is_told_when_to_come_and_late_queues_as_an_ordinary_visitor(inside: Any, clock: Any) -> None:
    code = booked(inside, slot="10:00")
    early = problem(inside.post(f"bookings/{code}/check-in", role=""), 409, "too_early")
    assert (early["facts"], "09:45" in early["detail"]) == ({"from": f"{DAY}T09:45:00+08:00"}, True)
    clock.at = f"{DAY} 10:31"
    it = inside.post(f"bookings/{code}/check-in", role="").json
    assert (it["number"], it["class"], it["slot"], it["on_time"]) == ("A001", "normal", None, False)


def test_the_id_card_is_enough_to_check_in_and_is_not_kept(inside: Any, tmp_path: Any) -> None:
    person = "11010519491231002X"
    booked(inside, person=person)
    problem(book(inside, slot="09:30", person=person), 409, "already_booked")
    problem(inside.post("bookings/check-in", {"person": "1"}, role=""), 404, "unknown_booking_of_person")
    assert inside.post("bookings/check-in", {"person": person.lower()}, role="").json["number"] == "AY001"
    inside.hub.stop()
    assert person.encode() not in b"".join(file.read_bytes() for file in tmp_path.glob("hall.db*"))


def test_without_paper_no_number_is_burnt_and_the_booking_can_still_be_used(inside: Any) -> None:
    code = booked(inside)
    problem(inside.post(f"bookings/{code}/check-in", {"kiosk": "k"}, role=""), 409, "printer_not_ready")
    assert inside.get(f"bookings/{code}").json["state"] == "booked"
    assert inside.post(f"bookings/{code}/check-in", {"kiosk": "bare"}, role="").json["number"] == "AY001"


def test_the_list_of_a_day_is_for_staff_with_masked_names(inside: Any) -> None:
    late, early = booked(inside, slot="10:00"), booked(inside, name="欧阳小海")
    assert inside.get(f"bookings?day={DAY}").status_code == 401
    listed = inside.get(f"bookings?day={DAY}", role="reception").json
    assert [(it["code"], it["name"]) for it in listed] == [(early, "欧**海"), (late, "")]
    assert inside.get("bookings?day=2026-11-23", role="clerk").json == []


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "bookings/slots", None),
        ("GET", "bookings/slots?service=tax-return&day=2026-02-30", None),
        ("GET", "bookings?day=tomorrow", None),
        ("POST", "bookings", {"service": "tax-return", "day": DAY}),
        ("POST", "bookings", {"service": "tax-return", "day": DAY, "slot": "9:10"}),
        ("POST", "bookings", {"service": "tax-return", "day": "0000-00-00", "slot": "09:10"}),
        ("POST", "bookings", {"service": "tax-return", "day": DAY, "slot": "09:10", "vip": True}),
        ("POST", "bookings/check-in", {"person": ""}),
        ("POST", "bookings/import?skip_bad=perhaps", []),
        ("POST", "bookings/import", {"service": "tax-return"}),
        ("POST", "bookings/import", [{"service": "tax-return"}]),
        ("POST", "bookings/import", ["x"]),
    ],
)
def test_what_cannot_be_read_is_422(inside: Any, method: str, path: str, body: Any) -> None:
    answer = inside.ask(method, path, body, role="admin")
    assert (answer.status_code, answer.content_type) == (422, "application/problem+json"), answer.data


def test_reception_and_kiosk_follow_the_bookings(inside: Any) -> None:
    code = booked(inside)
    with inside.hub.dispatcher.reading() as state:
        view = inside.hub.live.builders["bookings"](state, "today")
        kiosk = inside.hub.live.builders["kiosk"](state, "bare")
    assert [it["code"] for it in view["bookings"]] == [code]
    assert view["totals"] == {"booked": 1, "checked_in": 0, "cancelled": 0, "no_show": 0}
    assert kiosk["bookings"] is True


def test_the_days_list_in_the_journal_says_who_came_and_who_never_did(inside: Any, clock: Any) -> None:
    came, off, never = booked(inside), booked(inside), booked(inside, slot="11:00", person="11010519491231002X")
    inside.post(f"bookings/{came}/check-in", role="")
    inside.ask("DELETE", f"bookings/{off}")
    clock.at = "2026-11-23 09:00"
    inside.hub.dispatcher.look_at_the_day()
    inside.hub.stop()
    with sqlite3.connect(inside.hub.data / "hall.db") as db:
        told = db.execute("select day, code, state, number from bookings order by slot").fetchall()
    assert sorted(told[:2]) == sorted([(DAY, came, "checked_in", "AY001"), (DAY, off, "cancelled", None)])
    assert told[2:] == [(DAY, never, "no_show", None)]


def tomorrow() -> tuple[str, str]:
    at = datetime.now(ZoneInfo("Asia/Shanghai")) + timedelta(days=1)
    return at.date().isoformat(), f"{at:%H}:50"


def test_32_who_book_a_slot_for_five_at_once_are_five(served: Any, at_once: Callable[..., Any]) -> None:
    day, slot = tomorrow()
    sockets = [served.socket() for _ in range(4)]

    def one(i: int) -> tuple[int, Any]:
        body = {"service": "tax-return", "day": day, "slot": slot, "phone": f"138000000{i:02d}"}
        if i % 4 == 0:
            told = sockets[i // 8].call("book", {**body, "id": str(uuid.uuid4())}, timeout=20)
            return told["status"], told["body"]
        answer = served.post("bookings", body, session=requests.Session())
        return answer.status_code, answer.json()

    answers = at_once(32, one)
    assert sorted(status for status, _ in answers) == [201] * 5 + [409] * 27
    assert {body["code"] for status, body in answers if status == 409} == {"slot_full"}
    assert len({body["code"] for status, body in answers if status == 201}) == 5


def test_16_who_check_in_one_booking_at_once_get_one_ticket(served: Any, at_once: Callable[..., Any]) -> None:
    """Half of them with one key, as a kiosk that tries again; the others each with its own, some by socket."""
    slot = requests.get(f"{served.url}/api/v1/bookings/slots?service=tax-return", timeout=10).json()[0]
    made = served.post("bookings", {"service": "tax-return", "day": slot["day"], "slot": slot["slot"]}).json()
    key, socket = str(uuid.uuid4()), served.socket()

    def one(i: int) -> tuple[int, Any]:
        if i % 8 == 1:
            told = socket.call("check-in", {"code": made["code"], "id": str(uuid.uuid4())}, timeout=20)
            return told["status"], told["body"]
        mine = key if i % 2 == 0 else str(uuid.uuid4())
        answer = served.post(f"bookings/{made['code']}/check-in", key=mine, session=requests.Session())
        return answer.status_code, answer.json()

    answers = at_once(16, one)
    numbers = {body["number"] for status, body in answers if status == 201}
    numbers |= {body["facts"]["number"] for status, body in answers if status == 409}
    assert len(numbers) == 1
    assert sum(status == 201 for status, _ in answers) in (1, 8), "one, or all those with its key"


def test_a_visitor_books_one_slot_of_a_queue_and_day_by_id_or_phone(inside: Any) -> None:
    """Who gives neither is asked for one; the same phone however it is written is the same visitor; reception may."""
    refused = problem(book(inside, phone=""), 422, "who_books")
    assert refused["detail"] == "预约请填身份证号或手机号码"
    booked(inside, phone="138 0000 0000")
    problem(book(inside, "09:20", phone="138-00000000"), 409, "already_booked")
    booked(inside, slot="09:20", phone="13800000001")
    booked(inside, slot="09:30", phone="", role="reception")
    booked(inside, slot="09:30", phone="", role="reception")
    kept = repr(list(inside.hub.journal.today()))
    assert "13800000000" not in kept and "13800000001" not in kept
