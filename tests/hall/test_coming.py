"""Called, arrived, served; called and not there; given up: what each leaves behind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from hall import commands as c
from hall import telling
from hall.errors import Refused


@pytest.fixture
def called(counter: Any) -> Any:
    """A001 is called at window 1, A002 waits."""
    counter.take("a")
    counter.take("a")
    counter.open("1")
    counter.next()
    return counter


def state_of(counter: Any, number: str = "A001") -> tuple[str, str]:
    """The ticket's state and its window's."""
    return counter.state.tickets[number].state, counter.state.windows["1"].state


def test_who_arrives_is_at_the_window_and_not_yet_served(called: Any) -> None:
    called.do(c.Arrive, window="1")
    assert state_of(called) == ("arrived", "calling")
    called.do(c.StartService, window="1")
    assert state_of(called) == ("serving", "serving")
    assert [entry["what"] for entry in called.state.tickets["A001"].history] == [
        "taken",
        "called",
        "arrived",
        "started",
    ]


@pytest.mark.parametrize("command", [c.CallNext, c.FinishService, c.HoldTicket])
def test_from_arrived_the_clerk_may_go_on_as_from_called(called: Any, command: Any) -> None:
    """Service that nobody said had begun began with the arrival."""
    called.at += 2
    called.do(c.Arrive, window="1")
    called.at += 3
    called.do(command, window="1")
    assert called.state.tickets["A001"].served_s == 180


def test_a_visitor_is_missed_only_after_the_recalls_the_hall_wants(counter_with: Callable[..., Any]) -> None:
    counter = counter_with(recalls_before_no_show=2)
    counter.take("a")
    counter.open("1")
    counter.next()
    for left in (2, 1):
        with pytest.raises(Refused) as refused:
            counter.do(c.MarkNoShow, window="1")
        assert (refused.value.code, refused.value.facts) == ("recalls_first", {"left": left})
        assert str(left) in refused.value.sentence
        counter.at += 1
        counter.do(c.Recall, window="1")
    counter.do(c.MarkNoShow, window="1")
    assert state_of(counter) == ("missed", "open")


def test_a_visitor_is_given_time_after_the_last_call(counter_with: Callable[..., Any]) -> None:
    """From the last call, recalls too; a clock that was set back does not forbid it."""
    counter = counter_with(no_show_after_s=20)
    counter.take("a")
    counter.open("1")
    counter.at = 10
    counter.next()
    counter.at += 0.5
    counter.do(c.Recall, window="1")
    with pytest.raises(Refused, match="wait 20 s"):
        counter.do(c.MarkNoShow, window="1")
    counter.at = 5
    counter.do(c.MarkNoShow, window="1")


@pytest.mark.parametrize("until", ["waiting", "returned", "called", "arrived", "held", "missed"])
def test_whoever_gives_up_is_nowhere_any_more_and_the_window_is_free(called: Any, until: str) -> None:
    number = "A002" if until == "waiting" else "A001"
    for command in {"arrived": [c.Arrive], "held": [c.HoldTicket], "missed": [c.MarkNoShow]}.get(until, []):
        called.do(command, window="1")
    if until == "returned":
        called.do(c.MarkNoShow, window="1")
        called.do(c.ReturnTicket, number="A001")
    called.do(c.AbandonTicket, number=number)
    ticket, now = called.state.tickets[number], called.state.windows["1"]
    assert (ticket.state, number in called.state.missed, now.held) == ("abandoned", False, [])
    assert called.state.waiting("a") == (0 if until == "waiting" else 1)
    if until != "waiting":
        assert (now.state, now.ticket) == ("open", "")
        assert called.all_called() == ["A002"]


def test_who_gave_up_is_called_by_nobody_and_does_not_return(called: Any) -> None:
    called.do(c.AbandonTicket, number="A002")
    assert called.refusal(c.CallNumber, window="1", number="A002") == "not_waiting"
    assert called.refusal(c.ReturnTicket, number="A002") == "not_missed"
    called.do(c.OpenDay, day="2026-11-23")
    assert called.events[-2].unserved == ["A001"], "who gave up was not left unserved"


def test_a_note_goes_with_the_ticket_until_it_is_sent_on_again(called: Any) -> None:
    """It is for the clerk who calls it next; what a visitor can read has no word of it."""
    called.open("2", "3")
    called.do(c.TransferTicket, window="1", queue="b", note=" 差一份证明 ")
    assert called.next("3") == "A001"
    ticket = called.state.tickets["A001"]
    assert (ticket.note, ticket.note_from) == ("差一份证明", "1")
    assert "差一份证明" in str(telling.ticket_with_history(called.state, "A001"))
    assert "差一份证明" not in str(telling.ticket_for_visitors(called.state, "A001"))
    called.do(c.TransferTicket, window="3", to_window="2")
    assert (ticket.note, ticket.note_from) == ("", "")


def test_how_it_ended_is_kept_and_a_refused_visit_is_rated_like_any_other(called: Any) -> None:
    called.do(c.StartService, window="1")
    called.do(c.FinishService, window="1", outcome="refused", reason=" 材料不全 ", case="3706-1")
    told = telling.ticket_with_history(called.state, "A001")
    assert (told["outcome"], told["reason"], told["case"]) == ("refused", "材料不全", "3706-1")
    assert "材料不全" not in str(telling.ticket_for_visitors(called.state, "A001"))
    called.do(c.RateVisit, number="A001", grade="dissatisfied")
    assert called.state.tickets["A001"].grade == "dissatisfied"


def test_finish_with_nothing_said_is_done(called: Any) -> None:
    called.do(c.FinishService, window="1")
    assert called.state.tickets["A001"].outcome == "done"
