"""Since when a window is idle, and whether it calls by itself then."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hall import events as ev
from hall.evolve.steps import window_now
from hall.state import HallState


def _auto_next_set(event: ev.AutoNextSet, state: HallState) -> None:
    now = window_now(state, event.window)
    now.auto_next_s = event.seconds
    if now.idle_since:
        now.idle_since = event.at  # the seconds run from the moment they are asked for


def note_idle(event: ev.Event, state: HallState) -> None:
    """After any event: the windows it was about are idle since then, or longer, or not."""
    ticket = state.tickets.get(getattr(event, "number", ""))
    for window in {getattr(event, "window", ""), ticket.window if ticket else ""}:
        now = state.windows.get(window)
        if now is None:
            continue
        if now.ticket or now.state in ("closed", "paused"):
            now.idle_since = None
        elif now.idle_since is None:
            now.idle_since = event.at


EVOLVE: dict[type[ev.Event], Callable[[Any, HallState], None]] = {
    ev.AutoNextSet: _auto_next_set,
}
