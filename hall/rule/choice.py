"""Which ticket next: the heads of the window's lanes compared by its rule, under the bounds.

Only the heads of lanes are candidates, so choosing among 10 000 costs what choosing among 100 costs.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hall.rule import reach
from hall.rule.bounds import bound
from hall.rule.parts import PARTS, Asked, Head
from hall.state import HallState, Ticket

CANDIDATES_KEPT = 8


@dataclass(frozen=True)
class Choice:
    """The ticket to call, for which of its queues, and the reason that its event keeps."""

    ticket: Ticket
    queue: str
    why: dict[str, Any]


def choose(state: HallState, window: str, at: datetime) -> Choice | None:
    """The next ticket of the window, or None when nobody it may call is waiting.

    Tickets sent to this window come before its rule: they wait for *this* window.
    """
    own = state.for_window.get(window)
    if own:
        ticket = state.tickets[own[0][2]]
        return Choice(ticket, ticket.queue, because(state, window, ticket, "transfer", at))
    heads = [head for head in _heads(state, window) if not before_its_slot(head.ticket, at)]
    if not heads:
        return _nobody_else(state, window, at)
    asked = _asked(state, window, at)
    ranked = sorted(_measured(head, asked) for head in heads)
    by_place = {head.ticket.place: head for head in heads}
    first = by_place[ranked[0][1]]
    part, against = _decided(asked, ranked)
    why: dict[str, Any] = {
        "part": part,
        "candidates": [
            _candidate(
                by_place[place].ticket, by_place[place].queue, at, dict(zip(asked.rule.parts, measured, strict=True))
            )
            for measured, place in ranked[:CANDIDATES_KEPT]
        ],
    }
    if against:
        why["against"] = against[2]
    held_back = bound(state, asked.rule, first, heads)
    if held_back:
        kept_from, first = first, held_back[0]
        limit = getattr(asked.rule, held_back[1])
        why |= {"part": held_back[1], "limit": limit, "against": kept_from.ticket.number}
    return Choice(first.ticket, first.queue, {**why, **_overtook(state, window, first.ticket)})


def pick(state: HallState, window: str, at: datetime) -> Ticket | None:
    """The ticket that `choose` chooses, without its reason: for looking ahead, thousands of calls at a time."""
    own = state.for_window.get(window)
    if own:
        return state.tickets[own[0][2]]
    heads = [head for head in _heads(state, window) if not before_its_slot(head.ticket, at)]
    if not heads:
        return _left_over(state, window)[0]
    if len(heads) == 1:
        return heads[0].ticket
    asked = _asked(state, window, at)
    first = min(heads, key=lambda head: _measured(head, asked))
    rule = asked.rule
    held_back = bound(state, rule, first, heads) if rule.run or rule.extra_wait else None
    return (held_back[0] if held_back else first).ticket


def _asked(state: HallState, window: str, at: datetime) -> Asked:
    plan = state.plan
    return Asked(plan.rule_of(window), at, state.blocks.get(plan.window[window].zone, {}))


def _measured(head: Head, asked: Asked) -> tuple[tuple[float, ...], tuple[datetime, int, str]]:
    return tuple(PARTS[part](head, asked) for part in asked.rule.parts), head.ticket.place


def _nobody_else(state: HallState, window: str, at: datetime) -> Choice | None:
    """Who missed the call and is back need not wait for calls that nobody is there for, nor who is before the slot."""
    ticket, queue, part = _left_over(state, window)
    return Choice(ticket, queue, because(state, window, ticket, part, at)) if ticket is not None else None


def _left_over(state: HallState, window: str) -> tuple[Ticket | None, str, str]:
    """The ticket, the queue it is called for, and why it is called though the rule does not call it yet."""
    back = (next(reach.returned(state, window, queue), None) for queue in reach.queues_of(state, window))
    ticket = min(filter(None, back), key=lambda each: each.back, default=None)
    if ticket is not None:
        return ticket, ticket.queue, "returned"
    early = min(_heads(state, window), key=lambda each: each.ticket.place, default=None)
    return (early.ticket, early.queue, "before_slot") if early else (None, "", "")


def before_its_slot(ticket: Ticket, at: datetime) -> bool:
    """A booked visitor who is here before the slot: no candidate while others wait."""
    return ticket.by_slot and ticket.standing > at


def because(state: HallState, window: str, ticket: Ticket, part: str, at: datetime) -> dict[str, Any]:
    """Why, without the rule being asked: `part` is "by_number", "transfer", "returned" or "before_slot"."""
    candidates = [_candidate(ticket, called_for(state, window, ticket), at, {})]
    return {"part": part, "candidates": candidates, **_overtook(state, window, ticket)}


def called_for(state: HallState, window: str, ticket: Ticket) -> str:
    """The queue that a ticket is called for by number: of those it stands in, the one the window ranks highest."""
    ranks = state.plan.window[window].queues
    return min((queue for queue in ticket.queues if queue in ranks), key=ranks.__getitem__, default=ticket.queue)


def _heads(state: HallState, window: str) -> list[Head]:
    """The first of each lane. One that is first in several queues stands once, for the queue that ranks highest."""
    heads: dict[str, Head] = {}
    for (queue, _), rank, lane in reach.lanes_of(state, window):
        number = lane[0][2]
        if number not in heads or rank < heads[number].priority:
            heads[number] = Head(state.tickets[number], rank, queue)
    return list(heads.values())


def _decided(asked: Asked, ranked: list[Any]) -> tuple[str, Any]:
    """The part that put the first head before the second, and the place of the second."""
    if len(ranked) < 2:
        return "standing", None
    (first, _), (second, place) = ranked[:2]
    apart = (part for part, a, b in zip(asked.rule.parts, first, second, strict=True) if a != b)
    return next(apart, "standing"), place


def _candidate(ticket: Ticket, queue: str, at: datetime, measured: dict[str, float]) -> dict[str, Any]:
    told = {
        "number": ticket.number,
        "queue": queue,
        "class": ticket.klass,
        "standing": ticket.standing.isoformat(),
        "waited_s": round((at - ticket.standing).total_seconds()),
    }
    if ticket.by_slot:
        told["slot"] = f"{ticket.standing:%H:%M}"
    if measured:
        told["measure"] = {part: round(value, 2) for part, value in measured.items()}
    return told


def _overtook(state: HallState, window: str, ticket: Ticket) -> dict[str, Any]:
    """How many waiting tickets that the window may call stand longer than this one, and the oldest of them."""
    lanes = {key: lane for key, _, lane in reach.lanes_of(state, window)}
    oldest = min((lane[0] for lane in lanes.values() if lane[0] < ticket.place), default=None)
    return {"overtook": state.older(lanes, ticket.place), "oldest": oldest[2] if oldest else ""}
