"""Bookings: never more than a slot holds, also over the turn of the day; who comes early, late, never."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hall import commands as c
from hall import events as ev
from hall.bookings import ALPHABET
from hall.decide import decide
from hall.errors import Refused
from hall.evolve import replay
from hall.offers import offers
from hall.plan import Queue, Rule, Service, Window, Zone
from hall.rule.reasons import why_sentence
from hall.slots import Slots
from hall.state import HallState

from .as_kept import through_json
from .ways_of_booking import DAY, refused_rows, row

BOOKED_FIRST = Zone("z", "A", "综合", rule=Rule(parts=("booked_on_time",)))


@pytest.fixture
def hall(counter_with: Callable[..., Any]) -> Any:
    """The counter whose zone calls booked visitors first, window 1 open."""
    counter = counter_with(zones=(BOOKED_FIRST, Zone("y", "B", "社保")))
    counter.open("1")
    return counter


def free(counter: Any, day: str = DAY) -> dict[str, int]:
    return {slot.name: left for slot, left in offers(counter.state, "sa", counter.now).of_day(day)}


def test_a_booked_visitor_on_time_comes_first_when_the_slot_has_come(hall: Any) -> None:
    """Worked example 9: K1 has slot 30 and is checked in at 20."""
    hall.book("KONE", "09:00")
    hall.take("a", 5)
    assert hall.check_in("KONE", at=20) == "K001"
    hall.take("a", 22)
    hall.at = 25
    assert hall.next() == "A001", "before its slot it is no candidate while others wait"
    hall.at = 30
    assert hall.next() == "K001"
    why = hall.state.tickets["K001"].why
    assert (why["part"], why["overtook"], why["oldest"]) == ("booked_on_time", 1, "A002")
    assert why_sentence(why)["zh"] == "预约 09:00 的时段到了，先于 A002 等 1 人"
    assert hall.next() == "A002"


def test_who_checks_in_after_the_window_is_an_ordinary_ticket_from_then(hall: Any) -> None:
    """Worked example 9, its last sentence: the window is until 30 minutes after the slot's start."""
    for code in ("LAST", "LATE"):
        hall.book(code, "09:00")
    assert hall.check_in("LAST", at=60) == "K001"
    number = hall.check_in("LATE", at=60.1)
    late = hall.state.tickets[number]
    assert (number, late.klass, late.slot, late.standing) == ("A001", "normal", None, hall.now)
    assert hall.state.tickets["K001"].standing == hall.opening + timedelta(minutes=30)


def test_before_the_slot_a_booked_visitor_is_called_when_nobody_else_waits(hall: Any) -> None:
    hall.book("EARLY")
    hall.check_in("EARLY", at=20)
    assert hall.next() == "K001"
    assert why_sentence(hall.state.tickets["K001"].why)["zh"] == "预约时段还没到，没有别人在等"


def test_a_booked_visitor_before_the_slot_goes_before_nobody_whatever_the_rule(counter_with: Any) -> None:
    """Ranks and shares of the class `booked` hold for who is called by the slot, from the slot on."""
    by_class = Zone("z", "A", "综合", rule=Rule(parts=("class",), classes=("booked", "normal")))
    counter = counter_with(zones=(by_class, Zone("y", "B", "社保")))
    counter.open("1")
    counter.book("K")
    counter.check_in("K", at=20)
    counter.take("b", 21)
    counter.take("b", 22)
    assert counter.next() == "B001"
    counter.at = 30
    assert counter.next() == "K001"


def test_sent_to_the_end_of_a_queue_a_booked_ticket_stands_there_like_others(hall: Any) -> None:
    hall.book("K")
    hall.check_in("K", at=20)
    hall.take("b", 21)
    hall.at = 31
    assert hall.next() == "K001"
    hall.do(c.TransferTicket, window="1", queue="b", place="end")
    assert hall.all_called() == ["B001", "K001"]


def test_booked_numbers_run_for_themselves_or_with_the_queues_own(counter_with: Any) -> None:
    own = counter_with()
    shared = counter_with(
        queues=(Queue("a", "z", "甲", "A", bookings=Slots(capacity=2)), *own.plan.queues[1:]),
    )
    for counter, numbers in ((own, ["A001", "K001", "A002", "K002"]), (shared, ["A001", "A002", "A003", "A004"])):
        counter.book("ONE")
        counter.book("TWO")
        counter.at = 20
        given = [counter.take("a"), counter.check_in("ONE"), counter.take("a"), counter.check_in("TWO")]
        assert given == numbers


