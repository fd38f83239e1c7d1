"""The one door: one commit for many, nobody told before it is durable, each command once, each day anew."""

from __future__ import annotations

import json
import os
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from caller.dispatcher import Dispatcher, NotKept
from caller.journal import Answer, Journal
from hall import commands as c
from hall import events as ev
from hall.plan import Plan


def take(door: Dispatcher, command_id: str = "", service: str = "tax-return", asks: Any = None) -> Answer:
    """Take a number; the answer's body is {"number", "seq"}."""
    return door.handle(
        command_id,
        lambda at: c.TakeTicket(at=at, actor="t", service=service, token=os.urandom(8).hex()),
        lambda state, events, seq: {"number": events[0].number, "seq": seq},
        status=201,
        asks=asks if asks is not None else ["take", service],
    )


def press(door: Dispatcher, command: type[c.Command], command_id: str = "", **words: Any) -> Answer:
    return door.handle(
        command_id,
        lambda at: command(at=at, actor="t", **words),
        lambda state, events, seq: {"numbers": [getattr(event, "number", "") for event in events]},
        asks=[command.__name__, words],
    )


def number(answer: Answer) -> str:
    return json.loads(answer.body)["number"]


class Disk:
    """A slow or broken disk: a commit waits at `gate`; `kept` tells how many events there were after each."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.gate.set()
        self.at_gate = threading.Event()
        self.broken = False
        self.kept: list[int] = []

    def __call__(self, f: Callable[..., Any], *args: Any) -> Any:
        self.at_gate.set()
        assert self.gate.wait(20)
        if self.broken:
            raise sqlite3.OperationalError("disk I/O error")
        f(*args)
        self.kept.append(f.__self__.execute("select count(*) from events").fetchone()[0])  # type: ignore[attr-defined]


def in_thread(f: Callable[..., Any], *args: Any) -> tuple[threading.Thread, list[Any]]:
    given: list[Any] = []
    thread = threading.Thread(target=lambda: given.append(f(*args)), daemon=True)
    thread.start()
    return thread, given


def test_commands_that_arrive_during_a_commit_share_the_next_one(
    door: Callable[..., Dispatcher], until: Callable[..., Any], at_once: Callable[..., Any]
) -> None:
    disk = Disk()
    hall = door(run_blocking=disk)
    disk.gate.clear()
    disk.at_gate.clear()
    first, _ = in_thread(take, hall)
    assert disk.at_gate.wait(10)
    others = [in_thread(take, hall) for _ in range(30)]
    until(lambda: hall._door.qsize() == 30)
    disk.gate.set()
    for thread, _ in [(first, None), *others]:
        thread.join(10)
    assert disk.kept == [1, 2, 32], "the day's opening, then one, then all that came meanwhile"
    assert sorted(number(given[0]) for _, given in others) == [f"A{n:03d}" for n in range(2, 32)]
    assert sorted(json.loads(given[0].body)["seq"] for _, given in others) == list(range(3, 33))


def test_nobody_is_answered_and_nobody_can_read_before_the_commit(
    door: Callable[..., Dispatcher], until: Callable[..., Any]
) -> None:
    """What is told is on disk: the reader sees the ticket only with the journal's row beside it."""
    disk = Disk()
    hall = door(run_blocking=disk)
    told: list[ev.Event] = []
    hall.listeners.append(told.extend)
    disk.gate.clear()
    disk.at_gate.clear()
    taking, answers = in_thread(take, hall)
    assert disk.at_gate.wait(10)

    def read() -> tuple[int, int]:
        with hall.reading() as state:
            return len(state.tickets), hall.seq

    reading, seen = in_thread(read)
    reading.join(0.2)
    assert (answers, seen, told) == ([], [], []), "the commit is still at the gate"
    disk.gate.set()
    taking.join(10)
    reading.join(10)
    assert (number(answers[0]), seen) == ("A001", [(1, 2)])
    until(lambda: [type(event) for event in told] == [ev.TicketTaken])


