"""Hours and closing as visitors, clerks and screens meet them: through the API, the sockets and the views."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from caller.config import load

from .halls import CONFIG, Clock, Inside, problem

HOURS = """\
hours:
  shifts:
    - {name: 上午, opens: "08:30", last_ticket: 20, closes: "12:00"}
    - {name: 下午, opens: "13:30", last_ticket: "16:40", closes: "17:00"}
  exceptions:
    - {day: 2026-11-24, zones: [social], name: 系统升级}
"""
MONDAY = "2026-11-23"


@pytest.fixture
def in_hours(hub_in: Callable[..., Inside], clock: Clock, tmp_path: Path) -> Inside:
    """The hall with hours, on a Monday morning before they begin."""
    file = tmp_path / "hall_config.yaml"
    file.write_text(CONFIG + HOURS, encoding="utf-8")
    clock.at = f"{MONDAY} 08:29"
    return hub_in(load(file), tmp_path / "data")


def take(hall: Inside, service: str = "tax-return", **how: Any) -> Any:
    return hall.post("tickets", {"service": service}, role="", **how)


@pytest.mark.parametrize(
    ("at", "code", "sentence", "sentence_en"),
    [
        ("2026-11-23 08:29", "not_open", "现在没有开始取号，今天 08:30 开始", "next time today at 08:30"),
        ("2026-11-23 11:40", "last_ticket_over", "上午取号已结束，今天 13:30 开始", "No more numbers in this shift"),
        ("2026-11-23 12:30", "not_open", "现在没有开始取号，今天 13:30 开始", "today at 13:30"),
        ("2026-11-23 16:40", "last_ticket_over", "今日取号已结束，明天 08:30 开始", "No more numbers today"),
        ("2026-11-23 19:00", "last_ticket_over", "今日取号已结束，明天 08:30 开始", "next time tomorrow at 08:30"),
        ("2026-11-27 19:00", "last_ticket_over", "今日取号已结束，11月30日（周一） 08:30 开始", "on Monday 30 Nov at"),
        ("2026-11-28 10:00", "not_open", "现在没有开始取号，后天 08:30 开始", "the day after tomorrow at 08:30"),
    ],
)
def test_outside_its_hours_the_hall_says_when_numbers_are_given_next(
    in_hours: Inside, clock: Clock, at: str, code: str, sentence: str, sentence_en: str
) -> None:
    """No number is used up; the kiosk's view, the services and the zones say the same."""
    clock.at = at
    refused = problem(take(in_hours), 409, code)
    assert refused["detail"] == sentence and sentence_en in refused["detail_en"]
    service = in_hours.get("services").json[0]
    zone = in_hours.get("zones").json[0]
    with in_hours.hub.dispatcher.reading() as state:
        kiosk = in_hours.hub.live.builders["kiosk"](state, "k")
    for told in (service, zone, kiosk["zones"][0], kiosk["queues"]["tax"]):
        assert told["open"] is False and told["opens_at"] == refused["facts"]["opens_at"]
        assert told["sentence"] == {"zh": refused["detail"], "en": refused["detail_en"]}
    assert zone["state"] == kiosk["zones"][0]["state"] == "closed"


def test_in_its_hours_a_zone_says_until_when(in_hours: Inside, clock: Clock) -> None:
    clock.at = f"{MONDAY} 08:30"
    assert take(in_hours).status_code == 201
    service = in_hours.get("services").json[0]
    assert (service["open"], service["opens_at"]) == (True, None)
    assert service["last_ticket"] == f"{MONDAY}T11:40:00+08:00" and service["closes"] == f"{MONDAY}T12:00:00+08:00"
    assert service["sentence"] == {"zh": "取号到 11:40", "en": "Numbers are given until 11:40"}
    assert in_hours.get("hall").json["state"] == in_hours.get("health").json["hub"]["state"] == "open"


def test_an_exception_closes_its_zone_alone_and_says_why(in_hours: Inside, clock: Clock) -> None:
    clock.at = "2026-11-24 09:00"
    assert take(in_hours).status_code == 201
    refused = problem(take(in_hours, "pension"), 409, "not_open")
    assert refused["detail"] == "现在没有开始取号（系统升级），明天 08:30 开始"


