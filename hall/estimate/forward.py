"""The hall run forward from a moment: who will be called when, by the windows of now and the rule of each.

Where the rule comes to "whoever stands longest" the order of calls is known, and a run is a heap of free windows. Else
each call of each run asks the rule itself (hall.rule.choice.pick), with those who may still come and go first.
"""

from __future__ import annotations

import random
from collections.abc import Container, Iterator
from datetime import datetime, timedelta
from heapq import heapify, heapreplace

from hall.estimate.draws import RUNS, Draws
from hall.estimate.moment import LookAhead, Moment
from hall.outlook import Outlook, Wait
from hall.plan import CLASSES
from hall.rule import reach
from hall.rule.choice import pick
from hall.rule.tallies import count_call
from hall.state import Ticket

LAST = 10**9
STEP_CALLS = 50
RULE_STEP = 2
"""Asking the rule at each call costs twenty times as much as a known order: of the runs every second is enough."""
RUSH_S = 3600.0
"""Those who may still come become fewer: by half in an hour. No rush lasts."""
CALLS_MOST = 4
"""A run ends after so many calls for each who waits: a line that overtakes without end has no figure."""


class Forward:
    """All runs of a moment: go through `steps()`, at leisure; then `outlook()`."""

    def __init__(self, moment: Moment) -> None:
        self.moment = moment
        self._found: dict[str, list[float]] = {number: [] for number in moment.tickets}
        draws = moment.draws
        self._stays = {
            number: draws.stays(number, ticket.service, ticket.queue) for number, ticket in moment.tickets.items()
        }
        self._ghosts: dict[str, tuple[str, str]] = {}
        self._end: list[float] = []
        self._order = list(_in_order(moment)) if _stands_in_order(moment) else None
        self._runs = range(0, RUNS, RULE_STEP if self._order is None else 1)
        self._classes = CLASSES if _tells_classes_apart(moment) else CLASSES[:1]
        if self._order is None:
            self._add_ghosts()

    def steps(self) -> Iterator[None]:
        """Run by run: when each who waits would be called. A step is a run, or a part of a long one."""
        if not self.moment.free_at or not self.moment.draws.ground:
            return
        for r in self._runs:
            if self._order is None:
                yield from _by_the_rule(self.moment, r, self._found, self._stays, self._ghosts)
            else:
                self._by_order(r)
            yield

    def _by_order(self, r: int) -> None:
        moment = self.moment
        free = [at[r] for at in moment.free_at.values()]
        heapify(free)
        for number in self._order or ():
            at = free[0]
            self._found[number].append(at)
            heapreplace(free, at + self._stays[number][r])
        self._end.append(free[0])

    def _add_ghosts(self) -> None:
        """Who comes now, one of each class in each queue: called when their turn is, and served in no time."""
        moment = self.moment
        for n, queue in enumerate(moment.queues):
            for klass in self._classes:
                ghost = _ticket(f"ghost/{queue}/{klass}", queue, klass, moment.at, LAST + n)
                moment.tickets[ghost.number] = ghost
                self._ghosts[ghost.number] = (queue, klass)
                self._found[ghost.number] = []

    def outlook(self) -> Outlook:
        """What the runs so far come to."""
        moment = self.moment
        if not moment.draws.ground or not moment.free_at:
            return Outlook(moment.at, waiting=moment.waiting)
        waits = {number: wait for number, found in self._found.items() if (wait := self._wait(found))}
        if self._order is None:
            found = {line: waits.pop(ghost) for ghost, line in self._ghosts.items() if ghost in waits}
            alike = len(self._classes) == 1
            lines = {
                (queue, k): wait for (queue, klass), wait in found.items() for k in (CLASSES if alike else [klass])
            }
        else:
            last = self._wait(self._end)
            reached = _reach(moment)
            lines = {(queue, klass): last for queue in moment.queues if queue in reached for klass in CLASSES if last}
        return Outlook(moment.at, waits, lines, moment.waiting, self._step_s())

    def _wait(self, found: list[float]) -> Wait | None:
        """None for who is not called in most runs."""
        if len(found) * 2 < len(self._runs):
            return None
        found = sorted(found)
        real = self.moment.pace.real
        p50_s, p90_s = real(_quantile(found, 0.5)), real(_quantile(found, 0.9))
        return Wait(p50_s, p50_s + (p90_s - p50_s) * self.moment.stretch)

    def _step_s(self) -> float:
        moment = self.moment
        usual = [sum(moment.draws.quantiles("", queue)) / RUNS for queue in moment.queues]
        return (sum(usual) / len(usual) + moment.draws.pause_s) / len(moment.free_at)


def reckon(moment: Moment) -> Outlook:
    """All runs at once."""
    forward = Forward(moment)
    for _ in forward.steps():
        pass
    return forward.outlook()


def _reach(moment: Moment) -> set[str]:
    """The queues that a window which will call may call from."""
    return {queue for window in moment.free_at for queue in reach.queues_of(moment, window)}


def _stands_in_order(moment: Moment) -> bool:
    """Is whoever stands longest always next, at every window of the group?"""
    windows = [moment.plan.window[window] for window in moment.free_at]
    if moment.for_window or moment.plan.class_floor or any(ticket.by_slot for ticket in moment.tickets.values()):
        return False
    if len({frozenset(reach.queues_of(moment, window.id)) for window in windows}) > 1:
        return False
    classes = {ticket.klass for ticket in moment.tickets.values()}  # also of who is back and not let in yet
    classes |= {klass for (_, klass), rate in moment.coming.items() if rate}
    told_apart = len(classes | {"normal"}) > 1
    for window in windows:
        parts = moment.plan.rule_of(window.id).parts
        ranked = len(set(window.queues.values())) > 1
        if any(ranked if part == "window_priority" else told_apart for part in parts):
            return False
    return True


