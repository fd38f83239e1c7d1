"""一票到底: one ticket visits linked queues in order, keeps its number, and is rated once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from hall import commands as c
from hall import events as ev
from hall import telling

from .linked import PLAN


@pytest.fixture
def hall(counter: Any) -> Any:
    counter = type(counter)(PLAN)
    counter.open("1", "2", "3", "4")
    return counter


def visit(hall: Any, at: float = 0, service: str = "visit") -> str:
    hall.at = at
    (taken,) = hall.do(c.TakeTicket, service=service, token=f"token-{len(hall.state.tickets)}")
    return taken.number


def at_window(hall: Any, window: str, number: str, **how: Any) -> ev.Event:
    """The window calls next, that is `number`, and finishes it; the event of the finish."""
    assert hall.next(window) == number
    return hall.do(c.FinishService, window=window, **how)[-1]


def step(hall: Any, number: str) -> tuple[str, int, list[str]]:
    told = telling.ticket(hall.state, number)
    return told["state"], told["visit"]["step"], told["visit"]["next"]


def test_one_ticket_goes_from_window_to_window_and_is_rated_once(hall: Any) -> None:
    number = visit(hall)
    assert step(hall, number) == ("waiting", 1, ["photo", "pay"])
    assert isinstance(at_window(hall, "1", number), ev.StepFinished)
    assert step(hall, number) == ("waiting", 2, ["collect"])
    assert isinstance(at_window(hall, "3", number), ev.StepFinished), "window 3 ranks paying higher"
    assert hall.state.tickets[number].queues == ("photo",)
    assert isinstance(at_window(hall, "2", number), ev.StepFinished)
    assert step(hall, number) == ("waiting", 3, [])
    assert at_window(hall, "1", number).rate_until
    assert [entry["done"] for entry in telling.ticket(hall.state, number)["visit"]["steps"]] == [
        ["check"],
        ["pay", "photo"],
        ["collect"],
    ]
    assert [hall.state.windows[window].finished for window in "1324"] == [2, 1, 1, 0], "each window served somebody"


@pytest.mark.parametrize(("service", "first"), [("visit", "A001"), ("behind", "C001")])
def test_in_the_next_queue_it_stands_by_the_time_taken_or_behind(hall: Any, service: str, first: str) -> None:
    number = visit(hall, 0, service)
    visit(hall, 5, "spay")
    hall.at = 9
    at_window(hall, "1", number)
    assert hall.next("3") == first


def test_who_missed_one_of_two_queues_is_still_called_by_the_other(hall: Any) -> None:
    number = visit(hall)
    at_window(hall, "1", number)
    visit(hall, 1, "sphoto")
    visit(hall, 1, "spay")
    assert hall.next("2") == number
    hall.do(c.MarkNoShow, window="2")
    hall.do(c.ReturnTicket, number=number)
    assert hall.next("2") == "B001", "for a photo two others are first"
    assert hall.next("4") == number, "paying it missed nothing"


def test_a_transfer_takes_the_step_elsewhere_and_the_rest_of_the_plan_follows(hall: Any) -> None:
    number = visit(hall)
    hall.next("1")
    hall.do(c.TransferTicket, window="1", queue="other")
    assert step(hall, number) == ("waiting", 1, ["photo", "pay"])
    assert hall.state.tickets[number].queues == ("other",)
    assert isinstance(at_window(hall, "1", number), ev.StepFinished)
    assert hall.state.tickets[number].queues == ("photo", "pay")


def test_a_transfer_to_a_queue_of_the_same_step_sends_it_there_first(hall: Any) -> None:
    number = visit(hall)
    at_window(hall, "1", number)
    hall.next("2")
    hall.do(c.TransferTicket, window="2", queue="pay")
    assert hall.state.tickets[number].queues == ("pay",), "it waits there alone"
    at_window(hall, "4", number)
    assert hall.state.tickets[number].queues == ("photo",), "paid; the photo is still to be made"


def test_the_clerk_may_end_the_visit_early_or_skip_what_is_not_needed(hall: Any) -> None:
    early, short = visit(hall), visit(hall, 1)
    assert isinstance(at_window(hall, "1", early, last=True), ev.ServiceFinished)
    hall.next("1")
    hall.do(c.SkipStep, window="1")
    hall.do(c.SkipStep, window="1", queue="collect")
    assert step(hall, short) == ("called", 1, [])
    assert isinstance(hall.do(c.FinishService, window="1")[-1], ev.ServiceFinished)


def test_next_sends_who_is_at_the_window_on(hall: Any) -> None:
    first, second = visit(hall), visit(hall, 1)
    hall.next("1")
    assert hall.next("1") == second
    assert hall.state.tickets[first].queues == ("photo", "pay")


def test_a_queue_that_the_config_lost_at_noon_is_passed_over(hall: Any) -> None:
    """Nobody would ever call there."""
    number = visit(hall)
    less = tuple(replace(w, queues={q: 1 for q in w.queues if q == "check"} or {"other": 1}) for w in PLAN.windows)
    hall.state.plan = replace(PLAN, windows=less)
    assert isinstance(at_window(hall, "1", number), ev.ServiceFinished)


def test_the_same_ticket_at_the_head_of_two_queues_is_overtaken_once_by_one_call(hall: Any) -> None:
    """The bound `run` counts calls, not lanes."""
    number = visit(hall)
    at_window(hall, "1", number)
    later = visit(hall, 1, "spay")
    hall.do(c.CallNumber, window="4", number=later)
    assert hall.state.runs == {number: 1}


def test_who_waits_in_several_queues_has_a_number_in_each(hall: Any) -> None:
    """One live ticket for a person and queue, whichever of its queues comes first."""
    hall.do(c.TakeTicket, service="visit", token="token", person="wang")
    at_window(hall, "1", "A001")
    for queue in ("photo", "pay"):
        assert hall.refusal(c.TakeTicket, service=f"s{queue}", token="other", person="wang") == "already_waiting"
    hall.do(c.TakeTicket, service="scollect", token="other", person="wang")
