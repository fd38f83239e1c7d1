"""What happens to a zone. The next day is a new state, in which every zone gives numbers again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hall import events as ev
from hall.state import HallState


def _zone_closed(event: ev.ZoneClosed, state: HallState) -> None:
    state.stopped[event.zone] = {"at": event.at.isoformat(), "reason": event.reason}


def _zone_opened(event: ev.ZoneOpened, state: HallState) -> None:
    state.stopped.pop(event.zone, None)


EVOLVE: dict[type[ev.Event], Callable[[Any, HallState], None]] = {
    ev.ZoneClosed: _zone_closed,
    ev.ZoneOpened: _zone_opened,
}
