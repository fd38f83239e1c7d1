"""没有窗口开着, through the hub: the kiosk's view, the ticket's and the slip say so until a window opens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .halls import Clock, Inside
from .test_outlets import Agent


def test_when_the_stated_end_of_a_pause_has_passed_no_time_is_promised_any_more(
    inside: Inside, clock: Clock, until: Callable[..., Any]
) -> None:
    """Nobody does anything: kiosks and phones are built anew, and say that no window is open, and no longer when."""
    touched: list[str] = []
    inside.hub.hours._touch = touched.append
    clock.at = "2026-11-22 09:29:59.500"
    inside.post("windows/1/open")
    token = inside.post("tickets", {"service": "tax-return"}, role="").json["token"]
    inside.post("windows/1/pause", {"reason": "会议", "until": "2026-11-22T09:30:00+08:00"})
    assert view(inside, "ticket", token)["no_window"]["opens_at"] == "2026-11-22T09:30:00+08:00"
    assert touched == []
    clock.at = "2026-11-22 09:30:00.100"
    until(lambda: {"kiosk", "panel", "desk", "ticket"} <= set(touched))
    kiosk, phone = view(inside, "kiosk", "k"), view(inside, "ticket", token)
    for told in (kiosk["zones"][0]["no_window"], kiosk["queues"]["tax"]["no_window"], phone["no_window"]):
        assert told == {"opens_at": None, "sentence": {"zh": "现在没有窗口开着", "en": "No window is open now"}}


def view(hall: Inside, name: str, of: str) -> Any:
    with hall.hub.dispatcher.reading() as state:
        return hall.hub.live.builders[name](state, of)


def test_kiosk_ticket_and_slip_say_it_until_a_window_opens(inside: Inside, until: Callable[..., Any]) -> None:
    """Window 1 pauses until half past nine: then it is that time, and after it has opened nothing."""
    inside.post("windows/1/open")
    inside.post("windows/1/pause", {"reason": "会议", "until": "2026-11-22T09:30:00+08:00"})
    agent = Agent(inside)
    taken = inside.post("tickets", {"service": "tax-return", "kiosk": "k"}, role="").json
    said = "现在没有窗口开着，09:30 开窗"
    kiosk, phone = view(inside, "kiosk", "k"), view(inside, "ticket", taken["token"])
    assert {it["no_window"]["sentence"]["zh"] for it in (kiosk["zones"][0], kiosk["queues"]["tax"], phone)} == {said}
    assert kiosk["queues"]["tax"]["open"], "the number may be taken"
    (slip,) = until(lambda: agent.of("print"))
    assert (slip["data"]["no_window"], slip["data"]["estimate_s"]) == (said, None)
    inside.post("windows/2/open")
    kiosk, phone = view(inside, "kiosk", "k"), view(inside, "ticket", taken["token"])
    assert {it["no_window"] for it in (kiosk["zones"][0], kiosk["queues"]["tax"], phone)} == {None}