def test_of_several_bookings_the_person_uses_the_one_that_is_due(hall: Any) -> None:
    """The first is over by ten o'clock: the person checks in for the second, and gets the first afterwards, late.

    Afterwards: one person has one live ticket in a queue.
    """
    hall.book("ONE", "09:00", person="p")
    hall.do(c.ImportBookings, rows=(row(slot="10:00", person="p", code="TWO"),))
    hall.check_in("", at=80, person="p")
    assert {code: it.state for code, it in hall.state.bookings.by_code.items()} == {
        "ONE": "booked",
        "TWO": "checked_in",
    }
    assert hall.refusal(c.CheckIn, code="", token="t", person="p") == "already_waiting"
    hall.next()
    hall.do(c.FinishService, window="1")
    assert hall.state.tickets[hall.check_in("", person="p")].klass == "normal"
    assert hall.refusal(c.CheckIn, code="", token="t", person="p") == "booking_used"


def test_a_full_slot_tells_the_next_that_are_free_also_tomorrow(hall: Any) -> None:
    for n in range(2):
        hall.book(f"FULL{n}", "16:30")
        hall.book(f"LAST{n}", "16:00")
    with pytest.raises(Refused) as full:
        hall.book("MORE", "16:00")
    offered = [(slot["day"], slot["slot"], slot["free"]) for slot in full.value.facts["free"]]
    assert offered == [("2026-11-23", "09:00", 2), ("2026-11-23", "09:30", 2), ("2026-11-23", "10:00", 2)]
    hall.do(c.CancelBooking, code="FULL0")
    with pytest.raises(Refused) as full:
        hall.book("MORE", "16:00")
    assert (full.value.facts["free"][0]["slot"], full.value.facts["free"][0]["free"]) == ("16:30", 1)


SA = (Service("sa", "甲事", "a"),)
W1 = (Window("1", "z", "1", {"a": 1}),)
SLOTS = ("09:00", "09:30", "10:00")
ACTS = st.lists(
    st.tuples(
        st.sampled_from(["book", "book", "cancel", "check_in", "wait", "import", "day"]),
        st.integers(0, 12),
        st.sampled_from(SLOTS),
        st.integers(0, 1),
    ),
    max_size=40,
)


@settings(deadline=None)
@given(acts=ACTS, capacity=st.integers(1, 3))
def test_no_history_puts_more_into_a_slot_than_it_holds(counter_with: Any, acts: list[Any], capacity: int) -> None:
    """Booked, cancelled, imported, checked in, over the turn of the day: free + taken is the capacity, and a replay
    through JSON gives the same picture."""
    counter = counter_with(
        queues=(Queue("a", "z", "甲", "A", bookings=Slots(capacity=capacity)),), services=SA, windows=W1
    )
    for n, (what, which, slot, later) in enumerate(acts):
        day = (counter.opening + timedelta(days=later)).date()
        today = counter.state.day
        day = max(today, day.isoformat())
        codes = list(counter.state.bookings.by_code)
        code = codes[which % len(codes)] if codes else "NONE"
        try:
            if what == "book":
                counter.book(f"B{n}", slot, day)
            elif what == "cancel":
                counter.do(c.CancelBooking, code=code)
            elif what == "check_in":
                counter.check_in(code)
            elif what == "wait":
                counter.at += 5 * which
            elif what == "import":
                rows = tuple(
                    row(line=i, code=f"I{n}-{i}", external=f"x{n}-{i}", slot=slot, day=day) for i in range(which)
                )
                counter.do(c.ImportBookings, rows=rows, skip_bad=True)
            elif later:
                counter.at += 24 * 60
                counter.do(c.OpenDay, day=(datetime.fromisoformat(today) + timedelta(days=1)).date().isoformat())
        except Refused:
            pass
        standing = [it for it in counter.state.bookings.by_code.values() if it.state != "cancelled"]
        for it in standing:
            taken = sum((each.day, each.start) == (it.day, it.start) for each in standing)
            assert taken <= capacity
            assert taken == counter.state.bookings.taken("a", it.start)
        assert sum(free(counter, counter.state.day).values()) <= capacity * 16
    again = replay(map(through_json, counter.events), HallState(counter.plan))
    assert again.picture() == counter.state.picture()


