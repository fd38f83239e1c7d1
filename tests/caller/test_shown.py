"""An ID card or a code that is shown at a kiosk: told to its page, good for one number, and kept nowhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from caller.agents import Device
from caller.alarms import alarm_list
from caller.config import Config, load

from .halls import CONFIG, Clock, Inside

OLD, YOUNG = "11010519491231002X", "100000199003070018"
DEVICES = """\
  - {id: reader, driver: sdt-reader, port: virtual, kiosk: k}
  - {id: scanner, driver: gm65, port: virtual, kiosk: k}
"""


@pytest.fixture(scope="module")
def with_reader(tmp_path_factory: pytest.TempPathFactory) -> Config:
    file = tmp_path_factory.mktemp("config") / "hall_config.yaml"
    text = CONFIG.replace("hall: {", "hall: {care_age: 70, ") + DEVICES
    file.write_text(text.replace("id: tax-card,", "id: tax-card, person: required,"), encoding="utf-8")
    return load(file)


@pytest.fixture
def hall(hub_in: Callable[..., Inside], with_reader: Config, tmp_path: Path) -> Inside:
    return hub_in(with_reader, tmp_path / "data")


def device(hall: Inside, name: str) -> Device:
    return hall.hub.agents.devices[name]


def show(hall: Inside, **event: Any) -> dict[str, Any]:
    """Something is shown at kiosk k; what its page is told of it."""
    name = "scanner" if event["kind"] == "code" else "reader"
    hall.hub.inputs.take(device(hall, name), event, "input:1")
    return view(hall)["shown"]


def view(hall: Inside, kiosk: str = "k") -> dict[str, Any]:
    with hall.hub.dispatcher.reading() as state:
        return hall.hub.live.builders["kiosk"](state, kiosk)


def lay(hall: Inside, number: str = OLD, name: str = "王小海") -> dict[str, Any]:
    return show(hall, kind="card", number=number, name=name)


def test_a_card_is_told_to_its_own_kiosk_without_its_number(hall: Inside) -> None:
    shown = lay(hall)
    assert (shown["kind"], shown["name"], shown["booked"]) == ("card", "王*海", False)
    assert OLD not in str(shown)
    assert view(hall, "bare")["shown"] is None
    assert OLD not in repr(hall.hub.shown._at)


def test_a_number_is_taken_with_the_card_and_its_age_gives_the_class(hall: Inside) -> None:
    card = lay(hall)["id"]
    taken = hall.post("tickets", {"service": "tax-card", "card": card}, role="", key="a")
    assert (taken.status_code, taken.json["class"]) == (201, "care")
    again = hall.post("tickets", {"service": "tax-card", "card": card}, role="", key="a")
    assert again.json == taken.json
    assert hall.post("tickets", {"service": "tax-return", "person": OLD}, role="").json["code"] == "already_waiting"


def test_a_card_is_good_for_one_number_and_for_three_minutes(hall: Inside, clock: Clock) -> None:
    card = lay(hall)["id"]
    assert hall.post("tickets", {"service": "tax-card", "card": card}, role="").status_code == 201
    refused = hall.post("tickets", {"service": "pension", "card": card}, role="")
    assert (refused.status_code, refused.json["code"]) == (422, "card_gone")
    card = lay(hall, YOUNG)["id"]
    clock.at = "2026-11-22 09:04"
    assert hall.post("tickets", {"service": "pension", "card": card}, role="").json["code"] == "card_gone"
    assert hall.hub.shown._at == {}


def test_who_is_refused_may_choose_again_with_the_same_card(hall: Inside) -> None:
    hall.post("tickets", {"service": "tax-card", "person": YOUNG}, role="")
    card = lay(hall, YOUNG)["id"]
    assert hall.post("tickets", {"service": "tax-card", "card": card}, role="").json["code"] == "already_waiting"
    assert hall.post("tickets", {"service": "pension", "card": card}, role="").status_code == 201


def test_a_card_checks_in_its_booking_of_today(hall: Inside) -> None:
    booking = {"service": "tax-return", "day": "2026-11-22", "slot": "09:10", "name": "王小海", "person": OLD}
    assert hall.post("bookings", booking, role="").status_code == 201
    shown = lay(hall)
    assert shown["booked"]
    came = hall.post("bookings/check-in", {"card": shown["id"]}, role="", key="b")
    assert (came.status_code, came.json["number"]) == (201, "AY001")
    assert hall.post("bookings/check-in", {"card": shown["id"]}, role="", key="b").json == came.json
    assert not lay(hall)["booked"]


@pytest.mark.parametrize("body", [{}, {"card": "x", "person": OLD}, {"card": "x" * 65}])
def test_a_check_in_by_person_names_one_person(hall: Inside, body: dict[str, Any]) -> None:
    assert hall.post("bookings/check-in", body, role="").status_code == 422


@pytest.mark.parametrize("guess", ["x", "\u732b", ""])
def test_a_reference_that_was_never_given_opens_nothing(hall: Inside, guess: str) -> None:
    lay(hall)
    refused = hall.post("tickets", {"service": "tax-card", "card": guess}, role="")
    assert refused.json["code"] == ("card_gone" if guess else "id_needed")


def test_a_card_that_cannot_be_read_or_cannot_be_is_told_so(hall: Inside) -> None:
    assert show(hall, kind="unread")["kind"] == "unread"
    assert show(hall, kind="card", number=OLD[:-1] + "1", name="王小海")["kind"] == "unread"


def test_a_code_goes_to_the_page_as_it_is_but_an_id_number_never(hall: Inside) -> None:
    code = show(hall, kind="code", text="K7QM4XPD")
    assert (code["kind"], code["text"]) == ("code", "K7QM4XPD")
    card = show(hall, kind="code", text=OLD)
    assert (card["kind"], card["text"]) == ("card", "")
    assert show(hall, kind="code", text=OLD[:-1] + "1")["text"] == ""


def test_what_was_shown_leaves_the_view_after_ten_seconds(hall: Inside, clock: Clock) -> None:
    lay(hall)
    clock.at = "2026-11-22 09:00:11"
    assert view(hall)["shown"] is None


@pytest.mark.parametrize(
    "event", [{"kind": "card"}, {"kind": "card", "number": 7, "name": None}, {"kind": "code", "text": "\x00" * 2000}]
)
def test_a_strange_input_does_no_harm(hall: Inside, event: dict[str, Any]) -> None:
    show(hall, **event)
    assert hall.hub.inputs.take(device(hall, "keys"), event, "input:2")["code"] == "unknown_input"


def test_a_reader_that_does_not_answer_is_on_the_alarm_list_with_its_kiosk_and_not_asked_for(hall: Inside) -> None:
    hall.hub.agents.connected("main", "sid")
    hall.hub.agents.health([{"id": "reader", "state": "ok"}, {"id": "scanner", "state": "unknown"}])
    assert (view(hall)["reader"], view(hall)["scanner"]) == (True, True)
    hall.hub.agents.health([{"id": "reader", "state": "fault", "error": "读卡器没有应答"}])
    assert view(hall)["reader"] is False
    with hall.hub.dispatcher.reading() as state:
        [alarm] = [it for it in alarm_list(hall.hub.agents, state) if it["device"] == "reader"]
    assert (alarm["place"], alarm["sentence"]["zh"]) == ("1 号取号机", "读卡器没有应答")
