"""Everything on at once, pressed at random, through the dispatcher and its journal: a restart changes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from caller.dispatcher import Dispatcher
from caller.journal import Journal
from tests.hall.everything import PLAN, Anybody

SEEDS = range(3)
STEPS = 250


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Callable[[Callable[[], datetime]], Dispatcher]]:
    """hall(clock): a dispatcher over the folder's journal; the one before is stopped, as for a restart."""
    running: list[Dispatcher] = []

    def begin(clock: Callable[[], datetime]) -> Dispatcher:
        while running:
            running.pop().stop()
        running.append(Dispatcher(PLAN, Journal(tmp_path / "hall.db"), clock))
        running[-1].start()
        return running[-1]

    yield begin
    while running:
        running.pop().stop()


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_was_pressed_a_restart_finds_it(
    hall: Callable[[Callable[[], datetime]], Dispatcher], seed: int, tmp_path: Path
) -> None:
    """No press is a fault of the hall's, one sent again is answered as before, and the journal gives the same hall."""
    anybody = Anybody(seed)
    door = hall(lambda: anybody.at)
    statuses: Counter[int] = Counter()
    for n in range(STEPS):
        anybody.time_passes()
        with door.reading() as state:
            command = anybody.wants(state)
        asked = (f"press-{n}", lambda at, it=command: replace(it, at=at), lambda *it: {"seq": it[2]})
        answer = door.handle(*asked, asks=n)
        statuses[answer.status] += 1
        assert door.handle(*asked, asks=n) == answer
        if n % 50 == 49:
            with door.reading() as state:
                before = state.picture()
            door = hall(lambda: anybody.at)
            with door.reading() as state:
                assert state.picture() == before
            assert door.handle(*asked, asks=n) == answer, "also by the hall after the restart"
    assert set(statuses) == {200, 404, 409}
    Journal(tmp_path / "hall.db").verify()
