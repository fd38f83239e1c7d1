"""延时服务: who took a number in hours is served. Who is left, and whether a zone is open, finishing or closed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from heapq import merge
from itertools import islice
from typing import Any, Literal

from hall.admission import gives_numbers
from hall.errors import Refused
from hall.rule import reach
from hall.state import HallState

NUMBERS_TOLD = 8
Phase = Literal["open", "finishing", "closed"]
"""open: numbers are given; finishing: no more numbers, somebody still waits or is served; closed: nobody is left."""


def left_by_window(state: HallState, window: str, clerk: str = "", goes_to: str = "") -> list[dict[str, Any]]:
    """Who would be left if this window closed: sent to it, on hold at it, or in a queue that nobody else here may call.

    A window that is paused will be back, and counts; one whose clerk has no skill for the queue does not.

    When its `clerk` goes to another window, that one serves what it has and the clerk may, and whoever is on hold here
    goes along. One entry for each queue: {"queue", "name", "waiting", "held", "numbers": the first 8}.
    """
    windows_of = state.plan.windows_of_queue
    there = reach.skilled(state.plan, goes_to, clerk) if goes_to else {}
    last = [
        queue
        for queue in reach.queues_of(state, window)
        if queue not in there
        and not any(_serves(state, w.id, queue) for w in windows_of[queue] if w.id not in (window, goes_to))
    ]
    sent = [number for *_, number in state.for_window.get(window, ())]
    return _left(state, last, sent, holds="" if goes_to else window, along=window if goes_to else "")


def left_in_zone(state: HallState, zone: str) -> list[dict[str, Any]]:
    """Who waits or is held in the zone's queues, wherever they were sent, as left_by_window tells it."""
    queues = state.plan.queues_of_zone[zone]
    sent = [number for places in state.for_window.values() for *_, number in places]
    return _left(state, queues, [number for number in sent if state.tickets[number].queue in queues])


def _left(
    state: HallState, queues: Iterable[str], waits_elsewhere: Iterable[str], holds: str = "", along: str = ""
) -> list[dict[str, Any]]:
    """Who waits or is held in `queues`, without those on hold at `along`; these who wait for one window; and whoever
    the window `holds` has on hold, of any queue: nobody else would think of calling them back.
    """
    sent: dict[str, list[str]] = {}
    for number in waits_elsewhere:
        sent.setdefault(state.tickets[number].queue, []).append(number)
    wanted = dict.fromkeys(queues)
    held: dict[str, list[str]] = {}
    for each, now in state.windows.items():
        for number in now.held if each != along else ():
            queue = state.tickets[number].queue
            if queue in wanted or each == holds:
                held.setdefault(queue, []).append(number)
    told = []
    for queue in dict.fromkeys([*wanted, *sent, *held]):
        here = sent.get(queue, [])
        waiting = len(here) + (state.waiting(queue) if queue in wanted else 0)
        away = held.get(queue, [])
        if waiting or away:
            standing = _standing(state, queue) if queue in wanted else iter(())
            numbers = [*islice(standing, NUMBERS_TOLD), *here[:NUMBERS_TOLD], *away[:NUMBERS_TOLD]][:NUMBERS_TOLD]
            it = state.plan.queue.get(queue)
            told.append(
                {
                    "queue": queue,
                    "name": it.name if it else queue,
                    "waiting": waiting,
                    "held": len(away),
                    "numbers": numbers,
                }
            )
    return told


def refuse_if_left(left: list[dict[str, Any]], confirmed: bool) -> None:
    """Raises Refused "visitors_left" with who is left, unless whoever closes has seen it and confirmed."""
    if not left or confirmed:
        return
    count = sum(it["waiting"] + it["held"] for it in left)
    first = [number for it in left for number in it["numbers"]][:3]
    more = count > len(first)
    who, who_en = "、".join(first) + ("…" if more else ""), ", ".join(first) + (", …" if more else "")
    raise Refused("visitors_left", left=left, count=count, who=who, who_en=who_en)


def phase(state: HallState, zone: str, at: datetime) -> Phase:
    """How a zone stands."""
    queues = state.plan.queues_of_zone[zone]
    if gives_numbers(state, zone, at) and any(state.plan.windows_of_queue[queue] for queue in queues):
        return "open"
    return "finishing" if _somebody(state, set(queues)) else "closed"


def hall_phase(state: HallState, at: datetime) -> Phase:
    """How the hall stands: open while a zone is, closed when nobody is left in any."""
    phases = {phase(state, zone.id, at) for zone in state.plan.zones}
    return "open" if "open" in phases else "finishing" if "finishing" in phases else "closed"


def _serves(state: HallState, window: str, queue: str) -> bool:
    return state.windows[window].state != "closed" and queue in reach.queues_of(state, window)


def _somebody(state: HallState, queues: set[str]) -> bool:
    """Does somebody wait in these queues, or is called, served or held?"""
    if any(state.waiting(queue) for queue in queues):
        return True
    numbers = [number for places in state.for_window.values() for *_, number in places]
    for now in state.windows.values():
        numbers += [*now.held, *filter(None, [now.ticket])]
    return any(state.tickets[number].queue in queues for number in numbers)


def _standing(state: HallState, queue: str) -> Iterator[str]:
    lanes = merge(*state.lanes_of.get(queue, ()))
    yield from (number for *_, number in lanes)
    yield from (number for *_, number in state.returning.get(queue, ()))
