"""Skills and floors as staff and visitors meet them: the desk, the keypad, the screens, the slip, the answers."""

from __future__ import annotations

from typing import Any

import pytest

from caller.config import load

from .halls import CONFIG, problem


@pytest.fixture
def hall(hub_in: Any, tmp_path: Any) -> Any:
    """Window 1 serves tax and pension, its clerk can do tax; windows 3 and 4 are upstairs, 4 does tax too."""
    file = tmp_path / "hall.yaml"
    text = CONFIG.replace("{name: 大厅,", "{name: 大厅, class_floor: {care: 1},")
    text = text.replace("name: 王}", "name: 王, skills: [tax]}")
    text = text.replace("clerks:", "  - {id: 4, zone: general, queues: [tax], floor: 2}\nclerks:")
    file.write_text(text, encoding="utf-8")
    return hub_in(load(file), tmp_path / "data")


def take(hall: Any, service: str, klass: str = "normal") -> dict[str, Any]:
    return hall.post("tickets", {"service": service, "class": klass}).json


def view(hall: Any, name: str, of: str) -> dict[str, Any]:
    with hall.hub.dispatcher.reading() as state:
        return hall.hub.live.builders[name](state, of)


def test_the_desk_shows_whom_its_clerk_may_call(hall: Any) -> None:
    take(hall, "pension")
    take(hall, "tax-return")
    hall.post("windows/1/open")
    desk = view(hall, "desk", "1")
    assert {queue["queue"]: queue["mine"] for queue in desk["queues"]} == {"tax": True, "pension": False}
    assert (desk["waiting"], desk["next"]["number"]) == (1, "A001")
    assert view(hall, "window", "1")["services"] == ["税务"]
    assert hall.post("windows/1/next").json["waiting"] == 0
    desk = view(hall, "desk", "1")
    assert (desk["next"], "next" in desk["can"]) == (None, False)


def test_nobody_for_this_clerk_says_how_many_wait_for_others(hall: Any) -> None:
    take(hall, "pension")
    hall.post("windows/1/open")
    refused = problem(hall.post("windows/1/next"), 409, "nobody_waiting")
    assert refused["facts"] == {"elsewhere": 1}
    assert refused["detail"] == "您能叫的队列现在没有人在等，本窗口的其他队列还有 1 人在等"


def test_digits_mean_first_what_the_clerk_can_do(hall: Any) -> None:
    """At window 1 the digit 1 is A001; once that is gone, B001, for which a call by number needs no skill."""
    take(hall, "pension")
    take(hall, "tax-return")
    hall.post("windows/1/open")
    event = {"kind": "key", "key": "call", "digits": "1"}
    keys = hall.hub.agents.devices["keys"]
    for id_, number in (("input:1", "A001"), ("input:2", "B001")):
        assert hall.hub.inputs.take(keys, event, id_)["ok"]
        with hall.hub.dispatcher.reading() as state:
            assert state.windows["1"].ticket == number


def test_a_care_ticket_is_sent_to_the_first_floor(hall: Any) -> None:
    """Told when it is taken, on the phone, and on the slip; a normal one goes anywhere."""
    hall.post("windows/1/open")
    care, normal = take(hall, "tax-return", "care"), take(hall, "tax-return")
    assert (care["windows"], care["floor"]) == (["1", "2"], "1"), "2 is closed, and on that floor"
    assert normal["windows"] == ["1", "2", "4"]
    assert view(hall, "ticket", care["token"])["floor"] == "1"


def test_a_window_upstairs_has_the_care_tickets_when_nobody_works_below(hall: Any) -> None:
    """And its desk's numbers follow when the window below opens."""
    take(hall, "tax-return", "care")
    hall.post("windows/4/open")
    assert view(hall, "desk", "4")["waiting"] == 1
    hall.post("windows/1/open")
    assert view(hall, "desk", "4")["waiting"] == 0
    assert problem(hall.post("windows/4/next"), 409, "nobody_waiting")["facts"] == {"elsewhere": 1}
    hall.post("windows/1/pause", {"reason": "午餐"})
    assert hall.post("windows/4/next").json["ticket"]["class"] == "care"
