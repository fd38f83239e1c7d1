"""What the hall counts beside its tickets and windows, and how one step's share is taken out of a count again.

Other windows go on counting meanwhile. While nobody has, a count is again exactly what it was; otherwise only what the
step added is taken out, and what it reset, or drew into a mean, stays so. Whatever evolve counts in a step stands here:
the property of tests/hall/test_undo_machine.py finds what is missing.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from copy import copy
from operator import attrgetter
from typing import Any

from hall.state import HallState
from hall.undo.step import NOWHERE, Place, Step

_SINGLE = ("stood", "stood_at", "times.hall", "times.breaks", "times.break_s", "times.in_vain")
_BY_QUEUE = ("queue_calls", "calling", "durations", "times.queues", "times.called", "times.missed")
_BY_SERVICE = ("times.services",)
_BY_ZONE = ("blocks", "times.pauses", "times.again", "times.stretch", "times.openings.today")
_BY_WINDOW = ("times.began", "times.free", "times.openings.since")
COUNTED = frozenset({*_SINGLE, *_BY_QUEUE, *_BY_SERVICE, *_BY_ZONE, *_BY_WINDOW, "runs"})

Keys = dict[str, tuple[str, ...]]


def keys_of(state: HallState, window: str, service: str, queues: Iterable[str]) -> Keys:
    """Under which keys each count may change by a step of the window with a ticket of these queues."""
    zone = (state.plan.window[window].zone,) if window in state.plan.window else ()
    return {
        **dict.fromkeys(_BY_QUEUE, tuple(dict.fromkeys(queues))),
        **dict.fromkeys(_BY_SERVICE, (service,)),
        **dict.fromkeys(_BY_ZONE, zone),
        **dict.fromkeys(_BY_WINDOW, (window,)),
    }


def tallies(state: HallState, keys: Keys) -> Iterator[tuple[Place, Any]]:
    """The counts as they are. O(lanes), however many wait."""
    for name in _SINGLE:
        yield (name, "", ""), attrgetter(name)(state)
    for number, run in state.runs.items():
        yield ("runs", number, ""), run
    for name, of in keys.items():
        kept = attrgetter(name)(state)
        for key in of:
            if key in kept:
                yield (name, key, ""), copy(kept[key])


def put_back(state: HallState, place: Place, before: Any, after: Any) -> None:
    """Take the step's share out of a count."""
    name, key, _ = place
    if name in _SINGLE:
        owner, _, field = name.rpartition(".")
        if attrgetter(name)(state) == after:
            setattr(attrgetter(owner)(state) if owner else state, field, before)
        return
    kept = attrgetter(name)(state)
    now = kept.get(key, NOWHERE)
    then = copy(before) if now == after else _without(now, before, after)
    if then == NOWHERE:
        kept.pop(key, None)
    else:
        kept[key] = then


def forget_call(state: HallState, undone: Step) -> None:
    """A later step of another window remembers the undone call as the one before its own: now it is the one before."""
    for place, (before, after) in undone.changes.items():
        if place[0] == "calling":
            for step in state.steps.values():
                if step.calls[-1:] > undone.calls[-1:] and step.changes.get(place, ("", ""))[0] == after:
                    step.changes[place] = (before, step.changes[place][1])


def _without(now: Any, before: Any, after: Any) -> Any:
    """A count that has gone on since: less what the step added to it."""
    if NOWHERE in (now, after) or isinstance(now, str):
        return now
    if isinstance(now, int):
        return max(0, now - max(0, after - (0 if before == NOWHERE else before)))
    less = copy(now)
    if isinstance(less, list):
        added = [a - b for a, b in zip(after, [0.0] * len(after) if before == NOWHERE else before, strict=True)]
        return [max(0.0, n - a) for n, a in zip(less, added, strict=True)]
    if isinstance(less, Counter):
        added = after - (Counter() if before == NOWHERE else before)
        for key in added:
            less[key] = max(0, less[key] - added[key])
    elif isinstance(less, deque) and after and after[-1] in less:
        less.reverse()
        less.remove(after[-1])
        less.reverse()
    return less