def test_without_hours_every_hour_is_open_and_nothing_is_said(inside: Inside, clock: Clock) -> None:
    clock.at = "2026-11-22 03:00"
    assert take(inside).status_code == 201
    told = inside.get("services").json[0]
    assert told["open"] and not any(told[key] for key in ("opens_at", "last_ticket", "closes", "sentence"))


@dataclass
class Running(Clock):
    """A clock that goes, from a moment before `at`."""

    began: datetime = field(default_factory=lambda: datetime.now(ZoneInfo("UTC")))
    before: float = 1.0

    def __call__(self) -> datetime:
        gone = datetime.now(ZoneInfo("UTC")) - self.began - timedelta(seconds=self.before)
        return super().__call__() + gone


def test_a_kiosk_that_shows_closed_opens_at_the_minute_by_itself(tmp_path: Path, until: Callable[..., Any]) -> None:
    """Nobody does anything and no page asks: the view is sent when the shift begins."""
    from caller.hub import Hub

    file = tmp_path / "hall_config.yaml"
    file.write_text(CONFIG + HOURS, encoding="utf-8")
    hub = Hub(load(file), tmp_path / "data", clock=Running(at=f"{MONDAY} 08:30"))
    sent: list[Any] = []
    hub.live._send = lambda room, body: sent.append(body)
    hub.start()
    try:
        for view, of in (("kiosk", "k"), ("panel", "hall"), ("desk", "1")):
            first = hub.live.watch("page", view, of)["data"]
        assert first["hours"]["open"] is False and first["hours"]["state"] == "closed"
        until(lambda: {body["view"] for body in sent} == {"kiosk", "panel", "desk"}, 8)
    finally:
        hub.stop()
    newest = {body["view"]: body["data"] for body in sent}
    assert newest["kiosk"]["zones"][0]["open"] and newest["kiosk"]["queues"]["tax"]["open"]
    assert newest["panel"]["state"] == newest["panel"]["zones"][0]["state"] == "open"
    assert newest["desk"]["hours"]["open"]


def test_a_zone_that_is_stopped_gives_no_number_until_it_is_resumed(inside: Inside) -> None:
    stopped = inside.post("zones/social/close", {"reason": "系统故障"}, role="reception")
    assert stopped.status_code == 200, stopped.data
    assert stopped.json["open"] is False and stopped.json["stopped"]["reason"] == "系统故障"
    assert problem(take(inside, "pension"), 409, "zone_closed")["detail"] == "社保暂停取号（系统故障），请问服务台"
    assert take(inside).status_code == 201, "the other zone goes on"
    problem(inside.post("zones/social/close"), 409, "zone_stopped")
    assert inside.post("zones/social/open").json["open"] is True
    assert take(inside, "pension").status_code == 201
    problem(inside.post("zones/social/open"), 409, "zone_not_stopped")


def test_a_stopped_zone_is_back_on_the_next_day_and_still_stopped_after_a_restart(
    hub_in: Callable[..., Inside], config: Any, tmp_path: Path, clock: Clock
) -> None:
    first = hub_in(config, tmp_path)
    first.post("zones/social/close")
    first.hub.stop()
    again = hub_in(config, tmp_path)
    problem(take(again, "pension"), 409, "zone_closed")
    clock.at = "2026-11-23 09:00"
    assert take(again, "pension").status_code == 201


def test_who_may_stop_a_zone(inside: Inside) -> None:
    for role, status in (("", 401), ("clerk", 403), ("device", 403), ("supervisor", 200)):
        assert inside.post("zones/social/close", role=role).status_code == status
    problem(inside.post("zones/nowhere/close"), 404, "unknown_zone")
    problem(inside.post("zones/social/open", {"reason": "x"}), 422, "invalid")


def test_stopping_a_zone_twice_under_one_key_is_once(inside: Inside) -> None:
    answers = [inside.post("zones/social/close", key="k1").json for _ in range(2)]
    assert answers[0] == answers[1] and answers[0]["stopped"]


