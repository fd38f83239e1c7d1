"""What happens at the counter: numbers, a visit from taking to rating, a new day."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall import commands as c
from hall import events as ev
from hall import telling
from hall.state import check_digits


def test_numbers_run_for_each_queue_and_go_on_beyond_999(counter: Any) -> None:
    numbers = [counter.take("a") for _ in range(1001)]
    assert (numbers[0], numbers[998], numbers[1000]) == ("A001", "A999", "A1001")
    assert counter.take("b") == "B001"
    assert len(set(numbers)) == 1001


@given(st.lists(st.sampled_from("ab"), max_size=40))
def test_no_number_is_given_twice(counter_with: Callable[..., Any], queues: list[str]) -> None:
    counter = counter_with()
    numbers = [counter.take(queue) for queue in queues]
    assert len(set(numbers)) == len(numbers)


def test_a_refused_taking_uses_no_number_up(counter: Any) -> None:
    counter.take("a")
    counter.refusal(c.TakeTicket, service="sa", token="t", klass="vip")
    assert counter.take("a") == "A002"


def test_a_visit_from_taking_to_rating_is_its_history(counter: Any) -> None:
    number = counter.take("a", kiosk="k")
    counter.do(c.ConfirmPrint, number=number, printer="paper")
    counter.open("1")
    counter.next()
    counter.at += 1
    counter.do(c.Recall, window="1")
    counter.do(c.StartService, window="1")
    counter.do(c.FinishService, window="1")
    counter.do(c.RateVisit, number=number, grade="非常满意")
    ticket = counter.state.tickets[number]
    whats = [entry["what"] for entry in ticket.history]
    assert whats == ["taken", "printed", "called", "recalled", "started", "finished", "rated"]
    assert (ticket.state, ticket.grade, counter.state.windows["1"].state) == ("finished", "very_satisfied", "open")


def test_next_finishes_what_is_at_the_window_and_asks_for_no_rating(counter: Any) -> None:
    counter.take("a")
    counter.take("a")
    counter.open("1")
    counter.next()
    finished, called = counter.do(c.CallNext, window="1")
    assert (finished.number, finished.by, finished.rate_until, called.number) == ("A001", "next", "", "A002")


def test_calls_are_counted_through_the_day_recalls_too(counter: Any) -> None:
    counter.take("a")
    counter.take("a")
    counter.open("1")
    counter.next()
    counter.at += 1
    counter.do(c.Recall, window="1")
    counter.next()
    assert [(call["call"], call["number"], call["again"]) for call in counter.state.recent] == [
        (3, "A002", 1),
        (2, "A001", 2),
        (1, "A001", 1),
    ]


def test_a_missed_visitor_may_be_called_by_number(counter: Any) -> None:
    counter.take("a")
    counter.open("1")
    counter.next()
    counter.do(c.MarkNoShow, window="1")
    assert list(counter.state.missed) == ["A001"]
    counter.do(c.CallNumber, window="1", number="A001")
    assert (counter.state.tickets["A001"].state, list(counter.state.missed)) == ("called", [])


def test_a_new_clerk_may_take_over_a_paused_window(counter: Any) -> None:
    counter.open("1")
    counter.do(c.PauseWindow, window="1", reason="交班")
    counter.do(c.OpenWindow, window="1", clerk="0003")
    assert (counter.state.windows["1"].clerk, counter.state.windows["1"].state) == ("0003", "open")


def test_only_a_kiosk_with_a_printer_has_something_to_print(counter: Any) -> None:
    counter.take("a", kiosk="k")
    counter.take("a", kiosk="bare")
    counter.take("a")
    assert list(counter.state.to_print) == ["A001"]
    counter.do(c.FailPrint, number="A001", printer="paper", error="no_paper")
    assert (counter.state.tickets["A001"].printed, list(counter.state.to_print)) == ("failed", [])


def test_a_slip_that_broke_off_is_owed_once_more_to_whom_still_waits(counter: Any) -> None:
    """A second break, or a visitor who is served, ends it."""
    for _ in range(2):
        counter.take("a", kiosk="k")
    broken = {"printer": "paper", "error": "lost", "begun": True}
    counter.do(c.FailPrint, number="A001", **broken)
    assert (counter.state.tickets["A001"].printed, list(counter.state.to_print)) == ("again", ["A001", "A002"])
    counter.do(c.FailPrint, number="A001", **broken)
    assert (counter.state.tickets["A001"].printed, list(counter.state.to_print)) == ("failed", ["A002"])
    counter.open("1", "2")
    counter.next()
    counter.next("2")
    counter.do(c.StartService, window="2")
    counter.do(c.FailPrint, number="A002", **broken)
    assert counter.state.tickets["A002"].printed == "failed"


def test_a_new_day_begins_at_one_and_says_who_was_not_served(counter: Any) -> None:
    for _ in range(5):
        counter.take("a")
    counter.open("1", "2")
    counter.next()
    counter.do(c.FinishService, window="1")
    counter.next()
    counter.do(c.HoldTicket, window="1")
    counter.next()
    counter.do(c.MarkNoShow, window="1")
    counter.next("2")
    closed, opened = counter.do(c.OpenDay, day="2026-11-23")
    assert (closed.day, closed.unserved) == ("2026-11-22", ["A002", "A004", "A005"])
    assert opened.day == counter.state.day == "2026-11-23"
    assert (counter.state.tickets, counter.state.calls, counter.state.windows["2"].state) == ({}, 0, "closed")
    assert counter.take("a") == "A001"


def test_the_first_day_closes_none(counter: Any) -> None:
    assert [type(event) for event in counter.events] == [ev.DayOpened]


def test_time_on_hold_is_no_time_of_service(counter: Any) -> None:
    """Ten minutes of service with an hour of fetching a paper in between is ten minutes, not seventy."""
    counter.take("a")
    counter.open("1")
    counter.next()
    counter.do(c.StartService, window="1")
    counter.at += 4
    counter.do(c.HoldTicket, window="1")
    counter.at += 60
    counter.do(c.ResumeTicket, window="1")
    counter.at += 6
    counter.do(c.FinishService, window="1")
    assert list(counter.state.durations["a"]) == [600.0]
    assert counter.state.windows["1"].served_s == 600.0


def test_a_service_that_a_clock_ends_before_it_began_took_no_time(counter: Any) -> None:
    counter.take("a", 60)
    counter.open("1")
    counter.next()
    counter.at = 10
    counter.do(c.FinishService, window="1")
    assert list(counter.state.durations["a"]) == [0.0]


def test_ahead_counts_those_who_stand_longer_in_the_same_line(counter: Any) -> None:
    for klass in ("normal", "care", "normal"):
        counter.take("a", counter.at + 1, klass=klass)
    counter.take("b", 9)
    assert [telling.ticket(counter.state, number)["ahead"] for number in ("A001", "A002", "A003", "B001")] == [
        0,
        1,
        2,
        0,
    ]


def test_a_ticket_sent_to_a_window_is_told_that_window(counter: Any) -> None:
    counter.take("a")
    counter.open("1", "2")
    counter.next()
    assert telling.ticket(counter.state, "A001")["windows"] == ["1", "2"]
    counter.do(c.TransferTicket, window="1", to_window="3")
    told = telling.ticket(counter.state, "A001")
    assert (told["windows"], told["estimate"], told["state"]) == (["3"], None, "waiting")


@pytest.mark.parametrize("token", ["", "abc", "汉字"])
def test_check_digits_are_two_and_the_same_again(token: str) -> None:
    assert check_digits(token) == check_digits(token) and len(check_digits(token)) == 2


def test_a_hall_without_rating_asks_for_none(counter_with: Callable[..., Any]) -> None:
    counter = counter_with(rating_s=0)
    counter.take("a")
    counter.open("1")
    counter.next()
    (finished,) = counter.do(c.FinishService, window="1")
    assert (finished.rate_until, counter.state.windows["1"].state) == ("", "open")
