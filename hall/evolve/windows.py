"""What happens to a window."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hall import events as ev
from hall.evolve.steps import window_now
from hall.state import HallState


def _window_opened(event: ev.WindowOpened, state: HallState) -> None:
    now = window_now(state, event.window)
    now.clerk, now.paused_reason, now.paused_until = event.clerk, "", ""
    now.state = "open"
    now.name = event.name or now.name
    if now.ticket:
        now.state = "serving" if state.tickets[now.ticket].state == "serving" else "calling"
    elif now.rating:
        now.state = "rating"  # another clerk has sat down; the visitor is still asked


def _window_paused(event: ev.WindowPaused, state: HallState) -> None:
    now = window_now(state, event.window)
    now.state, now.paused_reason, now.paused_until = "paused", event.reason, event.until
    now.rating, now.rate_until = "", None


def _window_closed(event: ev.WindowClosed, state: HallState) -> None:
    now = window_now(state, event.window)
    now.state, now.clerk = "closed", ""
    it = state.plan.window.get(event.window)
    now.auto_next_s = it.auto_next if it else 0  # who opens it next finds what the plan says
    now.rating, now.rate_until = "", None


EVOLVE: dict[type[ev.Event], Callable[[Any, HallState], None]] = {
    ev.WindowOpened: _window_opened,
    ev.WindowPaused: _window_paused,
    ev.WindowClosed: _window_closed,
}
