"""A zone stops giving numbers, and gives them again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hall import commands as c
from hall import events as ev
from hall.errors import Refused
from hall.left import left_in_zone, refuse_if_left
from hall.state import HallState


def _known(state: HallState, zone: str) -> str:
    """The zone's name. Raises Refused."""
    if zone not in state.plan.zone:
        raise Refused("unknown_zone", zone)
    return state.plan.zone[zone].name


def _close_zone(command: c.CloseZone, state: HallState) -> list[ev.Event]:
    name = _known(state, command.zone)
    if command.zone in state.stopped:
        raise Refused("zone_stopped", name)
    left = left_in_zone(state, command.zone)
    refuse_if_left(left, command.confirm)
    return [ev.ZoneClosed(at=command.at, actor=command.actor, zone=command.zone, reason=command.reason, left=left)]


def _open_zone(command: c.OpenZone, state: HallState) -> list[ev.Event]:
    name = _known(state, command.zone)
    if command.zone not in state.stopped:
        raise Refused("zone_not_stopped", name)
    return [ev.ZoneOpened(at=command.at, actor=command.actor, zone=command.zone)]


DECIDE: dict[type[c.Command], Callable[[Any, HallState], list[ev.Event]]] = {
    c.CloseZone: _close_zone,
    c.OpenZone: _open_zone,
}
