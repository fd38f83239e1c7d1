"""The parts of the rule: shared RULES' worked examples 3 to 8, in its own minutes, and what holds for any history."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall import commands as c
from hall import events as ev
from hall.offers import offers
from hall.plan import Rule, Window, Zone
from hall.rule.reasons import why_sentence
from hall.slots import Slots

CLASSES = ("urgent", "care", "normal")


@pytest.fixture(scope="session")
def ruled(counter_with: Callable[..., Any]) -> Callable[..., Any]:
    """ruled(parts=…, …): the counter whose zone has that rule, window 1 open; queue a has a slot every five minutes."""

    def make(**rule: Any) -> Any:
        zones = (Zone("z", "A", "综合", rule=Rule(**rule)), Zone("y", "B", "社保"))
        slots = Slots(minutes=5, capacity=99, begins="08:00", ends="20:00")
        booked, *others = counter_with().plan.queues
        counter = counter_with(zones=zones, queues=(replace(booked, bookings=slots), *others))
        counter.open("1")
        return counter

    return make


def take(counter: Any, queue: str, at: float, klass: str = "normal") -> str:
    return counter.take(queue, at, klass=klass)


def test_a_class_that_ranks_higher_comes_first(ruled: Any) -> None:
    """Worked example 3."""
    counter = ruled(parts=("class",), classes=CLASSES)
    take(counter, "a", 0)
    take(counter, "a", 3, "care")
    take(counter, "a", 4, "urgent")
    assert counter.all_called() == ["A003", "A002", "A001"]


def test_a_run_of_overtaking_is_bounded(ruled: Any) -> None:
    """Worked example 4."""
    counter = ruled(parts=("class",), classes=CLASSES, run=2)
    take(counter, "a", 0)
    for _ in range(3):
        take(counter, "a", 1, "care")
    assert counter.all_called() == ["A002", "A003", "A001", "A004"]
    why = [event.why for event in counter.events if isinstance(event, ev.TicketCalled)][2]
    assert why_sentence(why)["zh"] == "已被连续越过 2 次，不能再让"


@pytest.mark.parametrize(("at", "called"), [(30, ["A001", "A002"]), (32, ["A002", "A001"])])
def test_credit_grows_with_the_rate_of_the_class(ruled: Any, at: float, called: list[str]) -> None:
    """Worked example 5: 30 against 27 at 30 minutes, 32 against 33 at 32."""
    counter = ruled(parts=("accumulate",), rates={"care": 3, "normal": 1})
    take(counter, "a", 0)
    take(counter, "a", 21, "care")
    counter.at = at
    assert counter.all_called() == called


def test_of_each_block_a_class_gets_its_share_while_both_wait(ruled: Any) -> None:
    """Worked example 6."""
    counter = ruled(parts=("ratio",), ratio={"care": 2, "normal": 3})
    order = "C N C N C N C N N N"
    for at, klass in enumerate(order.split()):
        take(counter, "a", at, "care" if klass == "C" else "normal")
    classes = [counter.state.tickets[number].klass for number in counter.all_called()]
    assert classes[:5].count("care") == 2
    assert classes[:10].count("care") == 4
    assert classes[:5] == ["care", "normal", "care", "normal", "normal"], (
        "within a class and among the owed by standing"
    )


def test_every_block_of_calls_holds_the_same_shares(ruled: Any) -> None:
    """Ten blocks of five with both classes waiting all the time: two care and three normal in each."""
    counter = ruled(parts=("ratio",), ratio={"care": 2, "normal": 3})
    for at in range(40):
        take(counter, "a", at, "care")
        take(counter, "a", at)
    classes = [counter.state.tickets[counter.next()].klass for _ in range(50)]
    assert {classes[at : at + 5].count("care") for at in range(0, 50, 5)} == {2}


def test_nothing_is_owed_for_turns_given_away(ruled: Any) -> None:
    """Worked example 7."""
    counter = ruled(parts=("ratio",), ratio={"care": 2, "normal": 3})
    for at in range(12):
        take(counter, "a", at)
    first = [counter.next() for _ in range(5)]
    assert first == ["A001", "A002", "A003", "A004", "A005"]
    for _ in range(5):
        take(counter, "a", 20, "care")
    classes = [counter.state.tickets[counter.next()].klass for _ in range(5)]
    assert classes.count("care") == 2


def test_a_promise_that_is_broken_further_comes_first(ruled: Any) -> None:
    """Worked example 8."""
    counter = ruled(parts=("target",), target={"normal": 20, "care": 10})
    take(counter, "a", 0)
    take(counter, "b", 11, "care")
    take(counter, "a", 15, "care")
    counter.at = 24
    assert counter.all_called() == ["B001", "A001", "A002"]


def test_nobody_is_overtaken_by_somebody_who_has_waited_much_less(ruled: Any) -> None:
    """extra_wait: care comes first, but not before a normal ticket that waits more than ten minutes longer."""
    counter = ruled(parts=("class",), classes=CLASSES, extra_wait=10)
    take(counter, "a", 0)
    take(counter, "a", 5)
    take(counter, "a", 11, "care")
    take(counter, "a", 14, "care")
    assert counter.all_called() == ["A001", "A003", "A004", "A002"]


def test_a_windows_own_rule_stands_over_its_zones(counter_with: Callable[..., Any]) -> None:
    first_come = Window("2", "z", "2", {"a": 1, "b": 1}, rule=Rule(parts=()))
    by_class = Zone("z", "A", "综合", rule=Rule(parts=("class",), classes=CLASSES))
    counter = counter_with(zones=(by_class,), windows=(Window("1", "z", "1", {"a": 1}), first_come))
    counter.open("1", "2")
    for at in (0, 1):
        take(counter, "a", at)
    for at in (2, 3):
        take(counter, "a", at, "care")
    assert (counter.next("1"), counter.next("2")) == ("A003", "A001")


def test_the_bounds_hold_against_booked_visitors_too(ruled: Any) -> None:
    """Slots at minutes 15 and 20: one overtaken for the second time, one by who stands over ten minutes less."""
    for bounds, expected in (({"run": 1}, ["K001", "A001", "K002"]), ({"extra_wait": 10}, ["A001", "K001", "K002"])):
        counter = ruled(parts=("booked_on_time",), **bounds)
        take(counter, "a", 0)
        for code, slot in (("ONE", "08:45"), ("TWO", "08:50")):
            counter.book(code, slot)
            counter.check_in(code, at=10)
        counter.at = 20
        assert counter.all_called() == expected


RULES = st.builds(
    lambda parts, run, extra: {
        "parts": tuple(parts),
        "classes": ("urgent", "booked", "care", "normal"),
        "rates": {"urgent": 5, "care": 3, "normal": 1},
        "ratio": {"urgent": 1, "care": 2, "normal": 3},
        "target": {"urgent": 5, "care": 10, "normal": 20},
        "run": run,
        "extra_wait": extra,
    },
    st.lists(
        st.sampled_from(["window_priority", "class", "booked_on_time", "target", "accumulate", "ratio"]), unique=True
    ),
    st.integers(0, 4),
    st.integers(0, 15),
)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["take", "take", "book", "next", "wait"]),
        st.sampled_from(["a", "b"]),
        st.sampled_from(CLASSES),
        st.integers(0, 9),
        st.sampled_from(["1", "2"]),
    ),
    max_size=40,
)


def play(counter: Any, steps: list[Any]) -> None:
    """Visitors come and windows press, in any order."""
    counter.open("2")
    for what, queue, klass, minutes, window in steps:
        if what == "take":
            take(counter, queue, counter.at, klass)
        elif what == "book":
            come_to_a_slot(counter, minutes)
        elif what == "wait":
            counter.at += minutes
        elif any(counter.state.waiting(each) for each in "ab"):
            counter.next(window)


def come_to_a_slot(counter: Any, later: int) -> None:
    """A visitor checks in for one of the next slots, which comes up to a quarter of an hour later."""
    free = [slot for slot, _ in offers(counter.state, "sa", counter.now).of_day("2026-11-22")]
    near = [slot for slot in free if slot.start <= counter.now + timedelta(minutes=15)]
    if near:
        code = f"CODE{len(counter.state.tickets)}"
        counter.book(code, near[later % len(near)].name)
        counter.check_in(code)


@given(rule=RULES, steps=STEPS)
def test_no_history_breaks_a_bound(ruled: Any, rule: dict[str, Any], steps: list[Any]) -> None:
    """Whatever the parts: no normal head is overtaken more than `run` times in a row, nobody by over `extra_wait`."""
    counter = ruled(**rule)
    play(counter, steps)
    in_a_row: dict[str, int] = {}
    waiting: dict[str, Any] = {}
    for event in counter.events:
        if isinstance(event, ev.TicketTaken):
            waiting[event.number] = event
        elif isinstance(event, ev.TicketCalled):
            called = waiting.pop(event.number)
            for queue in "ab":
                normal = [t for t in waiting.values() if t.queue == queue and t.klass == "normal"]
                if normal:
                    head = normal[0].number
                    overtaken = order(normal[0]) < order(called)
                    in_a_row[head] = in_a_row.get(head, 0) + 1 if overtaken else 0
                    assert not rule["run"] or in_a_row[head] <= rule["run"]
            older = [t for t in waiting.values() if order(t) < order(called)]
            if rule["extra_wait"] and older:
                longer = order(called)[0] - min(order(t)[0] for t in older)
                assert longer.total_seconds() <= rule["extra_wait"] * 60


def order(taken: ev.TicketTaken) -> tuple[Any, int]:
    """Its standing: for a booked visitor on time the slot."""
    standing = datetime.fromisoformat(taken.slot) if taken.slot else taken.at
    return standing, int(taken.token.removeprefix("token-"))


@given(rule=RULES, steps=STEPS)
def test_the_same_history_gives_the_same_choices_and_everybody_is_called_once(
    ruled: Any, rule: dict[str, Any], steps: list[Any]
) -> None:
    """The order is total: nothing but the events decides; and no rule forgets anybody."""
    told = []
    for _ in range(2):
        counter = ruled(**rule)
        play(counter, steps)
        counter.at += 5
        counter.all_called()  # also those before their slot, when nobody else waits
        told.append([event.number for event in counter.events if isinstance(event, ev.TicketCalled)])
    assert told[0] == told[1]
    assert sorted(told[0]) == sorted(counter.state.tickets)


def test_a_call_by_number_counts_as_overtaking(ruled: Any) -> None:
    """A clerk who picks favourites runs into the bound as well: then the oldest comes."""
    counter = ruled(parts=("class",), classes=CLASSES, run=1)
    take(counter, "a", 0)
    take(counter, "a", 1)
    take(counter, "a", 2, "care")
    counter.do(c.CallNumber, window="1", number="A002")
    assert counter.next() == "A001"