def test_bookings_of_days_to_come_are_there_when_their_day_comes_and_a_restart_reads_that_day_alone(hall: Any) -> None:
    hall.book("MORROW", "09:00", "2026-11-23", name="王*")
    hall.book("TODAY")
    hall.at = 24 * 60
    before = len(hall.events)
    hall.do(c.OpenDay, day="2026-11-23")
    opened = hall.events[-1]
    restarted = replay([through_json(opened)], HallState(hall.plan))
    assert restarted.picture() == hall.state.picture()
    assert [asdict(it)["code"] for it in restarted.bookings.of_day("2026-11-23")] == ["MORROW"]
    missed = [event for event in hall.events[before:] if isinstance(event, ev.BookingMissed)]
    assert [(event.code, event.day) for event in missed] == [("TODAY", DAY)]
    assert hall.check_in("MORROW", at=24 * 60 + 20) == "K001"


def test_who_never_came_is_a_no_show_when_the_day_closes_and_who_came_late_is_not(hall: Any) -> None:
    for code, slot in (("CAME", "09:00"), ("LATE", "09:00"), ("NEVER", "09:30"), ("OFF", "09:30")):
        hall.book(code, slot, person=code.lower())
    hall.check_in("CAME", at=30)
    hall.check_in("LATE", at=90)
    hall.do(c.CancelBooking, code="OFF")
    hall.at = 24 * 60
    events = hall.do(c.OpenDay, day="2026-11-23")
    assert [(it.code, it.person) for it in events if isinstance(it, ev.BookingMissed)] == [("NEVER", "never")]


def test_a_file_is_taken_over_whole_or_not_at_all_and_every_bad_line_is_told(hall: Any) -> None:
    rows = (
        row(line=2, external="x1"),
        row(line=3, external="x2", code="C2", slot="09:10"),
        row(line=4, external="x3", code="C3"),
        row(line=5, external="x4", code="C4"),
        row(line=6, external="x5", code="C5", service="none"),
    )
    garbled = c.UnreadableRow(7, "bad_day", "日期不对", "bad day")
    command = c.ImportBookings(at=hall.now, rows=rows, unreadable=(garbled,))
    told = [(it["line"], it["code"]) for it in refused_rows(hall, command)]
    assert told == [(3, "no_slot"), (5, "slot_full"), (6, "unknown_service"), (7, "bad_day")]
    for event in hall.do(c.ImportBookings, rows=rows, unreadable=(garbled,), skip_bad=True)[-1:]:
        assert (event.made, event.known, event.skipped) == (2, 0, [3, 5, 6, 7])
    assert "09:00" not in free(hall)


def test_the_same_file_twice_changes_nothing_also_the_next_morning_and_after_a_cancellation(hall: Any) -> None:
    rows = tuple(row(line=n, external=f"x{n}", code=f"C{n}", day="2026-11-23") for n in (2, 3))
    hall.do(c.ImportBookings, rows=rows)
    hall.do(c.CancelBooking, code="C2")
    again = tuple(replace(it, code=f"AGAIN{it.line}") for it in rows)
    assert hall.do(c.ImportBookings, rows=again) == []
    hall.at = 23 * 60
    hall.do(c.OpenDay, day="2026-11-23")
    assert hall.do(c.ImportBookings, rows=again) == []
    assert hall.state.bookings.by_code["C2"].state == "cancelled"


def test_decide_takes_both_a_ticket_and_the_booking_or_neither(hall: Any) -> None:
    """A kiosk that does not exist takes no number, and the booking can still be used."""
    hall.book("K")
    hall.at = 20
    assert hall.refusal(c.CheckIn, code="K", token="t", kiosk="9") == "unknown_kiosk"
    made = decide(c.CheckIn(at=hall.now, code="K", token="t"), hall.state)
    assert [type(event).__name__ for event in made] == ["TicketTaken", "BookingCheckedIn"]


def test_a_code_has_no_letters_that_are_taken_for_others() -> None:
    assert len(set(ALPHABET)) == 32 and not set(ALPHABET) & set("0O1I")
