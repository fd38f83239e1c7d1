"""A window opens, pauses, closes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from hall import commands as c
from hall import events as ev
from hall.decide.known import known_window, working_window
from hall.errors import Refused
from hall.left import left_by_window, refuse_if_left
from hall.state import HallState

LONGEST_PAUSE = timedelta(days=31)
"""Whoever is away for longer closes the window."""


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
            until=_until(command),
        )
    ]


def _until(command: c.PauseWindow) -> str:
    """When it is to go on, in the hall's zone; what was written without a zone is the hall's.

    Raises Refused for what is past, and for longer than a pause is.
    """
    if not command.until:
        return ""
    until = datetime.fromisoformat(command.until)
    until = until if until.tzinfo else until.replace(tzinfo=command.at.tzinfo)
    if until <= command.at:
        raise Refused("until_past", f"{until:%H:%M}")
    if until - command.at > LONGEST_PAUSE:
        raise Refused("until_far", LONGEST_PAUSE.days)
    return until.astimezone(command.at.tzinfo).isoformat()


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
    c.PauseWindow: _pause,
    c.CloseWindow: _close,
}
