"""How long still: a median and a ninetieth percentile from the times services took today, None without ground."""

from __future__ import annotations

from math import sqrt
from statistics import fmean, pstdev

from hall.rule import reach
from hall.state import HallState

GROUND = 3
Z_90 = 1.2816


def estimate(state: HallState, queue: str, ahead: int) -> dict[str, int] | None:
    """{"p50_s", "p90_s"} for somebody with `ahead` people in front of them in the queue, or None.

    The open windows that serve the queue finish its visitors at the rate of its recent durations; the sum of
    (ahead + 1) / windows such durations is taken as normal. None with fewer than GROUND finished visits or no window
    open: an honest "暂无法估计" beats a guess (shared RULES, Waiting time).
    """
    durations = state.durations.get(queue, ())
    windows = len(reach.working(state, queue))
    if len(durations) < GROUND or not windows:
        return None
    rounds = (ahead + 1) / windows
    mean, spread = fmean(durations), pstdev(durations)
    p50 = rounds * mean
    return {"p50_s": round(p50), "p90_s": round(p50 + Z_90 * spread * sqrt(max(rounds, 1)))}
