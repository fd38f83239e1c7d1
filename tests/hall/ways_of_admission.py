"""How the refusals of hours, of stopped zones and of closing with visitors left come about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hall import commands as c
from hall.hours.shifts import WEEKDAYS, Hours, Shift


def in_hours(counter: Any, opens: int, last: int, closes: int) -> Any:
    """The same counter, its hall with one shift a day; it is half past eight in the morning there."""
    shift = Shift(opens, last, closes, days=WEEKDAYS)
    return type(counter)(replace(counter.plan, hours=Hours((shift,))))


def not_open(counter: Any) -> str:
    return in_hours(counter, 9 * 60, 16 * 60, 17 * 60).refusal(c.TakeTicket, service="sa", token="t")


def last_ticket_over(counter: Any) -> str:
    return in_hours(counter, 60, 510, 520).refusal(c.TakeTicket, service="sa", token="t")


def zone_closed(counter: Any) -> str:
    counter.do(c.CloseZone, zone="z")
    return counter.refusal(c.TakeTicket, service="sa", token="t")


def zone_stopped(counter: Any) -> str:
    counter.do(c.CloseZone, zone="z")
    return counter.refusal(c.CloseZone, zone="z")


def visitors_left(counter: Any) -> str:
    counter.open("1")
    counter.take("a")
    assert counter.refusal(c.CloseZone, zone="z") == "visitors_left"
    return counter.refusal(c.CloseWindow, window="1")


WAYS: dict[str, Callable[[Any], str]] = {
    "unknown_zone": lambda counter: counter.refusal(c.CloseZone, zone="x"),
    "not_open": not_open,
    "last_ticket_over": last_ticket_over,
    "zone_closed": zone_closed,
    "zone_stopped": zone_stopped,
    "zone_not_stopped": lambda counter: counter.refusal(c.OpenZone, zone="z"),
    "visitors_left": visitors_left,
}
