"""A window opens, pauses, closes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hall import commands as c
from hall import events as ev
from hall.decide.known import known_window, working_window
from hall.errors import Refused
from hall.left import left_by_window, refuse_if_left
from hall.state import HallState


def _open_window(command: c.OpenWindow, state: HallState) -> list[ev.Event]:
    now = known_window(state, command.window)
    clerk = command.clerk or now.clerk or state.plan.window[command.window].clerk
    if command.clerk and command.clerk not in state.plan.clerk:
        raise Refused("unknown_clerk", command.clerk)
    if now.state not in ("closed", "paused"):
        if clerk == now.clerk:
            raise Refused("window_open", command.window)
        raise Refused("other_clerk", command.window)
    elsewhere = state.window_of_clerk(clerk)
    if elsewhere and elsewhere != command.window:
        raise Refused("clerk_elsewhere", elsewhere)
    return [ev.WindowOpened(at=command.at, actor=command.actor, window=command.window, clerk=clerk)]


def _pause(command: c.PauseWindow, state: HallState) -> list[ev.Event]:
    now = working_window(state, command.window)
    if now.ticket:
        raise Refused("busy", now.ticket)
    return [
        ev.WindowPaused(
            at=command.at,
            actor=command.actor,
            window=command.window,
            reason=command.reason,
            until=command.until,
        )
    ]


def _close(command: c.CloseWindow, state: HallState) -> list[ev.Event]:
    now = known_window(state, command.window)
    if now.state == "closed":
        raise Refused("window_closed", command.window)
    if now.ticket:
        raise Refused("busy", now.ticket)
    left = left_by_window(state, command.window)
    refuse_if_left(left, command.confirm)
    return [ev.WindowClosed(at=command.at, actor=command.actor, window=command.window, left=left)]


DECIDE: dict[type[c.Command], Callable[[Any, HallState], list[ev.Event]]] = {
    c.OpenWindow: _open_window,
    c.PauseWindow: _pause,
    c.CloseWindow: _close,
}
