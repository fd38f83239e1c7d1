"""The pace of the hours to come: how fast work goes then, beside now, by how many windows are usually open."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from hall.openings import SLOT_S, SLOTS, slot_of
from hall.state import HallState

SEEN_AHEAD = 40
SLOWEST, FASTEST = 0.2, 5.0
LEAST_USUAL = 0.25


class Pace:
    """`real(seconds)` is when that is done which the windows of now would have done in so many seconds."""

    def __init__(self, steps: list[tuple[float, float]]) -> None:
        self._steps = steps

    def real(self, seconds: float) -> float:
        """Seconds from now. Grows with `seconds`.

        >>> Pace([(600.0, 1.0), (900.0, 0.5)]).real(900.0)
        1200.0
        """
        now = 0.0
        for length, pace in self._steps:
            if seconds <= length * pace:
                return now + seconds / pace
            seconds -= length * pace
            now += length
        return now + seconds


def pace_of(state: HallState, zones: Collection[str], at: datetime) -> Pace:
    """For the windows of these zones. Without a day before, the windows of now stay."""
    usual = [state.times.openings.usual[zone] for zone in zones if zone in state.times.openings.usual]
    now, total = _open(state, zones)
    slot = slot_of(at)
    expected = sum(slots[slot] for slots in usual)
    if expected < LEAST_USUAL or not now:
        return Pace([])
    like = (now / expected) ** 0.5  # is today like other days? half believed: who is missing may still come
    rest = SLOT_S - (at.minute % 15 * 60 + at.second)
    steps = [(float(rest), 1.0)]
    for n in range(1, SEEN_AHEAD):
        windows = sum(slots[(slot + n) % SLOTS] for slots in usual) * like
        if windows < LEAST_USUAL:  # the hall's evening: who waits then is served by those who stay
            break
        steps.append((float(SLOT_S), min(max(min(windows, total) / now, SLOWEST), FASTEST)))
    return Pace(steps)


def _open(state: HallState, zones: Collection[str]) -> tuple[int, int]:
    there = [state.windows[w.id].state for w in state.plan.windows if w.zone in zones]
    return sum(1 for now in there if now not in ("closed", "paused")), len(there)
