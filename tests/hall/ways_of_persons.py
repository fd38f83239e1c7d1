"""How each no to a person comes about: taken twice, too often, blocked, no ID card, no numbers left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hall import commands as c


def hall_like(counter: Any, **changes: Any) -> Any:
    """The same hall with another plan."""
    return type(counter)(replace(counter.plan, **changes))


def already_waiting(counter: Any) -> str:
    counter.take("a", person="wang")
    return counter.refusal(c.TakeTicket, service="sa", token="t", person="wang")


def daily_limit(counter: Any) -> str:
    hall = hall_like(counter, daily_limit=1)
    hall.take("a", person="wang")
    return hall.refusal(c.TakeTicket, service="sb", token="t", person="wang")


def blocked(counter: Any) -> str:
    hall = hall_like(counter, no_shows_to_block=1)
    hall.open("1")
    hall.take("a", person="wang")
    hall.next()
    hall.do(c.MarkNoShow, window="1")
    hall.at += 24 * 60
    hall.do(c.OpenDay, day="2026-11-23")
    return hall.refusal(c.TakeTicket, service="sa", token="t", person="wang")


def id_needed(counter: Any) -> str:
    services = tuple(replace(service, person="required") for service in counter.plan.services)
    return hall_like(counter, services=services).refusal(c.TakeTicket, service="sa", token="t")


def quota_reached(counter: Any) -> str:
    queues = tuple(replace(queue, quota={"": 1}) for queue in counter.plan.queues)
    hall = hall_like(counter, queues=queues)
    hall.do(c.TakeTicket, service="sa", token="t")
    return hall.refusal(c.TakeTicket, service="sa", token="u")


WAYS: dict[str, Callable[[Any], str]] = {
    "already_waiting": already_waiting,
    "daily_limit": daily_limit,
    "blocked": blocked,
    "not_blocked": lambda counter: counter.refusal(c.UnblockPerson, person="wang"),
    "id_needed": id_needed,
    "quota_reached": quota_reached,
}
