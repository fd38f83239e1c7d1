"""没有窗口开着, through the hub: the kiosk's view, the ticket's and the slip say so until a window opens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .halls import Inside
from .test_outlets import Agent


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
