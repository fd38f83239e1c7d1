"""An error of this program in one command: that one is told, the others that share its commit are done."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from caller.at_the_door import Waiting
from caller.dispatcher import Dispatcher
from caller.journal import Journal
from hall import commands as c
from hall.evolve import replay
from hall.plan import Plan
from hall.state import HallState

from .doors import number, take
from .halls import Clock


class Unknown(c.Command):
    """Nobody decides it."""


def _raise(*_: Any) -> Any:
    raise RuntimeError("a fault")


def taken(token: Any = "t", service: str = "tax-return") -> Callable[..., c.Command]:
    return lambda at: c.TakeTicket(at=at, actor="t", service=service, token=token)


FAULTS: dict[str, tuple[Callable[..., c.Command], Callable[..., Any]]] = {
    "making it": (_raise, lambda *_: {}),
    "deciding it": (lambda at: Unknown(at=at), lambda *_: {}),
    "half of it has happened": (taken(token=[]), lambda *_: {}),
    "telling it": (taken("t"), _raise),
    "an answer that is no JSON": (taken("t"), lambda *_: {"it": object()}),
    "an event that is no JSON": (taken(token=object()), lambda *_: {}),
}


Kind = st.sampled_from(["good", "refused", *FAULTS])


@pytest.fixture(scope="module")
def fresh(plan: Plan) -> Iterator[Callable[[], Dispatcher]]:
    """fresh(): a dispatcher on a journal of its own, that is not running: batches are given to it by hand."""
    made: list[tuple[Dispatcher, TemporaryDirectory[str]]] = []

    def make() -> Dispatcher:
        folder = TemporaryDirectory()
        door = Dispatcher(plan, Journal(Path(folder.name) / "hall.db"), Clock())
        made.append((door, folder))
        return door

    yield make
    for door, folder in made:
        door.journal.close()
        folder.cleanup()


def good(n: int) -> Waiting:
    return Waiting(
        f"good-{n}", taken(f"token-{n}"), lambda state, events, seq: {"number": events[0].number, "seq": seq}, 201, "m"
    )


def bad(n: int, kind: str) -> Waiting:
    make, tell = FAULTS[kind]
    return Waiting(f"bad-{n}", make, tell, 201, "m")


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(["good", "refused", *FAULTS]), min_size=1, max_size=8), min_size=1, max_size=3)
)
def test_only_the_culprit_fails_and_the_state_is_what_the_disk_says(
    fresh: Callable[[], Dispatcher], plan: Plan, batches: list[list[str]]
) -> None:
    """However many faults of whatever kind share a commit with whatever else."""
    door = fresh()
    expected = 0
    for b, kinds in enumerate(batches):
        batch = []
        for n, kind in enumerate(kinds):
            if kind == "refused":
                batch.append(Waiting(f"no-{b}-{n}", taken(service="nothing"), lambda *_: {}, 201, "m"))
            else:
                batch.append(good(100 * b + n) if kind == "good" else bad(100 * b + n, kind))
        with capture_logs():
            events = door._do(batch)
        statuses = {"good": 201, "refused": 404}
        assert [it.answer and it.answer.status for it in batch] == [statuses.get(kind, 500) for kind in kinds]
        assert not any(it.failed for it in batch)
        numbers = [number(it.answer) for it, kind in zip(batch, kinds, strict=True) if kind == "good"]
        assert numbers == [f"A{expected + n:03d}" for n in range(1, len(numbers) + 1)], "no number is lost, none twice"
        assert [event.number for event in events] == numbers, "listeners hear what is kept"
        expected += len(numbers)
    again = replay(door.journal.today(), HallState(plan))
    with door.reading() as state:
        assert again.picture() == state.picture()
    assert door.journal.verify() == door.seq
    again_answers = door.journal.answers(door.day)
    assert not any(key.startswith("bad") for key in again_answers), "a fault's id may be used again"


def test_a_fault_is_a_problem_with_a_sentence_and_its_id_may_be_used_again(door: Callable[..., Dispatcher]) -> None:
    hall = door()
    with capture_logs() as logged:
        answer = hall.handle("it", taken("t"), _raise)
    assert [entry["log_level"] for entry in logged] == ["error"]
    assert (answer.status, json.loads(answer.body)["code"]) == (500, "error")
    assert json.loads(answer.body)["detail"]
    assert number(take(hall, "it")) == "A001"


def test_a_disk_that_fails_fails_all_of_the_batch(
    fresh: Callable[[], Dispatcher], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody is tried one by one on a full disk."""
    door = fresh()
    door._do([good(0)])
    tried = []

    def full(*_: Any) -> None:
        tried.append(1)
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(door.journal, "append", full)
    batch = [good(1), good(2)]
    door._do(batch)
    assert ([it.failed for it in batch], len(tried)) == ([True, True], 1)
