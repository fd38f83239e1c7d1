"""When slots are: within hours, in their business day; and whom the hours let check in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hall import commands as c
from hall.hours.shifts import Hours, Shift
from hall.plan import Queue, Service, Window
from hall.slots import Slots, slots_of_day

from .ways_of_booking import DAY

SA = (Service("sa", "甲事", "a"),)
W1 = (Window("1", "z", "1", {"a": 1}),)


def named(counter: Any, slots: Slots, day: str) -> list[str]:
    plan = counter.plan
    times = slots_of_day(slots, "z", day, plan.timetable, plan.day_starts)
    return [f"{slot.start:%d %H:%M}–{slot.end:%H:%M}" for slot in times]


def test_a_slot_belongs_to_the_business_day_it_begins_in(counter_with: Any) -> None:
    """Also in a hall whose day begins at noon: what begins before noon is tomorrow's by the calendar."""
    assert named(counter_with(day_starts="12:00"), Slots(minutes=45, begins="10:00", ends="13:30"), DAY) == [
        "22 12:15–13:00",
        "23 10:00–10:45",
        "23 10:45–11:30",
        "23 11:30–12:15",
    ]


def test_slots_lie_in_the_hours_of_the_zone_and_there_are_none_on_days_that_it_is_closed(counter_with: Any) -> None:
    """With a lunch break, on a Monday; 2026-11-22 is a Sunday; 2026-10-01 is a holiday."""
    hours = Hours((Shift(540, 690, 720), Shift(840, 1020, 1050)))
    counter = counter_with(hours=hours)
    hourly = Slots(minutes=60)
    expected = [
        "23 09:00–10:00",
        "23 10:00–11:00",
        "23 11:00–12:00",
        "23 14:00–15:00",
        "23 15:00–16:00",
        "23 16:00–17:00",
    ]
    assert named(counter, hourly, "2026-11-23") == expected
    assert named(counter, replace(hourly, begins="10:30", ends="15:30"), "2026-11-23") == [
        "23 10:30–11:30",
        "23 14:30–15:30",
    ]
    for closed in (DAY, "2026-10-01"):
        assert named(counter, hourly, closed) == []
    assert named(counter_with(), hourly, DAY)[0] == "22 09:00–10:00", "without written hours the usual ones"


def test_who_has_booked_checks_in_before_the_doors_open_and_after_the_last_ticket(counter_with: Any) -> None:
    """Opening 09:00, last ticket 09:20, closing 09:35: minutes 30, 50 and 65. A late one is like everybody else."""
    every_day = Shift(540, 560, 575, days=("workdays", "restdays"))
    queue = Queue("a", "z", "甲", "A", bookings=Slots(minutes=15, capacity=9, late=10), booked_letters="K")
    counter = counter_with(hours=Hours((every_day,)), queues=(queue,), services=SA, windows=W1)
    for code, slot in (("FIRST", "09:00"), ("LAST", "09:15"), ("LATE", "09:00"), ("NEVER", "09:15")):
        counter.book(code, slot)
    counter.at = 16
    assert counter.refusal(c.TakeTicket, service="sa", token="t") == "not_open"
    assert counter.check_in("FIRST") == "K001"
    counter.at = 55
    assert counter.refusal(c.CheckIn, code="LATE", token="t") == "last_ticket_over"
    assert counter.check_in("LAST") == "K002"
    counter.at = 70
    assert counter.refusal(c.CheckIn, code="NEVER", token="t") == "last_ticket_over"
