"""Which ticket next, and why: the window's priority of the queue, then standing.

Only the heads of lanes are candidates, so choosing among 10 000 costs what choosing among 100 costs.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hall.state import HallState, Ticket

CANDIDATES_KEPT = 8


@dataclass(frozen=True)
class Choice:
    """The ticket to call and the reason that its event keeps."""

    ticket: Ticket
    why: dict[str, Any]


def choose(state: HallState, window: str, at: datetime) -> Choice | None:
    """The next ticket of the window, or None when nobody it may call is waiting.

    Tickets sent to this window come before its rule: they wait for *this* window.
    """
    own = state.for_window.get(window)
    if own:
        ticket = state.tickets[own[0][2]]
        return Choice(
            ticket, {"part": "transfer", "candidates": [_candidate(ticket, at)], **_overtook(state, window, ticket)}
        )
    heads = _heads(state, window)
    if not heads:
        return None
    heads.sort(key=lambda head: (head[0], head[1].place))
    priority, first = heads[0]
    part = "window_priority" if any(other != priority for other, _ in heads) else "standing"
    why = {"part": part, "candidates": [_candidate(ticket, at) for _, ticket in heads[:CANDIDATES_KEPT]]}
    return Choice(first, {**why, **_overtook(state, window, first)})


def because(state: HallState, window: str, ticket: Ticket, part: str, at: datetime) -> dict[str, Any]:
    """The reason of a call that did not ask the rule: `part` is "by_number"."""
    return {"part": part, "candidates": [_candidate(ticket, at)], **_overtook(state, window, ticket)}


def _heads(state: HallState, window: str) -> list[tuple[int, Ticket]]:
    queues = state.plan.window[window].queues
    return [
        (priority, state.tickets[lane[0][2]])
        for queue, priority in queues.items()
        for lane in state.lanes_of.get(queue, ())
        if lane
    ]


def _candidate(ticket: Ticket, at: datetime) -> dict[str, Any]:
    return {
        "number": ticket.number,
        "queue": ticket.queue,
        "standing": ticket.standing.isoformat(),
        "waited_s": max(0, round((at - ticket.standing).total_seconds())),
    }


def _overtook(state: HallState, window: str, ticket: Ticket) -> dict[str, Any]:
    """How many waiting tickets of the window's queues stand longer than this one, and the oldest of them."""
    count, oldest = 0, None
    for queue in state.plan.window[window].queues:
        for lane in state.lanes_of.get(queue, ()):
            older = lane.bisect_left(ticket.place)
            count += older
            if older and (oldest is None or lane[0] < oldest):
                oldest = lane[0]
    return {"overtook": count, "oldest": oldest[2] if oldest else ""}


_PARTS = {
    "standing": ("等得最久", "waited longest"),
    "window_priority": ("本窗口先办这个队列", "this window serves its queue first"),
    "transfer": ("转到本窗口的", "transferred to this window"),
    "by_number": ("按号选呼", "called by number"),
}


def why_sentence(why: dict[str, Any]) -> dict[str, str]:
    """The reason as a sentence in both languages, for the desk and for whoever asks.

    >>> why_sentence({"part": "standing", "overtook": 0, "oldest": ""})["zh"]
    '等得最久'
    """
    zh, en = _PARTS.get(why.get("part", ""), ("", ""))
    if why.get("overtook"):
        zh += f"，先于 {why['oldest']} 等 {why['overtook']} 人"
        en += f", before {why['oldest']} ({why['overtook']} older)"
    return {"zh": zh, "en": en}
