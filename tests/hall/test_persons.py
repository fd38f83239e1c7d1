"""One live ticket a person, a quota, and no-shows that block: against plain lists, whatever happens on any days.

Persons are named here; outside these tests they are HMACs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, ClassVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from hall import commands as c
from hall import events as ev
from hall import quota
from hall.evolve import replay
from hall.no_shows import blocked_until
from hall.state import HallState

from .as_kept import through_json

FIRST = date(2026, 12, 28)
PEOPLE = ("", "wang", "li", "zhao")
Queue = st.sampled_from("ab")
Person = st.sampled_from(PEOPLE)


class Day:
    """A day of the model: lists of [number, person, queue, state], and what was said of the quota."""

    def __init__(self) -> None:
        self.tickets: list[list[str]] = []
        self.warned: list[str] = []


class People(RuleBasedStateMachine):
    """Every rule says what must come of it; `absent` are (day, person) of no-shows that still count, oldest first."""

    counter_with: ClassVar[Callable[..., Any]]
    picture_of: ClassVar[Callable[[HallState], str]]

    @initialize(
        most=st.integers(0, 3),
        within=st.integers(1, 6),
        length=st.integers(1, 5),
        limit=st.integers(0, 3),
        quotas=st.tuples(st.integers(1, 4), st.none()),
    )
    def build(self, most: int, within: int, length: int, limit: int, quotas: tuple[int, None]) -> None:
        self.most, self.within, self.length, self.limit = most, within, length, limit
        self.quota = dict(zip("ab", quotas, strict=True))
        hall = type(self).counter_with()
        queues = tuple(
            replace(it, quota={"": self.quota[it.id]}) if self.quota.get(it.id) else it for it in hall.plan.queues
        )
        rules = {"no_shows_to_block": most, "no_show_days": within, "block_days": length, "daily_limit": limit}
        self.hall = type(self).counter_with(queues=queues, **rules)
        self.number = 0
        self.model = Day()
        self.absent: list[tuple[int, str]] = []
        self.blocked_to: dict[str, int] = {}
        self.open_day(0)

    def open_day(self, number: int) -> None:
        """The day before ends, and the numbers that were missed on it are no-shows."""
        for _, person, _, state in self.model.tickets:
            if state == "missed" and person and self.most:
                self.absent.append((self.number, person))
                lately = [it for it in self.absent if it[1] == person and it[0] > self.number - self.within]
                if len(lately) >= self.most:
                    self.blocked_to[person] = self.number + self.length
                    self.absent = [it for it in self.absent if it[1] != person]
        self.number = number
        self.model = Day()
        self.hall.at = number * 24 * 60
        self.hall.do(c.OpenDay, day=(FIRST + timedelta(days=number)).isoformat())
        self.hall.open("1")

    def blocked(self, person: str) -> bool:
        return self.blocked_to.get(person, -1) >= self.number

    def of(self, state: str) -> list[list[str]]:
        return [it for it in self.model.tickets if it[3] == state]

    @rule(queue=Queue, person=Person, by_staff=st.booleans())
    def take(self, queue: str, person: str, by_staff: bool) -> None:
        mine = [it for it in self.model.tickets if person and it[1] == person and it[3] != "abandoned"]
        live = [it for it in mine if it[2] == queue and it[3] != "finished"]
        given = sum(it[2] == queue for it in self.model.tickets)
        expected = None
        if person and self.blocked(person) and not by_staff:
            expected = "blocked"
        elif live:
            expected = "already_waiting"
        elif person and self.limit and len(mine) >= self.limit:
            expected = "daily_limit"
        elif given == self.quota[queue]:
            expected = "quota_reached"
        words = {"service": f"s{queue}", "token": f"{queue}{given}", "person": person, "by_staff": by_staff}
        if expected:
            assert self.hall.refusal(c.TakeTicket, **words) == expected
            return
        taken = self.hall.do(c.TakeTicket, **words)
        self.model.tickets.append([taken[0].number, person, queue, "waiting"])
        left = None if self.quota[queue] is None else self.quota[queue] - given - 1
        warns = left is not None and left <= 1 and queue not in self.model.warned
        assert [(it.queue, it.left) for it in taken[1:]] == ([(queue, left)] if warns else [])
        self.model.warned += [queue] * warns

    @rule(end=st.sampled_from(("finish", "miss")))
    def call(self, end: str) -> None:
        if not self.of("waiting"):
            return
        number = self.hall.next()
        it = next(it for it in self.model.tickets if it[0] == number)
        if end == "finish":
            self.hall.do(c.FinishService, window="1")
            it[3] = "finished"
        else:
            self.hall.do(c.MarkNoShow, window="1")
            it[3] = "missed"

    @rule()
    def come_back(self) -> None:
        for it in self.of("missed")[:1]:
            self.hall.do(c.ReturnTicket, number=it[0])
            it[3] = "waiting"

    @rule(data=st.data())
    def give_up(self, data: st.DataObject) -> None:
        mine = [it for it in self.model.tickets if it[3] in ("waiting", "missed")]
        if mine:
            it = data.draw(st.sampled_from(mine))
            self.hall.do(c.AbandonTicket, number=it[0])
            it[3] = "abandoned"

    @rule(days=st.integers(1, 4))
    def nights_pass(self, days: int) -> None:
        self.open_day(self.number + days)

    @rule(person=st.sampled_from(PEOPLE[1:]))
    def unblock(self, person: str) -> None:
        if not self.blocked(person):
            assert self.hall.refusal(c.UnblockPerson, person=person) == "not_blocked"
            return
        self.hall.do(c.UnblockPerson, person=person)
        del self.blocked_to[person]
        self.absent = [it for it in self.absent if it[1] != person]

    @invariant()
    def nobody_has_two_live_tickets_in_a_queue(self) -> None:
        live = [
            (it.person, it.queue)
            for it in self.hall.state.tickets.values()
            if it.person and it.state not in ("finished", "abandoned")
        ]
        assert len(live) == len(set(live))

    @invariant()
    def never_more_numbers_than_the_quota(self) -> None:
        for queue, most in self.quota.items():
            given = sum(it.queue == queue for it in self.hall.state.tickets.values())
            left = quota.left(self.hall.state, queue, self.hall.now)
            assert left == (None if most is None else most - given)
            assert left is None or left >= 0

    @invariant()
    def those_are_blocked_whom_the_lists_say(self) -> None:
        for person in PEOPLE[1:]:
            assert bool(blocked_until(self.hall.state, person, self.hall.state.day)) == self.blocked(person)

    def teardown(self) -> None:
        """The whole history gives the picture, and the last day alone gives it too: a restart reads only that."""
        told = [through_json(event) for event in self.hall.events]
        last = max(i for i, event in enumerate(told) if isinstance(event, ev.DayOpened))
        for events in (told, told[last:]):
            again = replay(events, HallState(self.hall.plan))
            assert type(self).picture_of(again) == type(self).picture_of(self.hall.state)


def test_the_hall_knows_its_people_as_the_lists_do(
    counter_with: Callable[..., Any], picture: Callable[[HallState], str]
) -> None:
    bound = type(
        "BoundPeople", (People,), {"counter_with": staticmethod(counter_with), "picture_of": staticmethod(picture)}
    )
    run_state_machine_as_test(bound, settings=settings(max_examples=80, stateful_step_count=40, deadline=None))
