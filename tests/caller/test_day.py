"""Each day anew: numbers, ids, zones and clocks, and a config that was changed at noon."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from caller.dispatcher import Dispatcher, NotKept
from caller.journal import Journal
from hall import commands as c
from hall import events as ev
from hall.plan import Plan

from .doors import Disk, number, press, take


def test_a_new_day_begins_at_its_hour_with_number_one(door: Callable[..., Dispatcher], clock: Any) -> None:
    hall = door()
    take(hall, "yesterday")
    clock.at = "2026-11-23 03:59"
    assert (number(take(hall)), hall.day) == ("A002", "2026-11-22")
    clock.at = "2026-11-23 04:00"
    assert (number(take(hall, "yesterday")), hall.day) == ("A001", "2026-11-23"), "yesterday's ids are forgotten"
    rows = hall.journal._conn.execute("select day, number, state from tickets order by day, number").fetchall()
    assert rows == [
        ("2026-11-22", "A001", "unserved"),
        ("2026-11-22", "A002", "unserved"),
        ("2026-11-23", "A001", "waiting"),
    ]
    assert hall.journal.verify() == hall.seq


def test_a_clock_set_back_does_not_open_yesterday_again(door: Callable[..., Dispatcher], clock: Any) -> None:
    hall = door()
    take(hall)
    clock.at = "2026-11-20 09:00"
    assert (number(take(hall)), hall.day) == ("A002", "2026-11-22")
    hall.stop()
    hall = door()
    assert (number(take(hall)), hall.day) == ("A003", "2026-11-22")


def test_an_id_of_yesterday_that_a_killed_hub_did_not_forget_is_no_obstacle(
    door: Callable[..., Dispatcher], clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall = door()
    take(hall, "old")
    monkeypatch.setattr(Journal, "forget_answers", lambda self, before: None)
    clock.at = "2026-11-23 09:00"
    assert number(take(hall, "old")) == "A001"


def test_a_day_that_cannot_be_opened_is_opened_by_the_next_command(door: Callable[..., Dispatcher], clock: Any) -> None:
    disk = Disk()
    hall = door(run_blocking=disk)
    take(hall, "id")
    clock.at = "2026-11-23 09:00"
    disk.broken = True
    with pytest.raises(NotKept):
        take(hall)
    assert (hall.day, take_earlier(hall)) == ("2026-11-22", "A001")
    disk.broken = False
    assert (number(take(hall)), hall.day) == ("A001", "2026-11-23")


def take_earlier(hall: Dispatcher) -> str:
    earlier = hall.earlier("id")
    assert earlier is not None
    return number(earlier)


@pytest.mark.parametrize("machine", ["UTC", "America/Los_Angeles", "Pacific/Kiritimati"])
def test_the_machines_own_zone_changes_nothing(
    door: Callable[..., Dispatcher], clock: Any, monkeypatch: pytest.MonkeyPatch, machine: str
) -> None:
    """The hall's day and times are those of its own zone: after 5 pm as before."""
    monkeypatch.setenv("TZ", machine)
    time.tzset()
    try:
        clock.zone, clock.at = "UTC", "2026-11-22 15:30"  # half past eleven in the evening in the hall
        hall = door()
        take(hall)
        assert (hall.day, hall.now().isoformat()) == ("2026-11-22", "2026-11-22T23:30:00+08:00")
        clock.at = "2026-11-22 20:00"
        assert (number(take(hall)), hall.day) == ("A001", "2026-11-23")
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_listener_that_fails_harms_nobody(door: Callable[..., Dispatcher], clock: Any) -> None:
    """Neither the command, nor the other listeners, nor a new day."""
    hall = door()
    told: list[ev.Event] = []

    def broken(events: list[ev.Event]) -> None:
        raise RuntimeError("a broken listener")

    hall.listeners += [broken, told.extend]
    take(hall)
    clock.at = "2026-11-23 09:00"
    assert number(take(hall)) == "A001"
    hall.stop()
    assert [type(event).__name__ for event in told] == ["TicketTaken", "DayClosed", "DayOpened", "TicketTaken"]


def test_a_plan_that_lost_a_window_a_queue_and_a_service_today_still_replays(
    door: Callable[..., Dispatcher], plan: Plan
) -> None:
    """Somebody edits the config at noon: the tickets of the morning are still there."""
    hall = door()
    for window in ("1", "3"):
        press(hall, c.OpenWindow, window=window)
    take(hall, service="pension")
    take(hall, service="pension")
    press(hall, c.CallNext, window="3")
    hall.stop()
    less = replace(
        plan,
        queues=plan.queues[:1],
        services=plan.services[:2],
        windows=tuple(replace(w, queues={"tax": 1}) for w in plan.windows[:2]),
    )
    hall = door(plan=less)
    with hall.reading() as state:
        assert {ticket.state for ticket in state.tickets.values()} == {"called", "waiting"}
    assert json.loads(press(hall, c.CallNext, window="1").body)["code"] == "nobody_waiting"
    assert press(hall, c.CallNumber, window="1", number="B002").status == 200
