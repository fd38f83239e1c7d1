"""Everything that the rules know, on at once and pressed at random: what must hold, holds, and is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import combinations
from typing import Any

import pytest

from hall import commands as c
from hall import events as ev
from hall import telling, telling_bookings
from hall.decide import decide
from hall.errors import Refused
from hall.evolve import evolve, replay
from hall.left import hall_phase, left_by_window, left_in_zone
from hall.persons import live_ticket
from hall.rule import reach
from hall.state import HallState, Ticket

from .as_kept import through_json
from .everything import PLAN, Anybody
from .pictures_undone import stripped

AT_A_WINDOW = ("called", "arrived", "serving")
STATES = {*AT_A_WINDOW, "waiting", "held", "missed", "finished", "abandoned"}


class Random:
    """A hall in which somebody presses anything for so many steps; `events` is its journal."""

    def __init__(self, seed: int, picture: Callable[[HallState], str]) -> None:
        self.anybody = Anybody(seed)
        self.picture = picture
        self.state = HallState(PLAN)
        self.events: list[ev.Event] = []
        self.done: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.do(c.OpenDay(at=self.anybody.at, day=self.anybody.day()))
        for window in PLAN.window:
            self.do(c.OpenWindow(at=self.anybody.at, window=window))

    def do(self, command: c.Command) -> list[ev.Event] | None:
        """What happened; None when it was refused, which is the only thing that decide may raise."""
        try:
            events = decide(command, self.state)
        except Refused as no:
            assert no.sentence and no.sentence_en and "{" not in no.sentence + no.sentence_en
            self.refused[no.code] += 1
            return None
        for event in events:
            if isinstance(event, ev.TicketTaken):
                assert event.number not in self.state.tickets, "a number of today again"
                assert not any(event.queue in it.queues for it in self.live(event.person)), "in the queue already"
        for event in events:
            evolve(event, self.state)
        self.events += events
        self.done[type(command).__name__] += 1
        return events

    def live(self, person: str) -> list[Ticket]:
        tickets = self.state.tickets.values()
        return [it for it in tickets if person and it.person == person and it.state not in ("finished", "abandoned")]

    def step(self) -> None:
        """Time passes, the day may turn, something is pressed; at times it is taken back at once."""
        self.anybody.time_passes()
        if self.anybody.day() > self.state.day:
            self.turn()
        command = self.anybody.wants(self.state)
        thorough = self.anybody.random.random() < 0.15
        before = self.picture(self.state) if thorough else ""
        stripped_before = stripped(self.state) if thorough else ""
        events = self.do(command)
        if thorough and events is None:
            assert self.picture(self.state) == before, f"a refusal changed the state: {command}"
        if thorough and events and isinstance(command, c.WindowCommand):
            self.taken_back(command, stripped_before)

    def taken_back(self, command: c.WindowCommand, before: str) -> None:
        undone = self.do(c.UndoStep(at=self.anybody.at, window=command.window))
        if undone is not None and not isinstance(command, c.UndoStep | c.SetAutoNext):  # neither is a step to take back
            assert stripped(self.state) == before, f"undone is not as it was before {command}"

    def turn(self) -> None:
        """Who is still there is written down as not served, everybody else is not."""
        there = {n for n, it in self.state.tickets.items() if it.state not in ("finished", "missed", "abandoned")}
        closed, *_ = self.do(c.OpenDay(at=self.anybody.at, day=self.anybody.day())) or ()
        assert isinstance(closed, ev.DayClosed)
        assert set(closed.unserved) == there
        for window in PLAN.window:
            self.do(c.OpenWindow(at=self.anybody.at, window=window))


def nobody_is_lost_and_nobody_is_twice(state: HallState) -> None:
    """Each ticket stands exactly where its state says: in its lines, at one window, on hold at one, or nowhere."""
    assert {it.state for it in state.tickets.values()} <= STATES
    at = [(it.window, number) for number, it in state.tickets.items() if it.state in AT_A_WINDOW]
    assert sorted(at) == sorted((window, now.ticket) for window, now in state.windows.items() if now.ticket)
    held = sorted((it.window, number) for number, it in state.tickets.items() if it.state == "held")
    assert held == sorted((window, number) for window, now in state.windows.items() for number in now.held)
    assert set(state.missed) == {number for number, it in state.tickets.items() if it.state == "missed"}
    again = HallState(PLAN)
    again.queue_calls = state.queue_calls
    for it in state.tickets.values():
        if it.state == "waiting":
            again.stand(it)
    assert again.picture_of_lines() == state.picture_of_lines(), "somebody stands where nobody should, or not at all"


def windows_are_as_their_tickets(state: HallState) -> None:
    """A window calls or serves while its ticket is called or served; who is logged in, is at one window."""
    clerks = Counter(now.clerk for now in state.windows.values() if now.clerk)
    assert all(count == 1 for count in clerks.values())
    for now in state.windows.values():
        there = state.tickets[now.ticket].state if now.ticket else ""
        wanted = {"": ("open", "rating", "paused", "closed"), "serving": ("serving",)}.get(there, ("calling",))
        assert now.state in wanted
        assert bool(now.rating) == (now.state == "rating")
        assert bool(now.idle_since) == (now.state in ("open", "rating"))
        assert not (now.state == "closed" and now.clerk)


def counts_agree(state: HallState) -> None:
    """Whatever is counted quickly is what counting one by one gives."""
    waiting = [it for it in state.tickets.values() if it.state == "waiting"]
    for n in (1, 2, len(PLAN.queue)):
        for queues in combinations(PLAN.queue, n):
            there = [it for it in waiting if not it.to_window and set(it.queues) & set(queues)]
            assert state.waiting(*queues) == len(there)
    for window in PLAN.window:
        ranks = reach.queues_of(state, window)
        mine = [
            it
            for it in waiting
            if it.to_window == window
            or (not it.to_window and any(q in ranks and reach.keeps(state, window, q, it.klass) for q in it.queues))
        ]
        assert telling.waiting_for(state, window) == len(mine)
        assert reach.elsewhere(state, window) >= 0
    for it in waiting:
        assert 0 <= state.ahead(it) < len(waiting)
    booked = Counter((it.queue, str(int(it.start.timestamp()))) for it in _standing_bookings(state))
    assert booked == +state.bookings.places
    assert all(count <= PLAN.queue[queue].bookings.capacity for (queue, _), count in booked.items())


def _standing_bookings(state: HallState) -> list[Any]:
    return [it for it in state.bookings.by_code.values() if it.state != "cancelled"]


def bookings_and_tickets_agree(state: HallState) -> None:
    """A booking that was used has one ticket, and a ticket of a booking one booking that was used."""
    used = sorted((it.number, code) for code, it in state.bookings.by_code.items() if it.state == "checked_in")
    today = sorted((n, code) for n, code in used if state.bookings.by_code[code].day == state.day)
    assert today == sorted((number, it.booking) for number, it in state.tickets.items() if it.booking)


def everything_is_told(state: HallState, at: Any) -> None:
    """Nothing that a page or the API asks of the hall fails, whatever has happened."""
    for number, it in state.tickets.items():
        telling.ticket_with_history(state, number)
        telling.ticket_for_visitors(state, number)
        live_ticket(state, it.person, it.queue)
    for window in PLAN.window:
        telling.window(state, window, 0)
        left_by_window(state, window)
    for zone in PLAN.zone:
        left_in_zone(state, zone)
    hall_phase(state, at)
    telling.services(state, dict.fromkeys(PLAN.service, ""), at)
    telling.calls(state)
    telling_bookings.of_day(state, state.day)


SEEDS = range(10)
STEPS = 300


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_is_pressed_everything_holds(seed: int, picture: Callable[[HallState], str]) -> None:
    """With all of it on: nobody lost, nobody twice, one at a window, the counts agree, and replayed it is the same."""
    hall = Random(seed, picture)
    for _ in range(STEPS):
        hall.step()
        nobody_is_lost_and_nobody_is_twice(hall.state)
        windows_are_as_their_tickets(hall.state)
        counts_agree(hall.state)
        bookings_and_tickets_agree(hall.state)
    everything_is_told(hall.state, hall.anybody.at)
    again = replay(map(through_json, hall.events), HallState(PLAN))
    assert picture(again) == picture(hall.state)