def test_the_last_window_is_told_who_is_left_and_closes_when_asked_again(inside: Inside) -> None:
    """延时服务: a window cannot forget who still waits; a queue that another window serves is not left."""
    inside.post("windows/1/open")
    inside.post("windows/3/open")
    for service in ("tax-return", "tax-return", "pension"):
        take(inside, service)
    refused = problem(inside.post("windows/1/close"), 409, "visitors_left")
    entry = {"queue": "tax", "name": "税务", "waiting": 2, "held": 0, "numbers": ["A001", "A002"]}
    assert refused["facts"]["left"] == [entry]
    assert refused["detail"] == "还有 2 位没办完：A001、A002。仍要关闭吗？"
    with inside.hub.dispatcher.reading() as state:
        assert inside.hub.live.builders["desk"](state, "1")["left"] == [entry], "the desk knows before it asks"
    assert inside.post("windows/1/close", {"confirm": True}).json["state"] == "closed"
    events = list(inside.hub.journal.today())
    assert events[-1].left == [entry], "it is kept that the clerk knew"


def test_a_held_visitor_is_left_too_and_so_is_one_who_was_sent_to_this_window(inside: Inside) -> None:
    inside.post("windows/1/open")
    inside.post("windows/2/open")
    take(inside)
    inside.post("windows/2/next")
    inside.post("windows/2/transfer", {"window": "1"})
    left = problem(inside.post("windows/1/close"), 409, "visitors_left")["facts"]["left"]
    assert [(it["queue"], it["waiting"], it["held"]) for it in left] == [("tax", 1, 0)]
    inside.post("windows/1/next")
    inside.post("windows/1/hold")
    assert inside.post("windows/2/close").status_code == 200, "window 1 is still here"
    left = problem(inside.post("windows/1/close"), 409, "visitors_left")["facts"]["left"]
    assert [(it["waiting"], it["held"], it["numbers"]) for it in left] == [(0, 1, ["A001"])]


def test_a_zone_with_visitors_is_stopped_only_when_confirmed(inside: Inside) -> None:
    take(inside, "pension")
    assert problem(inside.post("zones/social/close"), 409, "visitors_left")["facts"]["left"][0]["queue"] == "pension"
    assert inside.post("zones/social/close", {"confirm": True}).json["left"][0]["numbers"] == ["B001"]
    assert inside.get("zones").json[1]["state"] == "finishing"


def test_the_hall_is_finishing_until_the_last_visitor_has_left(in_hours: Inside, clock: Clock) -> None:
    """After the last ticket whoever has a number is served: waiting, called, held, and then the hall is closed."""
    clock.at = f"{MONDAY} 16:39"
    in_hours.post("windows/1/open")
    take(in_hours)
    clock.at = f"{MONDAY} 17:10"

    def state() -> set[str]:
        return {in_hours.get("hall").json["state"], in_hours.get("zones").json[0]["state"]}

    assert state() == {"finishing"}
    assert in_hours.get("zones").json[1]["state"] == "closed", "nobody was ever there"
    problem(in_hours.get("hall/left"), 401, "unauthorized")
    problem(in_hours.get("hall/left", role="clerk"), 403, "forbidden")
    (left,) = in_hours.get("hall/left", role="supervisor").json
    assert (left["number"], left["state"], left["waited_s"]) == ("A001", "waiting", 31 * 60)
    for call in ("next", "start", "hold", "resume"):
        assert in_hours.post(f"windows/1/{call}").status_code == 200
        assert state() == {"finishing"}, call
    in_hours.post("windows/1/finish")
    assert state() == {"closed"}
    assert in_hours.get("hall/left", role="supervisor").json == []
    assert in_hours.post("windows/1/close").status_code == 200


