"""Persons and quotas by example: what is said to whom, which numbers count, who is a no-show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from hall import commands as c
from hall import quota
from hall.errors import Refused
from hall.hours.shifts import WEEKDAYS, Hours, Shift
from hall.no_shows import blocked_until
from hall.slots import Slots


def sentence(hall: Any, **words: Any) -> str:
    with pytest.raises(Refused) as caught:
        hall.do(c.TakeTicket, token="again", **words)
    return caught.value.sentence


def test_who_has_a_ticket_is_told_where_it_stands(counter: Any) -> None:
    counter.open("1")
    counter.take("a")
    number = counter.take("a", person="wang")
    again = {"service": "sa", "person": "wang"}
    assert sentence(counter, **again) == f"您在这里已经有 {number} 号，等候中：前面还有 1 人"
    counter.next()
    counter.next()
    assert sentence(counter, **again) == f"您在这里已经有 {number} 号，已被叫：请到 1 号窗口"
    counter.do(c.MarkNoShow, window="1")
    assert sentence(counter, **again) == f"您在这里已经有 {number} 号，已过号：请报到，不用重新取号"
    counter.do(c.CallNumber, window="1", number=number)
    counter.do(c.HoldTicket, window="1")
    assert sentence(counter, **again) == f"您在这里已经有 {number} 号，已挂起：窗口还会叫您"


def test_another_queue_is_another_matter(counter: Any) -> None:
    assert [counter.take("a", person="wang"), counter.take("b", person="wang")] == ["A001", "B001"]


def test_the_sentence_says_until_when(counter_with: Callable[..., Any]) -> None:
    hall = counter_with(no_shows_to_block=1, block_days=8)
    hall.state.no_shows.count(hall.plan, "wang", "2026-11-22")
    assert sentence(hall, service="sa", person="wang") == (
        "您近来几次取号后没有来，到 11 月 30 日为止不能取号；有事请到服务台"
    )


def test_a_service_that_asks_nobody_knows_nobody(counter_with: Callable[..., Any]) -> None:
    hall = counter_with()
    services = tuple(replace(service, person="none") for service in hall.plan.services)
    hall = counter_with(services=services)
    hall.take("a", person="wang")
    hall.take("a", person="wang")
    assert {it.person for it in hall.state.tickets.values()} == {""}
    assert "wang" not in repr(hall.events)


def test_each_shift_has_its_numbers(counter_with: Callable[..., Any]) -> None:
    """From half past eight to ten two numbers, from half past ten to noon one; the sentence says which are gone."""
    shifts = (Shift(480, 600, 600, "早班", WEEKDAYS), Shift(630, 720, 720, "晚班", WEEKDAYS))
    plan = counter_with().plan
    queues = tuple(replace(it, quota={"早班": 2, "晚班": 1}) for it in plan.queues)
    hall = counter_with(hours=Hours(shifts), queues=queues)
    again = {"service": "sa"}
    for _ in range(2):
        hall.do(c.TakeTicket, service="sa", token=f"t{len(hall.events)}")
    assert quota.left(hall.state, "a", hall.now) == 0 and not quota.few_left(hall.state, "a", hall.now)
    assert sentence(hall, **again) == "早班号已取完，如窗口空闲可直接到窗口办理。"
    hall.at = 130
    assert quota.left(hall.state, "a", hall.now) == 1
    assert quota.left(hall.state, "b", hall.now) == 1
    hall.do(c.TakeTicket, service="sa", token="last")
    assert sentence(hall, **again) == "今日号已取完，如窗口空闲可直接到窗口办理。"


def test_a_booking_that_nobody_checked_in_is_a_no_show(counter_with: Callable[..., Any]) -> None:
    plan = counter_with().plan
    slots = Slots(capacity=3)
    hall = counter_with(
        queues=tuple(replace(it, bookings=slots) for it in plan.queues), no_shows_to_block=1, block_days=2
    )
    for day in ("2026-11-22", "2026-11-26"):
        hall.do(c.MakeBooking, service="sa", day=day, slot="10:00", code=f"C{day[-2:]}", person="wang", name="")
    hall.at += 24 * 60
    hall.do(c.OpenDay, day="2026-11-23")
    assert blocked_until(hall.state, "wang", "2026-11-23") == "2026-11-24"
    book = {"service": "sa", "slot": "10:00", "code": "C", "person": "wang", "name": ""}
    assert hall.refusal(c.MakeBooking, day="2026-11-24", **book) == "blocked"
    hall.do(c.MakeBooking, day="2026-11-25", **book)
    assert hall.refusal(c.TakeTicket, service="sa", token="t", person="wang") == "blocked"


@pytest.mark.parametrize(("counts", "left"), [(False, 5), (True, 4)])
def test_a_booking_takes_one_of_the_quota_only_if_the_hall_says_so(
    counter_with: Callable[..., Any], counts: bool, left: int
) -> None:
    plan = counter_with().plan
    hall = counter_with(queues=tuple(replace(it, quota={"": 5}, quota_counts_bookings=counts) for it in plan.queues))
    hall.take("a", booking="K7", klass="booked", class_by="booking")
    assert quota.left(hall.state, "a", hall.now) == left
