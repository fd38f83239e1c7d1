"""When a window that calls by itself does so, if nobody presses before."""

from __future__ import annotations

from datetime import datetime, timedelta

from hall.state import HallState


def due_at(state: HallState, window: str) -> datetime | None:
    """The moment, or None: it does not call by itself, or it is not idle.

    A visitor who is asked for a rating is left to it: the seconds run when that time is over.
    """
    now = state.windows[window]
    if not now.auto_next_s or now.idle_since is None:
        return None
    free = max(now.idle_since, now.rate_until) if now.rate_until else now.idle_since
    return free + timedelta(seconds=now.auto_next_s)
