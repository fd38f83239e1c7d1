"""P90 keeps its word: the stretch stays in its bounds, finds the share it is to keep, and is the same on replay."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from math import exp, log
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from hall import commands as c
from hall import events as ev
from hall.estimate import told as waits
from hall.evolve import replay
from hall.simulate import play
from hall.simulate.shape import Shape
from hall.state import HallState
from hall.stretch import BEYOND, LEAST, MOST, STEP, after, tomorrow

from .waiting import told, with_ground

OPENS = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
NEEDS = st.floats(LEAST * exp(BEYOND * STEP), MOST * exp(-STEP))


@given(st.floats(LEAST, MOST), st.lists(st.booleans(), max_size=200))
def test_it_stays_in_its_bounds_whatever_comes(stretch: float, waits: list[bool]) -> None:
    for beyond in waits:
        stretch = after(stretch, beyond)
        assert LEAST <= stretch <= MOST
    assert abs(log(tomorrow(stretch))) <= abs(log(stretch)), "a new day begins nearer to what was reckoned"


@given(st.lists(NEEDS, min_size=1, max_size=300))
def test_one_wait_of_ten_goes_beyond_however_the_hall_changes(needs: list[float]) -> None:
    """Whatever stretch each wait would have needed, in whatever order: of many a tenth is beyond."""
    stretch, beyond = 1.0, 0
    for need in needs:
        beyond += need > stretch
        stretch = after(stretch, need > stretch)
    assert abs(beyond - BEYOND * len(needs)) <= log(MOST / LEAST) / STEP + 1


@given(st.integers(0, 10**6), st.integers(20, 50))
@settings(max_examples=5, deadline=None)
def test_what_was_told_is_in_the_journal_and_teaches_the_same_on_replay(
    counter_with: Callable[..., Any], seed: int, tickets: int
) -> None:
    """Two days of a hall: figures are kept with the number, the stretch in its bounds, the picture comes again."""
    plan, seen = counter_with().plan, []
    state = HallState(plan)
    for n in range(2):
        play.a_day(state, Shape(tickets=tickets), OPENS + timedelta(days=n), Random(f"{seed}/{n}"), 300, seen.append)
    assert all(LEAST <= stretch <= MOST for stretch in state.times.stretch.values())
    taken = [event for event in seen if isinstance(event, ev.TicketTaken)]
    assert any(event.told for event in taken) and not taken[0].told, "nobody knew anything on the first morning"
    assert set(state.times.stretch) <= set(plan.zone) and state.times.stretch
    assert replay(seen, HallState(plan)).picture() == state.picture()


def test_waits_beyond_what_was_told_make_the_next_figure_wider(counter: Any) -> None:
    """Called an hour late, the next is told a longer P90 and the same P50; the next morning has a part of it."""
    with_ground(counter)
    late, in_time = counter.take("a"), counter.take("a")
    waits.look_ahead(counter.state, counter.now)
    number = counter.take("a")
    assert (
        counter.state.tickets[number].told_p90_s
        == waits.of_ticket(counter.state, counter.state.tickets[number])["p90_s"]
    )
    assert not counter.state.tickets[late].told_p90_s and not counter.state.tickets[in_time].told_p90_s
    narrow = told(counter, number)
    counter.state.times.stretch["z"] = 2.0
    wide = told(counter, number)
    assert wide["p50_s"] == narrow["p50_s"] and wide["p90_s"] > narrow["p90_s"]
    del counter.state.times.stretch["z"]
    counter.at += 300
    for _ in range(3):
        counter.next()
    assert counter.state.times.stretch == {"z": after(1.0, beyond=True)}, (
        "one had been told a figure, and waited longer"
    )
    counter.do(c.OpenDay, day="2026-11-23")
    assert counter.state.times.stretch == {"z": round(tomorrow(after(1.0, beyond=True)), 4)}


def test_calls_that_are_not_a_tickets_first_make_the_wait_longer(counter_with: Callable[..., Any]) -> None:
    """Who comes back, is sent on or goes to a further step takes a place in between."""

    def wait(share: float) -> int:
        counter = with_ground(counter_with(), 5)
        again = counter.state.times.again["z"]
        counter.state.times.again["z"] = replace(again, n=100.0, s=share)
        return [told(counter, counter.take("a")) for _ in range(8)][-1]["p50_s"]

    assert wait(0.3) > 1.2 * wait(0.0)
