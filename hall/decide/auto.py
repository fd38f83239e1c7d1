"""Calling by itself: only a window that has been idle for its seconds, and nobody has pressed in between."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hall import commands as c
from hall import events as ev
from hall.decide.known import known_window
from hall.decide.service import call_next
from hall.errors import Refused
from hall.idle import due_at
from hall.state import HallState


def _set_auto_next(command: c.SetAutoNext, state: HallState) -> list[ev.Event]:
    known_window(state, command.window)
    return [ev.AutoNextSet(at=command.at, actor=command.actor, window=command.window, seconds=command.seconds)]


def _call_when_idle(command: c.CallWhenIdle, state: HallState) -> list[ev.Event]:
    now = known_window(state, command.window)
    due = due_at(state, command.window)
    if due is None or now.idle_since != command.idle_since or command.at < due:
        raise Refused("not_idle", command.window)
    return call_next(command, state)


DECIDE: dict[type[c.Command], Callable[[Any, HallState], list[ev.Event]]] = {
    c.SetAutoNext: _set_auto_next,
    c.CallWhenIdle: _call_when_idle,
}
