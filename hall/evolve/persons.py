"""What happens to a person's right to take numbers, and to the numbers of a queue."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hall import events as ev
from hall.state import HallState


def _person_unblocked(event: ev.PersonUnblocked, state: HallState) -> None:
    state.no_shows.forget(event.person)


def _quota_low(event: ev.QuotaLow, state: HallState) -> None:
    state.quota_low[event.queue, event.shift] = None


EVOLVE: dict[type[ev.Event], Callable[[Any, HallState], None]] = {
    ev.PersonUnblocked: _person_unblocked,
    ev.QuotaLow: _quota_low,
}
