"""How long still: honest, in step with what happens, the same again; and its look ahead is the rule's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from hall import commands as c
from hall import telling
from hall.estimate import told as waits
from hall.estimate.draws import GROUND
from hall.evolve import replay
from hall.plan import Rule
from hall.state import HallState

from .waiting import serve, told, with_ground


def test_without_ground_there_is_no_estimate(counter: Any) -> None:
    """No figure before a few have been served, nor when no window is open."""
    number = counter.take("a")
    assert told(counter, number) is None, "no window open, nobody served"
    counter.open("1")
    for _ in range(GROUND - 1):
        counter.take("a")
        serve(counter, 4)
    number = counter.take("a")
    assert told(counter, number) is None, "too few served"
    serve(counter, 4)
    number = counter.take("a")
    assert told(counter, number) is not None
    counter.do(c.CloseWindow, window="1", confirm=True)
    assert waits.of_ticket(counter.state, counter.state.tickets[number]) is None, "at once, though last reckoned open"
    assert told(counter, number) is None, "nobody will call"


def test_a_paused_window_counts_when_it_is_expected_back(counter: Any) -> None:
    with_ground(counter)
    number = counter.take("a")
    counter.do(c.PauseWindow, window="1", reason="暂离")
    assert told(counter, number) is None
    counter.do(c.OpenWindow, window="1")
    back = (counter.now + timedelta(minutes=20)).isoformat()
    counter.do(c.PauseWindow, window="1", reason="暂离", until=back)
    assert 1200 <= told(counter, number)["p50_s"] <= 1500


def test_two_windows_about_halve_the_wait(counter: Any) -> None:
    with_ground(counter, 6)
    *_, number = [counter.take("a") for _ in range(8)]
    alone = told(counter, number)["p50_s"]
    counter.open("2")
    assert 0.4 * alone < told(counter, number)["p50_s"] < 0.6 * alone


def test_it_is_about_what_the_services_take(counter: Any) -> None:
    """Ten people of six minutes each before one window: an hour, give or take."""
    with_ground(counter, 6)
    *_, number = [counter.take("a") for _ in range(11)]
    it = told(counter, number)
    assert 2700 < it["p50_s"] < 4500 and it["p50_s"] < it["p90_s"]


def test_the_time_already_spent_at_the_window_counts(counter: Any) -> None:
    """A minute into a visit of about ten there is longer to wait than nine minutes into it."""
    counter.open("1")
    for _ in range(20):
        counter.take("a")
        serve(counter, 10)
    counter.take("a")
    number = counter.take("a")
    counter.next()
    counter.at += 1
    early = told(counter, number)["p50_s"]
    counter.at += 8
    assert told(counter, number)["p50_s"] < early


def test_the_next_morning_begins_with_what_was_learnt(counter: Any) -> None:
    """The first visitor of the day is told something; over a restart too."""
    with_ground(counter, 10)
    counter.do(c.OpenDay, day="2026-11-23")
    assert counter.state.durations == {}
    counter.open("1")
    for _ in range(3):
        number = counter.take("a")
    it = told(counter, number)
    assert 600 < it["p50_s"] < 2000
    again = replay(counter.events, HallState(counter.plan))
    assert again.picture() == counter.state.picture()
    waits.look_ahead(again, counter.now)
    assert waits.of_ticket(again, again.tickets[number]) == it


def test_a_service_seldom_seen_is_like_its_queue(counter: Any) -> None:
    """One visit of an hour does not make the next one of its service an hour."""
    for n in range(12):
        counter.state.times.stayed("sa", "a", 300.0)
        counter.state.times.stayed("sb", "b", 300.0 + n)
    before = counter.state.times.services["sa"].mean
    counter.state.times.stayed("sa", "a", 12 * 3600.0)
    assert counter.state.times.services["sa"].mean - before < 0.1, "a window forgotten overnight is drawn in"


def test_a_ticket_sent_to_a_window_is_told_of_that_window(counter: Any) -> None:
    with_ground(counter)
    counter.open("2")
    counter.take("a")
    counter.next("1")
    counter.take("a")
    counter.next("2")
    counter.do(c.TransferTicket, window="1", to_window="2")
    number = "A004"
    assert told(counter, number)["p50_s"] > 60, "window 2 is busy"
    assert telling.ticket(counter.state, number)["estimate"] == told(counter, number)
    counter.do(c.FinishService, window="2")
    counter.do(c.CloseWindow, window="2", confirm=True)
    assert told(counter, number) is None, "that window is closed, though another is open"


def test_who_comes_after_the_last_reckoning_is_told_at_once(counter: Any) -> None:
    """The cached line serves a new ticket, a step later for each who came in between."""
    with_ground(counter)
    for _ in range(4):
        counter.take("a")
    waits.look_ahead(counter.state, counter.now)
    first, second, third = (waits.of_ticket(counter.state, counter.state.tickets[counter.take("a")]) for _ in range(3))
    assert first["p50_s"] < second["p50_s"] < third["p50_s"]
    exact = told(counter, "A010")["p50_s"]
    assert exact * 0.6 < third["p50_s"] < exact * 1.4


def test_ordinary_tickets_wait_longer_where_others_go_first_and_keep_coming(counter_with: Callable[..., Any]) -> None:
    """Care visitors who are still to come are part of an ordinary ticket's wait when the rule prefers them."""

    def wait(rule: Rule) -> int:
        counter = counter_with()
        counter = counter_with(zones=tuple(replace(zone, rule=rule) for zone in counter.plan.zones))
        with_ground(counter, 5)
        for n in range(12):
            counter.take("a", klass="normal" if n % 4 else "care")
            counter.at += 2
        return told(counter, counter.take("a"))["p50_s"]

    assert wait(Rule(("class",))) > wait(Rule()) * 1.1


def test_lunch_is_expected_on_the_second_day(counter_with: Callable[..., Any]) -> None:
    """Where one of two windows closes at noon, somebody before noon is told a longer wait than on the first day."""
    counter = counter_with()

    def before_noon() -> int:
        for _ in range(14):
            number = counter.take("a")
        return told(counter, number)["p50_s"]

    with_ground(counter, 10)
    counter.open("2")
    counter.at = 200
    first = before_noon()
    counter.at = 210
    counter.do(c.CloseWindow, window="2", confirm=True)
    counter.at = 300
    counter.next("1")
    counter.do(c.OpenDay, day="2026-11-23")
    counter.at = 24 * 60
    counter.open("1", "2")
    counter.at += 200
    assert before_noon() > 1.2 * first
