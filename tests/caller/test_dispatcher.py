"""The one door: one commit for many, nobody told before it is durable, each command once."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from caller.dispatcher import Dispatcher, NotKept
from hall import commands as c
from hall import events as ev
from hall.plan import Plan

from .doors import Disk, in_thread, number, press, take


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


def test_a_full_disk_is_logged_once_when_lost_and_once_when_back(door: Callable[..., Dispatcher]) -> None:
    disk = Disk()
    hall = door(run_blocking=disk)
    with capture_logs() as logged:
        disk.broken = True
        for _ in range(5):
            with pytest.raises(NotKept):
                take(hall)
        disk.broken = False
        take(hall)
        take(hall)
    assert [entry["log_level"] for entry in logged] == ["error", "info"]


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
