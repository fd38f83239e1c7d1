"""The parts of a rule: how each measures a head, less being earlier. A rule compares heads part by part."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from hall.plan import Rule
from hall.state import Ticket


@dataclass(frozen=True)
class Asked:
    """What a part may look at beside the head: the rule, the moment, and the calls of the zone's present block."""

    rule: Rule
    at: datetime
    block: Mapping[str, int]


@dataclass(frozen=True)
class Head:
    """The first of a lane, its queue, and how that ranks at the window that asks (1 is highest)."""

    ticket: Ticket
    priority: int
    queue: str


def minutes(head: Head, asked: Asked) -> float:
    """How long the head has stood."""
    return (asked.at - head.ticket.standing).total_seconds() / 60


def window_priority(head: Head, asked: Asked) -> float:
    """The window ranks its queue higher."""
    return head.priority


def class_(head: Head, asked: Asked) -> float:
    """Its class ranks higher in the zone's list; one that is not in the list comes last."""
    ranks = asked.rule.classes
    return ranks.index(head.ticket.klass) if head.ticket.klass in ranks else len(ranks)


def booked_on_time(head: Head, asked: Asked) -> float:
    """It is booked, came within its window, and its slot has come: else it would be no head (hall.rule.choice)."""
    return 0.0 if head.ticket.by_slot else 1.0


def target(head: Head, asked: Asked) -> float:
    """Its wait is a larger share of the promised one, once that is over 1; up to 1 all are equal."""
    promised = asked.rule.target.get(head.ticket.klass)
    return -max(1.0, minutes(head, asked) / promised) if promised else -1.0


def accumulate(head: Head, asked: Asked) -> float:
    """Its credit is higher: minutes × rate of its class (accumulating priority queue, Kleinrock 1964)."""
    return -minutes(head, asked) * asked.rule.rates.get(head.ticket.klass, 1.0)


def ratio(head: Head, asked: Asked) -> float:
    """Its class is still owed calls of this block. Nobody is owed for turns given away while it did not wait."""
    klass = head.ticket.klass
    return 0.0 if asked.block.get(klass, 0) < asked.rule.ratio.get(klass, 0) else 1.0


PARTS: dict[str, Callable[[Head, Asked], float]] = {
    "window_priority": window_priority,
    "class": class_,
    "booked_on_time": booked_on_time,
    "target": target,
    "accumulate": accumulate,
    "ratio": ratio,
}
"""By the names that a config uses; `standing` is always the last."""
