"""What a rating does to its ticket and to the window that asked for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hall import events as ev
from hall.evolve.steps import window_now
from hall.state import HallState


def _visit_rated(event: ev.VisitRated, state: HallState) -> None:
    ticket = state.tickets[event.number]
    ticket.grade = event.grade
    ticket.history.append({"at": event.at.isoformat(), "what": "rated"})
    now = window_now(state, event.window)
    if now.rating == event.number:
        now.rating, now.rate_until = "", None
        if now.state == "rating":
            now.state = "open"


EVOLVE: dict[type[ev.Event], Callable[[Any, HallState], None]] = {
    ev.VisitRated: _visit_rated,
}
