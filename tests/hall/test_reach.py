"""What a window may call: its queues, its clerk's skills, the floor that a class prefers; worked example 13."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall import commands as c
from hall import telling
from hall.errors import Refused
from hall.estimate import told as waits
from hall.evolve import replay
from hall.plan import Clerk, Rule, Window, Zone
from hall.rule import reach
from hall.rule.choice import choose
from hall.state import HallState

CLERKS = (Clerk("0001", "王", skills=("a",)), Clerk("0002", "李"), Clerk("0003", "赵", skills=("b",)))
BOTH = {"a": 1, "b": 1}
FLOORS = (
    Window("1", "z", "1", BOTH, floor="1", clerk="0001"),
    Window("2", "z", "2", BOTH, floor="2", clerk="0002"),
    Window("3", "y", "3", BOTH, floor="2", clerk="0003"),
)


@pytest.fixture(scope="session")
def skilled(counter_with: Callable[..., Any]) -> Callable[..., Any]:
    """skilled(…): 0001 can do A, 0003 B, 0002 everything."""
    return lambda **changes: counter_with(clerks=CLERKS, **changes)


def nobody(counter: Any, window: str = "1") -> Refused:
    with pytest.raises(Refused) as caught:
        counter.next(window)
    assert caught.value.code == "nobody_waiting"
    return caught.value


def test_a_window_calls_what_its_clerk_can_do(skilled: Any) -> None:
    """Worked example 13: window 1 serves A and B, its clerk has no skill for B."""
    counter = skilled()
    for queue, at in (("b", 0), ("a", 1), ("b", 2), ("a", 3)):
        counter.take(queue, at)
    counter.open("1")
    assert counter.all_called() == ["A001", "A002"]
    refused = nobody(counter)
    assert refused.facts == {"elsewhere": 2}
    assert refused.sentence == "您能叫的队列现在没有人在等，本窗口的其他队列还有 2 人在等"
    assert "2 wait in this window's other queues" in refused.sentence_en


def test_when_nobody_waits_anywhere_the_sentence_says_that(skilled: Any) -> None:
    counter = skilled()
    counter.open("1")
    refused = nobody(counter)
    assert (refused.facts, refused.sentence) == ({"elsewhere": 0}, "现在没有人在等")


def test_the_skills_are_those_of_who_is_logged_in(skilled: Any) -> None:
    """The same window, another clerk: what it may call follows the person."""
    counter = skilled()
    counter.take("b")
    counter.do(c.OpenWindow, window="1", clerk="0001")
    assert telling.waiting_for(counter.state, "1") == 0
    counter.do(c.CloseWindow, window="1")
    counter.do(c.OpenWindow, window="1", clerk="0003")
    assert telling.waiting_for(counter.state, "1") == 1
    assert counter.next() == "B001"


def test_a_call_by_number_asks_for_no_skill(skilled: Any) -> None:
    """It does not ask the rule: the clerk has the visitor before them."""
    counter = skilled()
    counter.take("b")
    counter.open("1")
    assert counter.do(c.CallNumber, window="1", number="B001")[-1].number == "B001"


def test_what_was_sent_to_a_window_is_called_there_whatever_its_clerk_can_do(skilled: Any) -> None:
    counter = skilled()
    counter.take("b")
    counter.open("2", "1")
    counter.next("2")
    counter.do(c.TransferTicket, window="2", to_window="1")
    assert counter.next("1") == "B001"


def test_a_ticket_is_told_the_windows_that_will_call_it(skilled: Any) -> None:
    """A window is not told while a clerk sits there who has no skill for it; an estimate counts the others."""
    counter = skilled()
    number = counter.take("b")
    assert telling.ticket(counter.state, number)["windows"] == ["1", "2", "3"]
    counter.open("1", "2")
    assert telling.ticket(counter.state, number)["windows"] == ["2", "3"]


def test_an_estimate_counts_the_windows_whose_clerk_can_do_it(skilled: Any) -> None:
    counter = skilled()
    counter.open("1", "2")
    for at in range(3):
        counter.take("b", at * 10)
        counter.next("2")
        counter.at += 10
        counter.do(c.FinishService, window="2")
    for _ in range(4):
        counter.take("b")
    waits.look_ahead(counter.state, counter.now)
    one = waits.of_line(counter.state, "b")["p50_s"]
    counter.open("3")
    waits.look_ahead(counter.state, counter.now)
    assert one > 1.5 * waits.of_line(counter.state, "b")["p50_s"], "one window of two could do B, then two of three"


def test_nobody_is_overtaken_at_a_window_that_may_not_call_them(skilled: Any) -> None:
    counter = skilled()
    counter.take("b", 0)
    counter.take("a", 1)
    counter.open("1")
    (called,) = counter.do(c.CallNext, window="1")
    assert called.why["overtook"] == 0
    assert [each["number"] for each in called.why["candidates"]] == ["A001"]


def test_a_window_that_may_not_call_somebody_counts_for_no_bound_of_theirs(skilled: Any) -> None:
    """run: 1. Window 1 cannot do B, so what it calls does not use up the one time that B001 may be overtaken."""
    zones = (Zone("z", "A", "综合", rule=Rule(parts=("class",), run=1)), Zone("y", "B", "社保"))
    counter = skilled(zones=zones)
    counter.open("1", "2")
    counter.take("b", 0)
    counter.take("a", 1, klass="care")
    counter.take("b", 2, klass="care")
    counter.take("b", 3, klass="care")
    assert counter.next("1") == "A001"
    assert [counter.next("2") for _ in range(3)] == ["B002", "B001", "B003"]


def test_care_is_called_on_its_floor_and_elsewhere_only_while_nobody_works_there(counter_with: Any) -> None:
    """老年人窗口在一楼: window 1 is on the first floor, windows 2 and 3 are not."""
    counter = counter_with(windows=FLOORS, class_floor={"care": "1"})
    counter.take("a", 0, klass="care")
    counter.take("a", 1, klass="care")
    counter.take("a", 2)
    counter.open("1", "2")
    assert telling.waiting_for(counter.state, "2") == 1
    assert counter.next("2") == "A003", "not the older care ticket: a window of its floor is open"
    assert nobody(counter, "2").facts == {"elsewhere": 2}
    assert counter.next("1") == "A001"
    counter.do(c.FinishService, window="1")
    counter.do(c.PauseWindow, window="1", reason="午餐")
    assert counter.next("2") == "A002", "nobody works on its floor now"


def test_a_floor_is_kept_by_who_can_do_it_there(skilled: Any) -> None:
    """The open window of the floor has a clerk without the skill: the ticket does not wait for it."""
    counter = skilled(windows=FLOORS, class_floor={"care": "1"})
    counter.open("1", "2")
    number = counter.take("b", klass="care")
    assert telling.ticket(counter.state, number)["windows"] == ["2", "3"]
    assert counter.next("2") == number


def test_a_care_ticket_is_told_the_windows_of_its_floor_first(counter_with: Any) -> None:
    """While nobody works there, the others after them; once somebody does, those alone."""
    windows = (*FLOORS[1:], FLOORS[0])
    counter = counter_with(windows=windows, class_floor={"care": "1"})
    care, normal = counter.take("a", klass="care"), counter.take("a")
    told = telling.ticket(counter.state, care)
    assert (told["windows"], told["floor"]) == (["1", "2", "3"], "1")
    assert telling.ticket(counter.state, normal)["windows"] == ["2", "3", "1"]
    counter.open("1")
    assert telling.ticket(counter.state, care)["windows"] == ["1"]
    assert telling.ticket(counter.state, normal)["windows"] == ["2", "3", "1"]


def test_who_missed_the_call_and_is_back_waits_for_the_floor_too(counter_with: Any) -> None:
    counter = counter_with(windows=FLOORS, class_floor={"care": "1"})
    counter.take("a", klass="care")
    counter.open("1", "2")
    counter.next("1")
    counter.do(c.MarkNoShow, window="1")
    counter.do(c.ReturnTicket, number="A001")
    assert nobody(counter, "2").facts == {"elsewhere": 1}
    assert telling.waiting_for(counter.state, "2") == 0
    assert counter.next("1") == "A001"


Taking = st.tuples(st.just("take"), st.sampled_from("ab"), st.sampled_from(("normal", "care")))
Steps = st.lists(
    st.one_of(
        Taking,
        *2 * [st.tuples(st.just("next"), st.sampled_from("1123"), st.just(""))],
        st.tuples(st.just("miss"), st.sampled_from("123"), st.just("")),
        st.tuples(st.just("turn"), st.sampled_from("123"), st.just("")),
    ),
    max_size=60,
)


@given(
    rush=st.lists(Taking, max_size=12),
    steps=Steps,
    floor=st.sampled_from(("", "1", "2", "9")),
    run=st.integers(0, 3),
    skills=st.booleans(),
)
def test_whatever_is_pressed_a_window_calls_what_it_may_and_counts_who_that_is(
    counter_with: Any,
    picture: Any,
    rush: list[tuple[str, str, str]],
    steps: list[tuple[str, str, str]],
    floor: str,
    run: int,
    skills: bool,
) -> None:
    """Against the plain definition: skill of who is there, floor of the class; everybody is within somebody's reach."""
    counter = counter_with(
        windows=FLOORS,
        clerks=CLERKS if skills else tuple(Clerk(each.staff_no, each.name) for each in CLERKS),
        class_floor={"care": floor} if floor else {},
        zones=(Zone("z", "A", "综合", rule=Rule(parts=("class",), run=run)), Zone("y", "B", "社保")),
    )
    state = counter.state

    def works(window: str) -> bool:
        return state.windows[window].state not in ("closed", "paused")

    def can(window: str, queue: str) -> bool:
        skills = counter.plan.clerk[state.windows[window].clerk].skills if state.windows[window].clerk else ()
        return not skills or queue in skills

    def waiting_in(queue: str) -> list[Any]:
        return [t for t in state.tickets.values() if t.state == "waiting" and t.queue == queue and not t.due]

    def may(window: str, ticket: Any) -> bool:
        there = [w.id for w in FLOORS if w.floor == floor and works(w.id) and can(w.id, ticket.queue)]
        kept = ticket.klass == "care" and floor and there and window not in there
        return can(window, ticket.queue) and not kept

    counter.open("1", "2")
    overtaken: dict[str, int] = {}
    for what, name, klass in (*rush, *steps):
        counter.at += 1
        if what == "take":
            counter.take(name, klass=klass)
        elif what == "turn":
            if not works(name):
                counter.do(c.OpenWindow, window=name)
            elif state.windows[name].ticket:
                counter.do(c.FinishService, window=name)
            else:
                counter.do(c.CloseWindow, window=name, confirm=True)
        elif what == "miss" and state.windows[name].state == "calling":
            number = state.windows[name].ticket
            counter.do(c.MarkNoShow, window=name)
            counter.do(c.ReturnTicket, number=number)
        elif what == "next" and works(name):
            mine = {each.number for each in state.tickets.values() if each.state == "waiting" and may(name, each)}
            assert telling.waiting_for(state, name) == len(mine)
            everybody = sum(each.state == "waiting" for each in state.tickets.values())
            assert reach.elsewhere(state, name) == everybody - len(mine)
            choice = choose(state, name, counter.now)
            assert (choice is None) == (not mine)
            if choice:
                assert choice.ticket.number in mine
                assert {each["number"] for each in choice.why["candidates"]} <= mine
                heads = {
                    queue: min(them, key=lambda each: each.place)
                    for queue in "ab"
                    if (them := [each for each in waiting_in(queue) if each.klass == "normal" and may(name, each)])
                }
                assert counter.next(name) == choice.ticket.number
                for head in heads.values():
                    older = head.place < choice.ticket.place
                    overtaken[head.number] = overtaken.get(head.number, 0) + 1 if older else 0
                    assert not run or overtaken[head.number] <= run, "in a row, by windows that could have called it"
    assert picture(replay(counter.events, HallState(counter.plan))) == picture(state)
    for waiting in (each for each in state.tickets.values() if each.state == "waiting"):
        assert reach.windows_for(state, waiting.queue, waiting.klass), "told of a window"
        if any(works(w.id) and can(w.id, waiting.queue) for w in FLOORS):
            assert any(works(w.id) and may(w.id, waiting) for w in FLOORS), "an open window could call, and none may"
