"""Which ticket next: the worked examples of the rule that this hall has, told in its own minutes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from hall import commands as c
from hall.plan import Window
from hall.rule.reasons import why_sentence


def ranked(a: int, b: int) -> tuple[Window, ...]:
    return (Window("1", "z", "1", {"a": a, "b": b}), Window("2", "z", "2", {"a": a, "b": b}), Window("3", "y", "3"))


def test_who_has_stood_longer_is_called_first(counter: Any) -> None:
    """Worked example 1."""
    for queue, at in (("a", 0), ("b", 1), ("a", 2)):
        counter.take(queue, at)
    counter.open("1")
    assert counter.all_called() == ["A001", "B001", "A002"]


def test_a_window_calls_its_first_queue_first(counter_with: Callable[..., Any]) -> None:
    """Worked example 2."""
    counter = counter_with(windows=ranked(a=2, b=1))
    counter.take("a", 0)
    counter.take("b", 5)
    counter.open("1")
    assert counter.all_called() == ["B001", "A001"]


def test_a_transfer_to_the_front_keeps_the_time_taken(counter: Any) -> None:
    """Worked example 10, front."""
    counter.take("a", 0)
    counter.open("1")
    counter.next()
    counter.take("b", 3)
    counter.at = 12
    counter.do(c.TransferTicket, window="1", queue="b", place="front")
    assert counter.all_called() == ["A001", "B001"]


def test_a_transfer_to_the_end_stands_after_all_who_stand_then(counter: Any) -> None:
    """Worked example 10, end; also after whoever took a number in the same instant."""
    counter.take("a", 0)
    counter.open("1")
    counter.next()
    counter.take("b", 3)
    counter.take("b", 12)
    counter.do(c.TransferTicket, window="1", queue="b", place="end")
    counter.take("b", 12)
    assert counter.all_called() == ["B001", "B002", "A001", "B003"]


def test_a_ticket_sent_to_a_window_is_called_there_before_the_rule_and_nowhere_else(counter: Any) -> None:
    counter.take("a", 0)
    counter.take("a", 1)
    counter.open("1", "2")
    assert counter.next("1") == "A001"
    counter.do(c.TransferTicket, window="1", to_window="2")
    assert counter.next("1") == "A002"
    counter.take("a", 5)
    assert counter.next("1") == "A003", "window 1 does not call what waits for window 2"
    assert counter.next("2") == "A001"


def test_a_held_ticket_is_in_no_lane_and_is_served_at_once_when_it_is_back(counter: Any) -> None:
    """Worked example 12: by the window that held it."""
    counter.take("a", 0)
    counter.open("1", "2")
    counter.next()
    counter.do(c.HoldTicket, window="1")
    assert counter.all_called() == []
    counter.do(c.ResumeTicket, window="1")
    assert (counter.state.windows["1"].state, counter.state.windows["1"].ticket) == ("serving", "A001")


def test_another_window_may_take_up_a_held_ticket_by_its_number(counter: Any) -> None:
    """Worked example 12: by another that names it."""
    counter.take("a", 0)
    counter.open("1", "2")
    counter.next()
    counter.do(c.HoldTicket, window="1")
    counter.do(c.ResumeTicket, window="2", number="A001")
    assert counter.state.windows["2"].ticket == "A001"
    assert counter.state.windows["1"].held == []


def test_two_presses_in_the_same_instant_call_two_tickets_in_their_order(counter: Any) -> None:
    """Worked example 14."""
    counter.take("a", 0)
    counter.take("a", 1)
    counter.open("1", "2")
    counter.at = 7
    assert (counter.next("2"), counter.next("1")) == ("A001", "A002")


def test_with_nobody_waiting_next_is_refused_and_the_visitor_at_the_window_stays(counter: Any) -> None:
    counter.take("a", 0)
    counter.open("1")
    counter.next()
    assert counter.refusal(c.CallNext, window="1") == "nobody_waiting"
    assert counter.state.windows["1"].ticket == "A001"


def test_a_clock_that_is_set_back_does_not_let_anybody_push_in(counter: Any) -> None:
    first = counter.take("a", 60)
    second = counter.take("a", 0)
    counter.open("1")
    assert counter.all_called() == [first, second]


def test_a_call_keeps_why_and_whom_it_overtook(counter_with: Callable[..., Any]) -> None:
    counter = counter_with(windows=ranked(a=2, b=1))
    counter.take("a", 0)
    counter.take("a", 1)
    counter.take("b", 5)
    counter.open("1")
    counter.at = 6
    counter.next()
    why = counter.state.tickets["B001"].why
    assert (why["part"], why["overtook"], why["oldest"]) == ("window_priority", 2, "A001")
    assert [(each["number"], each["waited_s"]) for each in why["candidates"]] == [("B001", 60), ("A001", 360)]
    assert why_sentence(why)["zh"] == "本窗口先办这个队列，先于 A001 等 2 人"


def test_a_call_by_number_does_not_ask_the_rule_but_says_so(counter: Any) -> None:
    for at in range(3):
        counter.take("a", at)
    counter.open("1")
    counter.do(c.CallNumber, window="1", number="A003")
    assert (counter.state.tickets["A003"].why["part"], counter.state.tickets["A003"].why["overtook"]) == (
        "by_number",
        2,
    )


Takings = st.lists(
    st.tuples(st.sampled_from("ab"), st.integers(0, 3), st.sampled_from(("normal", "care"))), max_size=25
)


@given(takings=Takings, priorities=st.tuples(st.integers(1, 2), st.integers(1, 2)))
def test_the_order_is_total_and_is_priority_then_standing_then_coming(
    counter_with: Callable[..., Any], takings: list[tuple[str, int, str]], priorities: tuple[int, int]
) -> None:
    """Whoever comes whenever, in whatever class: the calls are the takings, sorted."""
    counter = counter_with(windows=ranked(*priorities))
    rank = dict(zip("ab", priorities, strict=True))
    expected = []
    for order, (queue, wait, klass) in enumerate(takings):
        number = counter.take(queue, counter.at + wait, klass=klass)
        expected.append((rank[queue], counter.at, order, number))
    counter.open("1")
    assert counter.all_called() == [number for *_, number in sorted(expected)]


class Counted(datetime):
    """A time that counts how often it is compared: the first thing in every key of a lane."""

    compared = 0

    def __eq__(self, other: object) -> bool:
        Counted.compared += 1
        return super().__eq__(other)

    def __lt__(self, other: datetime) -> bool:
        Counted.compared += 1
        return super().__lt__(other)

    __hash__ = datetime.__hash__


def comparisons_of_a_call(counter: Any, waiting: int) -> int:
    counter.opening = Counted(2026, 11, 22, tzinfo=UTC)
    for n in range(waiting):
        counter.take("ab"[n % 2], n)
    counter.open("1")
    Counted.compared = 0
    counter.next()
    return Counted.compared


def test_a_call_of_one_among_thousands_costs_what_a_call_among_a_hundred_costs(
    counter_with: Callable[..., Any],
) -> None:
    """Comparisons are counted, not seconds: at most a few more, for a lane's binary search."""
    among_100, among_6400 = (comparisons_of_a_call(counter_with(), waiting) for waiting in (100, 6400))
    assert 0 < among_6400 <= 2 * among_100, f"{among_100} comparisons of 100, {among_6400} of 6400"