def _in_order(moment: Moment) -> Iterator[str]:
    """The numbers in the order of their calls, with those who missed theirs and are back at their turn."""
    ahead = LookAhead(moment)
    window = next(iter(moment.free_at), None)
    while window and (ticket := pick(ahead, window, moment.at)):
        ahead.stand_no_more(ticket)
        count_call(ahead, window, ticket)
        yield ticket.number


def _by_the_rule(
    moment: Moment,
    r: int,
    found: dict[str, list[float]],
    stays: dict[str, list[float]],
    ghosts: dict[str, tuple[str, str]],
) -> Iterator[None]:
    ahead = LookAhead(moment)
    for ghost in ghosts:
        ahead.stand(ahead.tickets[ghost])
    free = [(at[r], n, window) for n, (window, at) in enumerate(moment.free_at.items())]
    heapify(free)
    rules = {window: moment.plan.rule_of(window) for window in moment.free_at}
    bounded = {window for window, rule in rules.items() if rule.run or rule.extra_wait}
    comers = _Comers(moment, r)
    reached = _reach(moment)
    left = sum(1 for number in found if not reached.isdisjoint(ahead.tickets[number].queues))
    calls = CALLS_MOST * (left + 8)
    while left and calls:
        calls -= 1
        if not calls % STEP_CALLS:
            yield
        at, n, window = free[0]
        comers.stand_until(at, ahead)
        ticket = pick(ahead, window, moment.at + timedelta(seconds=at))
        if ticket is None:
            if comers.next_at == float("inf"):  # nobody it may call will come any more
                heapreplace(free, (float("inf"), n, window))
                if free[0][0] == float("inf"):
                    return
            else:
                heapreplace(free, (max(at, comers.next_at), n, window))
            continue
        if window in bounded and ticket.number not in ghosts:
            ticket = _without_ghosts(ahead, window, moment.at + timedelta(seconds=at), ghosts) or ticket
        ahead.stand_no_more(ticket)
        number = ticket.number
        if number in found:
            found[number].append(at)
            left -= 1
        if number in ghosts:
            continue
        count_call(ahead, window, ticket)
        stay = stays[number][r] if number in stays else comers.stay(ticket)
        heapreplace(free, (at + stay, n, window))


def _without_ghosts(ahead: LookAhead, window: str, at: datetime, ghosts: Container[str]) -> Ticket | None:
    """Whom the window calls when no ghost stands there: one who is overtaken by a ghost has not been overtaken."""
    hidden = [lane for lane in ahead.lanes.values() if lane and lane[0][2] in ghosts]
    places = [lane.pop(0) for lane in hidden]
    ticket = pick(ahead, window, at)
    for lane, place in zip(hidden, places, strict=True):
        lane.insert(0, place)
    return ticket


class _Comers:
    """Those who may still come in a run, and whom a rule may call before others who wait already."""

    def __init__(self, moment: Moment, r: int) -> None:
        self._moment = moment
        self._lines = {line: rate for line, rate in _favoured(moment).items() if rate}
        self._rng = random.Random(f"{moment.draws.seed}/coming/{r}")
        self._r = r
        self._count = 0
        self._a_second = sum(self._lines.values())
        self.next_at = self._wait()

    def _wait(self) -> float:
        return self._rng.expovariate(self._a_second) if self._a_second else float("inf")

    def stand_until(self, at: float, ahead: LookAhead) -> None:
        """Whoever has come by then stands in line."""
        while self.next_at <= at:
            ((queue, klass),) = self._rng.choices(list(self._lines), list(self._lines.values()))
            standing = self._moment.at + timedelta(seconds=self.next_at)
            self._count += 1
            ticket = _ticket(f"comer/{self._r}/{self._count}", queue, klass, standing, LAST * 2 + self._count)
            ahead.tickets[ticket.number] = ticket
            ahead.stand(ticket)
            self.next_at += self._wait() * (1 + self.next_at / RUSH_S)

    def stay(self, ticket: Ticket) -> float:
        draws: Draws = self._moment.draws
        return self._rng.choice(draws.quantiles("", ticket.queue)) * draws.factors[self._r] + draws.pause_s


def _tells_classes_apart(moment: Moment) -> bool:
    rules = (moment.plan.rule_of(window) for window in moment.free_at)
    return bool(moment.plan.class_floor) or any(set(rule.parts) - {"window_priority"} for rule in rules)


def _favoured(moment: Moment) -> dict[tuple[str, str], float]:
    """How many a second come to each line that a rule of the group's may call before an older ticket."""
    windows = [moment.plan.window[window] for window in moment.free_at]
    by_queue = any(
        len(set(w.queues.values())) > 1 and "window_priority" in moment.plan.rule_of(w.id).parts for w in windows
    )
    by_class = any(set(moment.plan.rule_of(w.id).parts) - {"window_priority"} for w in windows)
    return {line: rate for line, rate in moment.coming.items() if by_queue or (by_class and line[1] != "normal")}


def _ticket(number: str, queue: str, klass: str, standing: datetime, order: int) -> Ticket:
    return Ticket(number, 0, "", "", queue, klass, "", standing, standing, order)


def _quantile(ascending: list[float], share: float) -> float:
    at = share * (len(ascending) - 1)
    low = int(at)
    high = min(low + 1, len(ascending) - 1)
    return ascending[low] + (at - low) * (ascending[high] - ascending[low])
