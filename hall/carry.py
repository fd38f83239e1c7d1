"""What outlives a business day: carried in its DayOpened event, so that a restart still reads today's events alone.

A thing that stays (bookings of the days to come, who did not show up lately) gives two functions to CARRIED, by the
name that its part of the event has: what of it is worth keeping on a new day, and how it is taken up again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hall import bookings, kept, no_shows
from hall.state import HallState

Keep = Callable[[HallState, str], Any]
TakeUp = Callable[[HallState, Any], None]

CARRIED: dict[str, tuple[Keep, TakeUp]] = {
    "bookings": (bookings.keep, bookings.take_up),
    "kept": (kept.keep, kept.take_up),
    "no_shows": (no_shows.keep, no_shows.take_up),
    "times": (
        lambda state, day: state.times.worth_keeping({w.id: w.zone for w in state.plan.windows}),
        lambda state, kept: state.times.take_up(kept),
    ),
}


def carried(state: HallState, day: str) -> dict[str, Any]:
    """What `day` ("2026-11-23") takes over from the day before, as JSON; nothing is written for what is empty."""
    kept = {name: keep(state, day) for name, (keep, _) in CARRIED.items()}
    return {name: it for name, it in kept.items() if it}


def take_up(state: HallState, it: dict[str, Any]) -> None:
    """The new day's state has it again. A name that this program does not know is passed over."""
    for name, part in it.items():
        if name in CARRIED:
            CARRIED[name][1](state, part)
