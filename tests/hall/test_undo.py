"""撤回 by example: what each undo puts back, what it leaves, and where it ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from hall import commands as c
from hall.errors import Refused
from hall.evolve import replay
from hall.state import HallState

from .as_kept import through_json
from .conftest import Counter
from .linked import PLAN
from .pictures_undone import stripped

OF_A_VISIT: list[tuple[Any, dict[str, Any]]] = [
    *(
        (command, {})
        for command in (c.CallNext, c.CallNext, c.FinishService, c.StartService, c.MarkNoShow, c.HoldTicket)
    ),
    *((command, {}) for command in (c.HoldTicket, c.ResumeTicket, c.SkipStep)),
    (c.FinishService, {"last": True}),
    (c.TransferTicket, {"queue": "pay", "place": "end"}),
]


def test_undo_of_next_puts_both_back_and_both_histories_say_so(counter: Any) -> None:
    """The called at the old place in its lane, the finished again at the window."""
    for _ in range(3):
        counter.take("a")
    counter.open("1")
    counter.next()
    counter.do(c.StartService, window="1")
    assert counter.next() == "A002"
    (undone,) = counter.do(c.UndoStep, window="1")
    assert (undone.what, undone.number, undone.numbers, undone.calls) == ("next", "A002", ["A001", "A002"], [2])
    tickets, now = counter.state.tickets, counter.state.windows["1"]
    assert (tickets["A001"].state, tickets["A002"].state) == ("serving", "waiting")
    assert (now.state, now.ticket, now.finished, list(now.recent)) == ("serving", "A001", 0, [])
    assert [line["what"] for line in tickets["A002"].history if "undone" not in line] == ["taken", "undone"]
    assert counter.next() == "A002", "the old place was the first"


def test_a_call_that_is_undone_keeps_its_number_so_that_the_next_is_new_to_every_screen(counter: Any) -> None:
    counter.take("a")
    counter.open("1")
    counter.next()
    counter.do(c.UndoStep, window="1")
    assert (list(counter.state.recent), counter.state.calls) == ([], 1)
    counter.next()
    assert counter.state.recent[0]["call"] == 2


def test_a_slip_that_comes_out_after_the_call_does_not_keep_the_call_from_being_undone(counter: Any) -> None:
    counter.take("a", kiosk="k")
    counter.open("1")
    counter.next()
    counter.do(c.ConfirmPrint, number="A001", printer="paper")
    counter.do(c.UndoStep, window="1")
    ticket = counter.state.tickets["A001"]
    assert (ticket.state, ticket.printed) == ("waiting", "printed")


def test_a_hall_may_do_without_undo(counter_with: Callable[..., Any]) -> None:
    counter = counter_with(undo_s=0)
    counter.open("1")
    assert counter.refusal(c.UndoStep, window="1") == "nothing_to_undo"


def test_a_journal_of_before_undo_is_read_as_single_steps(counter: Any) -> None:
    """Its events do not say which belong to one press: the finish stays, the call is taken back."""
    for _ in range(2):
        counter.take("a")
    counter.open("1")
    counter.next()
    counter.next()
    old = [through_json(event) for event in counter.events]
    for event in old:
        object.__setattr__(event, "follows", False)
    counter.state = replay(old, HallState(counter.plan))
    counter.do(c.UndoStep, window="1")
    assert [counter.state.tickets[n].state for n in ("A001", "A002")] == ["finished", "waiting"]


def test_the_last_call_that_a_queue_tells_is_never_an_undone_one(counter: Any) -> None:
    """Also when the one who undoes first was not the last to call."""
    for _ in range(3):
        counter.take("a")
    counter.open("1", "2")
    counter.next("1")
    counter.do(c.FinishService, window="1")
    counter.next("1")
    counter.next("2")
    counter.do(c.UndoStep, window="1")
    assert counter.state.calling["a"] == "A003"
    counter.do(c.UndoStep, window="2")
    assert counter.state.calling["a"] == "A001"


def test_undo_of_a_take_over_puts_the_clerk_and_all_tickets_back(counter: Any) -> None:
    """The one served, and those on hold in their order."""
    for _ in range(3):
        counter.take("a")
    counter.open("1")
    for _ in range(2):
        counter.next()
        counter.do(c.HoldTicket, window="1")
    counter.next()
    counter.do(c.OpenWindow, window="2", clerk="0001", confirm=True)
    assert counter.state.windows["2"].held == ["A001", "A002", "A003"]
    counter.do(c.UndoStep, window="2")
    here, there = counter.state.windows["1"], counter.state.windows["2"]
    assert (here.clerk, here.ticket, here.held, here.state) == ("0001", "A003", ["A001", "A002"], "calling")
    assert (there.clerk, there.held, there.state) == ("", [], "closed")


def test_a_window_that_calls_by_itself_does_not_call_again_at_once(counter: Any) -> None:
    counter.open("1")
    counter.do(c.SetAutoNext, window="1", seconds=30)
    counter.take("a", at=10)
    counter.do(c.CallWhenIdle, window="1", idle_since=counter.state.windows["1"].idle_since)
    counter.at += 0.25
    counter.do(c.UndoStep, window="1")
    idle_since = counter.state.windows["1"].idle_since
    assert idle_since == counter.now
    assert counter.refusal(c.CallWhenIdle, window="1", idle_since=idle_since) == "not_idle"


def test_a_finish_is_not_undone_when_the_visitor_has_another_number_since(counter: Any) -> None:
    counter.take("a", person="p")
    counter.open("1")
    counter.next()
    counter.do(c.FinishService, window="1")
    counter.take("a", person="p")
    assert counter.refusal(c.UndoStep, window="1") == "acted_on"


@given(st.lists(st.tuples(st.sampled_from("1234"), st.sampled_from(OF_A_VISIT)), max_size=20))
def test_steps_of_a_visit_through_several_queues_are_undone_alike(presses: list[tuple[str, Any]]) -> None:
    counter = Counter(PLAN)
    counter.open("1", "2", "3", "4")
    for n in range(3):
        counter.do(c.TakeTicket, service="visit", token=f"token-{n}")
    for window, (command, words) in presses:
        before = stripped(counter.state)
        try:
            counter.do(command, window=window, **words)
        except Refused:
            continue
        counter.do(c.UndoStep, window=window)
        assert stripped(counter.state) == before
        counter.do(command, window=window, **words)
    assert replay(counter.events, HallState(PLAN)).picture() == counter.state.picture()


def test_a_pause_taken_back_was_no_pause_for_tomorrow_either(counter: Any) -> None:
    """The window counts as open all the while, also when another has been closed in between."""
    counter.open("1", "2")
    counter.at = 15
    counter.do(c.PauseWindow, window="1")
    counter.do(c.CloseWindow, window="2")
    counter.do(c.UndoStep, window="1")
    openings = counter.state.times.openings
    assert list(openings.since) == ["1"]
    assert sum(openings.today["z"]) == 15 * 60, "window 2's alone"


def test_who_was_let_in_by_a_call_that_is_undone_waits_again_though_called_in_between(counter: Any) -> None:
    """The call by which they were let in is undone, after one of theirs was: it is as if neither had been."""
    for _ in range(6):
        counter.take("a")
    counter.open("1", "2")
    counter.next("1")
    counter.do(c.MarkNoShow, window="1")
    counter.do(c.ReturnTicket, number="A001")
    counter.next("1"), counter.next("1")
    before = stripped(counter.state)
    counter.next("1")
    assert not counter.state.returning["a"], "the third after it: let in"
    counter.do(c.CallNumber, window="2", number="A001")
    counter.do(c.UndoStep, window="2")
    counter.do(c.UndoStep, window="1")
    assert stripped(counter.state) == before