def test_a_commit_that_fails_is_told_and_leaves_nothing(door: Callable[..., Dispatcher]) -> None:
    """The state is the journal's again, and the next command works with the number that was not given."""
    disk = Disk()
    hall = door(run_blocking=disk)
    told: list[ev.Event] = []
    assert number(take(hall, "one")) == "A001"
    hall.listeners.append(told.extend)
    disk.broken = True
    with pytest.raises(NotKept):
        take(hall, "two")
    with hall.reading() as state:
        assert list(state.tickets) == ["A001"]
    assert told == []
    disk.broken = False
    assert number(take(hall, "two")) == "A002", "the same id again is done now"
    assert take(hall, "two") == take(hall, "two")
    assert hall.journal.verify() == hall.seq == 3


def test_while_the_journal_cannot_be_read_nobody_reads_and_nothing_is_done(
    door: Callable[..., Dispatcher], monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = Disk()
    hall = door(run_blocking=disk)
    disk.broken = True
    with monkeypatch.context() as gone:
        gone.setattr(hall.journal, "today", lambda: (_ for _ in ()).throw(sqlite3.OperationalError("no disk")))
        for _ in range(2):
            with pytest.raises(NotKept):
                take(hall)
        with pytest.raises(NotKept), hall.reading():
            raise AssertionError("nobody may read")
    disk.broken = False
    assert number(take(hall)) == "A001"


def test_the_same_id_gives_the_same_answer_also_after_a_restart(door: Callable[..., Dispatcher]) -> None:
    hall = door()
    press(hall, c.OpenWindow, window="1")
    first, no = take(hall, "t-1"), press(hall, c.CallNext, "n-1", window="3")
    assert (first.status, no.status, json.loads(no.body)["code"]) == (201, 409, "window_closed")
    press(hall, c.OpenWindow, window="3")
    for _ in range(2):
        assert take(hall, "t-1") == first
        assert press(hall, c.CallNext, "n-1", window="3") == no, "a refusal stays a refusal for its id"
        hall.stop()
        hall = door()
    assert number(take(hall)) == "A002"


def test_the_same_id_for_something_else_is_refused(door: Callable[..., Dispatcher]) -> None:
    hall = door()
    take(hall, "id")
    for _ in range(2):
        other = take(hall, "id", service="pension")
        assert (other.status, json.loads(other.body)["code"]) == (422, "id_reused")
        hall.stop()
        hall = door()


def test_the_same_id_twice_in_one_commit_is_done_once(
    door: Callable[..., Dispatcher], until: Callable[..., Any]
) -> None:
    disk = Disk()
    hall = door(run_blocking=disk)
    disk.gate.clear()
    disk.at_gate.clear()
    in_thread(take, hall)
    assert disk.at_gate.wait(10)
    others = [in_thread(take, hall, "id") for _ in range(5)]
    until(lambda: hall._door.qsize() == 5)
    disk.gate.set()
    for thread, _ in others:
        thread.join(10)
    assert {number(given[0]) for _, given in others} == {"A002"}


def test_without_an_id_each_is_done(door: Callable[..., Dispatcher]) -> None:
    hall = door()
    assert [number(take(hall)) for _ in range(3)] == ["A001", "A002", "A003"]


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


def test_whoever_comes_after_the_end_is_told_and_does_not_wait_for_ever(door: Callable[..., Dispatcher]) -> None:
    hall = door()
    hall.stop()
    with pytest.raises(NotKept):
        take(hall)


def test_what_stands_at_the_door_at_the_end_is_still_done(
    door: Callable[..., Dispatcher], until: Callable[..., Any], tmp_path: Path, plan: Plan
) -> None:
    disk = Disk()
    hall = door(run_blocking=disk)
    disk.gate.clear()
    disk.at_gate.clear()
    others = [in_thread(take, hall)]
    assert disk.at_gate.wait(10)
    others += [in_thread(take, hall) for _ in range(4)]
    until(lambda: hall._door.qsize() == 4)
    ending, _ = in_thread(hall.stop)
    disk.gate.set()
    ending.join(10)
    assert sorted(number(given[0]) for _, given in others) == [f"A{n:03d}" for n in range(1, 6)]


def test_a_plan_that_lost_a_window_a_queue_and_a_service_today_still_replays(
    door: Callable[..., Dispatcher], plan: Plan
) -> None:
    """Somebody edits the config at noon: the tickets of the morning are still there."""
    from dataclasses import replace

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
