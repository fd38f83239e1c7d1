"""A group of queues linked by windows as it stands at a moment: small, and its own, so that the hall may go on."""

from __future__ import annotations

from bisect import insort
from collections import Counter
from collections.abc import Sequence
from copy import copy
from datetime import datetime
from statistics import fmean
from typing import Any

from hall.estimate.draws import Draws
from hall.estimate.pace import pace_of
from hall.plan import Plan
from hall.state import HallState, Ticket

OVERDUE_S = 300.0
SOONEST_S = 5.0


def groups(plan: Plan) -> list[tuple[str, ...]]:
    """The queues of the plan, those together that a window or a chain of windows links."""
    group_of: dict[str, set[str]] = {queue.id: {queue.id} for queue in plan.queues}
    for window in plan.windows:
        together: set[str] = set().union(*(group_of[queue] for queue in window.queues))
        for queue in together:
            group_of[queue] = together
    order = {queue.id: n for n, queue in enumerate(plan.queues)}
    found = {id(group): tuple(sorted(group, key=order.__getitem__)) for group in group_of.values()}
    return sorted(found.values(), key=lambda group: order[group[0]])


class Lane(list):
    """Places in order, as much of a SortedList as calling needs: a copy of it is cheap."""

    def add(self, place: Any) -> None:
        insort(self, place)

    def discard(self, place: Any) -> None:
        if self and self[0] == place:
            self.pop(0)
        elif place in self:
            self.remove(place)


class Moment:
    """What looking ahead needs of the state, copied: O(waiting and windows of the group). The state is not touched."""

    def __init__(self, state: HallState, queues: Sequence[str], at: datetime, seed: int) -> None:
        self.at = at
        self.plan = state.plan
        self.queues = tuple(queues)
        self.draws = Draws(state, queues, seed)
        wanted = set(queues)
        ours = [w.id for w in state.plan.windows if not wanted.isdisjoint(w.queues)]
        self.windows = {w: copy(state.windows[w]) for w in ours}
        self.lanes = {key: Lane(lane) for key, lane in state.lanes.items() if key[0] in wanted and lane}
        self.returning = {q: Lane(back) for q, back in state.returning.items() if q in wanted and back}
        self.for_window = {w: Lane(own) for w in ours if (own := state.for_window.get(w))}
        stand = [*self.lanes.values(), *self.returning.values(), *self.for_window.values()]
        self.tickets: dict[str, Ticket] = {place[2]: copy(state.tickets[place[2]]) for lane in stand for place in lane}
        self.due = {place[2]: place[0] for back in self.returning.values() for place in back}
        self.runs = {number: run for number, run in state.runs.items() if number in self.tickets}
        self.blocks = {zone: Counter(block) for zone, block in state.blocks.items()}
        self.queue_calls = Counter({q: state.queue_calls[q] for q in queues})
        self.waiting = {q: state.waiting(q) for q in queues}
        self.coming = {line: _a_second(came, at) for line, came in state.times.came.items() if line[0] in wanted}
        zones = {state.plan.window[w].zone for w in ours}
        self.pace = pace_of(state, zones, at)
        self.stretch = fmean(state.times.stretch.get(zone, 1.0) for zone in zones) if zones else 1.0
        self.free_at = {w: free for w in ours if (free := self._free_at(state, w)) is not None}

    def _free_at(self, state: HallState, window: str) -> list[float] | None:
        """For each run in how many seconds the window calls again; None for one that will not."""
        now = state.windows[window]
        pauses = self.draws.pauses("free " + window)
        if now.state == "closed":
            return None
        if now.state == "paused":
            back_s = _until(now.paused_until, self.at)
            return None if back_s is None else [back_s + pause for pause in pauses]
        ticket = state.tickets.get(now.ticket)
        if ticket is None:
            return [SOONEST_S + pause for pause in pauses]
        began = state.times.began.get(window) or ticket.sat_at or ticket.called_at or self.at
        elapsed = ticket.served_s + max(0.0, (self.at - began).total_seconds())
        rest = self.draws.rest(ticket.number, ticket.service, ticket.queue, elapsed)
        return [until + pause for until, pause in zip(rest, pauses, strict=True)]


class LookAhead(HallState):
    """The group as it may be in a while: a copy of the moment that calls change, with the rule's own functions."""

    def __init__(self, moment: Moment) -> None:
        self.plan = moment.plan
        self.windows = moment.windows
        self.tickets = dict(moment.tickets)
        self.lanes: dict[tuple[str, str], Any] = {key: Lane(lane) for key, lane in moment.lanes.items()}
        self.lanes_of: dict[str, list[Any]] = {}
        for (queue, _), lane in self.lanes.items():
            self.lanes_of.setdefault(queue, []).append(lane)
        self.returning: dict[str, Any] = {q: Lane(back) for q, back in moment.returning.items()}
        self.for_window: dict[str, Any] = {w: Lane(own) for w, own in moment.for_window.items()}
        self.several = {}
        self.runs = dict(moment.runs)
        self.blocks = {zone: Counter(block) for zone, block in moment.blocks.items()}
        self.queue_calls = Counter(moment.queue_calls)
        for number, due in moment.due.items():
            self.tickets[number].due = due

    def lane(self, queue: str, klass: str) -> Any:
        key = (queue, klass)
        if key not in self.lanes:
            self.lanes[key] = Lane()
            self.lanes_of.setdefault(queue, []).append(self.lanes[key])
        return self.lanes[key]


def _until(until: str, at: datetime) -> float | None:
    """In how many seconds a paused window is expected back; None when nobody said."""
    try:
        back = datetime.fromisoformat(until)
    except ValueError:
        return None
    if back.tzinfo is None:
        back = back.replace(tzinfo=at.tzinfo)
    return max((back - at).total_seconds(), OVERDUE_S if back < at else 0.0)


def _a_second(came: Sequence[datetime], at: datetime) -> float:
    """How many of a line come in a second, by its latest arrivals; 0 when there are too few to say."""
    since = (at - came[0]).total_seconds()
    return (len(came) - 1) / since if len(came) > 2 and since > 0 else 0.0