def test_slots_are_offered_only_in_hours(hub_in: Callable[..., Inside], clock: Clock, tmp_path: Path) -> None:
    """Nobody books a holiday, the lunch hour or a day on which the zone is closed."""
    file = tmp_path / "hall_config.yaml"
    slots = "letters: B, bookings: {capacity: 2, minutes: 60, begins: '08:00', ends: '18:00'}"
    file.write_text(CONFIG.replace("letters: B", slots) + HOURS, encoding="utf-8")
    clock.at = f"{MONDAY} 08:00"
    hall = hub_in(load(file), tmp_path / "data")

    def offered(day: str) -> list[str]:
        return [it["slot"] for it in hall.get(f"bookings/slots?service=pension&day={day}").json]

    assert offered(MONDAY) == ["09:00", "10:00", "11:00", "14:00", "15:00", "16:00"]
    assert offered("2026-11-24") == offered("2026-11-28") == []


@pytest.mark.parametrize("at", ["2026-11-23 00:00", "2026-11-24 03:59", "2026-11-24 04:00", "2026-11-24 23:59"])
@pytest.mark.parametrize(("starts", "opens", "closes"), [("04:00", "04:00", "04:00"), ("00:00", "00:00", "24:00")])
def test_a_hall_that_never_closes_says_so(
    hub_in: Callable[..., Inside], clock: Clock, tmp_path: Path, at: str, starts: str, opens: str, closes: str
) -> None:
    """At any minute of it, also at those between two of its shifts: no time of the day after tomorrow is told."""
    file = tmp_path / "hall_config.yaml"
    days = "mon, tue, wed, thu, fri, sat, sun"
    hours = f'hours: {{shifts: [{{days: [{days}], opens: "{opens}", closes: "{closes}"}}]}}\n'
    named = CONFIG.replace("name_en: Hall,", f'name_en: Hall, day_starts: "{starts}",')
    file.write_text(named + hours, encoding="utf-8")
    clock.at = at
    told = hub_in(load(file), tmp_path / "data").get("services").json[0]
    assert told["open"] and told["sentence"] == {"zh": "全天取号", "en": "Numbers are given round the clock"}


def test_slots_and_last_tickets_may_end_at_midnight(
    hub_in: Callable[..., Inside], clock: Clock, tmp_path: Path
) -> None:
    """24:00 is the end of the day wherever an end is written."""
    file = tmp_path / "hall_config.yaml"
    slots = "letters: B, bookings: {capacity: 2, minutes: 60, begins: '20:00', ends: '24:00'}"
    hours = 'hours: {shifts: [{opens: "18:00", last_ticket: "24:00", closes: "24:00"}]}\n'
    file.write_text(CONFIG.replace("letters: B", slots) + hours, encoding="utf-8")
    clock.at = f"{MONDAY} 19:00"
    hall = hub_in(load(file), tmp_path / "data")
    offered = [it["slot"] for it in hall.get(f"bookings/slots?service=pension&day={MONDAY}").json]
    assert offered == ["20:00", "21:00", "22:00", "23:00"]
    assert hall.get("services").json[0]["sentence"]["zh"] == "取号到 24:00"


def test_reception_gives_a_number_out_of_hours_when_confirmed_and_that_is_kept(in_hours: Inside, clock: Clock) -> None:
    """Refused at first with the hours' own code; a visitor's yes opens nothing, nor staff's a stopped zone."""
    asked = {"service": "tax-return", "confirm": True}
    for at, code in ((f"{MONDAY} 08:00", "not_open"), (f"{MONDAY} 19:00", "last_ticket_over")):
        clock.at = at
        problem(in_hours.post("tickets", {"service": "tax-return"}, role="reception"), 409, code)
        problem(in_hours.post("tickets", asked, role=""), 409, code)
        assert in_hours.post("tickets", {**asked, "kiosk": "bare"}, role="reception").status_code == 201
        taken = list(in_hours.hub.journal.today())[-1]
        assert (taken.out_of_hours, taken.actor) == (True, "reception")
    clock.at = f"{MONDAY} 09:00"
    assert in_hours.post("tickets", asked, role="reception").status_code == 201
    assert not list(in_hours.hub.journal.today())[-1].out_of_hours, "within hours nothing was against them"
    in_hours.post("zones/general/close", {"confirm": True})
    problem(in_hours.post("tickets", asked, role="reception"), 409, "zone_closed")
