"""Looking ahead: the order is the rule's own, more people ahead are no shorter wait, the same again by the seed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hall import commands as c
from hall.errors import Refused
from hall.estimate import told as waits
from hall.estimate.draws import GROUND
from hall.estimate.forward import reckon
from hall.estimate.moment import Moment, groups
from hall.evolve import replay
from hall.state import HallState

from .waiting import CLASSES, RULES, serve, with_ground


@pytest.mark.parametrize("name", RULES)
@settings(max_examples=25)
@given(data=st.data())
def test_the_look_ahead_calls_in_the_order_in_which_the_hall_calls(
    counter_with: Callable[..., Any], name: str, data: st.DataObject
) -> None:
    """All visits alike, one press of next after the other: the order is the same as through decide and evolve."""
    plan = counter_with().plan
    counter = counter_with(zones=tuple(replace(zone, rule=RULES[name]) for zone in plan.zones))
    counter.open("1")
    steps = st.tuples(st.sampled_from("ab"), st.sampled_from(CLASSES), st.integers(0, 9), st.sampled_from("..n!"))
    for queue, klass, minutes, then in data.draw(st.lists(steps, min_size=1, max_size=14)):
        counter.take(queue, counter.at + minutes, klass=klass)
        if then != ".":
            missed = counter.next()
            if then == "!":
                counter.do(c.MarkNoShow, window="1")
                counter.do(c.ReturnTicket, number=missed)
    if counter.state.windows["1"].ticket:
        counter.do(c.FinishService, window="1")
    counter.state.times.came.clear()
    expected = _order_told(counter)
    called = []
    while True:
        try:
            called.append(counter.next())
        except Refused:
            break
        counter.at += 5
    assert expected == called


def _order_told(counter: Any) -> list[str]:
    """The order in which a simulation of constant stays (five minutes, no pauses) calls those who wait."""
    (group,) = (g for g in groups(counter.plan) if "a" in g)
    moment = Moment(counter.state, group, counter.now, 1)
    moment.draws.stays = lambda number, service, queue: [300.0] * 64
    moment.draws.ground = True
    moment.free_at = {"1": [0.0] * 64}
    tickets = reckon(moment).tickets
    return sorted(tickets, key=lambda number: tickets[number].p50_s)


@given(minutes=st.lists(st.integers(1, 40), min_size=GROUND, max_size=8), ahead=st.integers(0, 40))
@settings(max_examples=30)
def test_who_stands_further_back_is_told_no_shorter_wait(
    counter_with: Callable[..., Any], minutes: list[int], ahead: int
) -> None:
    """Under standing and with the same seed: each ticket's P50 and P90 are no less than those of the one before."""
    counter = counter_with()
    counter.open("1", "2")
    for each in minutes:
        counter.take("a")
        serve(counter, each)
    numbers = [counter.take("a") for _ in range(ahead + 2)]
    waits.look_ahead(counter.state, counter.now)
    them = [waits.of_ticket(counter.state, counter.state.tickets[number]) for number in numbers]
    assert all(one["p50_s"] <= two["p50_s"] and one["p90_s"] <= two["p90_s"] for one, two in pairwise(them))
    assert all(0 < it["p50_s"] <= it["p90_s"] for it in them)


@given(st.integers(0, 10), st.integers(0, 10), st.integers(1, 5), st.integers(0, 2**31))
@settings(max_examples=30)
def test_more_people_before_somebody_are_no_shorter_wait(
    counter_with: Callable[..., Any], before: int, more: int, windows: int, seed: int
) -> None:
    """The same visitor, the same luck of everybody, more of them in front."""

    def wait(ahead: int) -> float:
        counter = with_ground(counter_with(), 7)
        if windows > 2:
            counter.open("2")
        for _ in range(ahead):
            counter.take("a", klass="normal")
        number = counter.take("a")
        (group,) = (g for g in groups(counter.plan) if "a" in g)
        return reckon(Moment(counter.state, group, counter.now, seed)).tickets[number].p50_s

    assert wait(before) <= wait(before + more)


@given(st.integers(0, 2**31), st.sampled_from(sorted(RULES)))
@settings(max_examples=10, deadline=None)
def test_the_same_journal_and_seed_give_the_same_estimates(
    counter_with: Callable[..., Any], seed: int, name: str
) -> None:
    plan = counter_with().plan
    counter = with_ground(counter_with(zones=tuple(replace(zone, rule=RULES[name]) for zone in plan.zones)))
    for n in range(9):
        counter.take("ab"[n % 2], counter.at + 1, klass=CLASSES[n % 3])
    again = replay(counter.events, HallState(counter.plan))
    for state in (counter.state, again):
        waits.look_ahead(state, counter.now, seed)
    assert counter.state.outlook == again.outlook


def test_looking_ahead_changes_nothing(counter: Any, picture: Callable[[HallState], str]) -> None:
    with_ground(counter)
    for n in range(6):
        counter.take("a", klass=CLASSES[n % 3])
    before = picture(counter.state)
    waits.look_ahead(counter.state, counter.now)
    assert picture(counter.state) == before
