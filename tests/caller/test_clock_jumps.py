"""The hub's wall clock is set back or forward while the hall is open: every number once, every call once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from caller.config import Config
from hall import events as ev

from .halls import Clock, Inside


def called(inside: Inside) -> list[str]:
    return [it.number for it in inside.hub.journal.today() if isinstance(it, ev.TicketCalled)]


@pytest.mark.parametrize("jump", ["2026-11-22 07:00", "2026-11-22 12:00", "2026-11-22 08:59"])
def test_a_clock_that_jumps_within_the_day_calls_each_once_and_in_order(
    inside: Inside, clock: Clock, jump: str, hub_in: Callable[..., Inside], config: Config, tmp_path: Path
) -> None:
    """Back by two hours, by a minute, or three hours ahead: the rules go on, and a restart finds the same state."""
    inside.post("windows/1/open")
    numbers = [inside.post("tickets", {"service": "tax-card"}).json["number"] for _ in range(2)]
    assert inside.post("windows/1/next").json["ticket"]["number"] == numbers[0]
    clock.at = jump
    numbers.append(inside.post("tickets", {"service": "tax-card"}).json["number"])
    assert inside.post("windows/1/next").json["ticket"]["number"] == numbers[1]
    clock.at = "2026-11-22 09:01"
    assert inside.post("windows/1/next").json["ticket"]["number"] == numbers[2]
    assert (numbers, called(inside)) == (["A001", "A002", "A003"], numbers)
    for path in ("services", "windows", "zones", "health"):
        assert inside.get(path).status_code == 200
    with inside.hub.dispatcher.reading() as state:
        before = state.picture()
    inside.hub.stop()
    again = hub_in(config, tmp_path)
    with again.hub.dispatcher.reading() as state:
        assert state.picture() == before
    assert again.hub.journal.verify() == again.hub.dispatcher.seq


def test_a_clock_set_back_over_midnight_gives_no_number_of_yesterday_again(inside: Inside, clock: Clock) -> None:
    """The new day has begun; the clock says it is still the old one: the day that has begun goes on."""
    taken = [inside.post("tickets", {"service": "tax-card"}).json["number"]]
    clock.at = "2026-11-23 09:00"
    first = inside.post("tickets", {"service": "tax-card"}).json
    clock.at = "2026-11-22 23:59"
    second: Any = inside.post("tickets", {"service": "tax-card"}).json
    clock.at = "2026-11-23 09:05"
    third = inside.post("tickets", {"service": "tax-card"}).json
    assert taken == ["A001"]
    assert [it["number"] for it in (first, second, third)] == ["A001", "A002", "A003"]
    assert inside.hub.dispatcher.day == "2026-11-23"
    assert sum(isinstance(it, ev.DayOpened) for it in inside.hub.journal.today()) == 1
