"""Who logs in where: a clerk at one window at a time, a window with one clerk; asked again, the login takes over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hall import commands as c
from hall import events as ev
from hall.decide.known import known_window
from hall.errors import Refused
from hall.left import left_by_window
from hall.state import HallState


def _open_window(command: c.OpenWindow, state: HallState) -> list[ev.Event]:
    now = known_window(state, command.window)
    clerk = command.clerk or now.clerk or state.plan.window[command.window].clerk
    if command.clerk and command.clerk not in state.plan.clerk:
        raise Refused("unknown_clerk", command.clerk)
    at_work = now.state not in ("closed", "paused")
    if at_work and clerk == now.clerk:
        raise Refused("window_open", command.window)
    elsewhere = state.window_of_clerk(clerk)
    elsewhere = "" if elsewhere == command.window else elsewhere
    if not command.confirm:
        if at_work and now.clerk:
            raise Refused("other_clerk", command.window, clerk=now.clerk, elsewhere=elsewhere)
        if elsewhere:
            raise Refused(
                "clerk_elsewhere",
                elsewhere,
                window=elsewhere,
                ticket=state.windows[elsewhere].ticket,
                left=left_by_window(state, elsewhere, clerk, command.window),
            )
    opened = ev.WindowOpened(
        at=command.at,
        actor=command.actor,
        window=command.window,
        clerk=clerk,
        instead_of=now.clerk if now.clerk != clerk else "",
        from_window=elsewhere,
        name=state.plan.window[command.window].name,
    )
    return [*(_leave(command, state, elsewhere, clerk) if elsewhere else ()), opened]


def _leave(command: c.OpenWindow, state: HallState, window: str, clerk: str) -> list[ev.Event]:
    """The clerk goes: the window closes, its tickets go along on hold, the one that was there is called back first.

    Who was sent to that very window, or waits in a queue that nobody serves any more, is left, and recorded.
    """
    now = state.windows[window]
    by = {"at": command.at, "actor": command.actor, "window": window}
    held: list[ev.Event] = [ev.TicketHeld(number=now.ticket, **by)] if now.ticket else []
    along = [*now.held, *filter(None, [now.ticket])]
    moved = [ev.TicketMoved(number=number, to_window=command.window, **by) for number in along]
    return [*held, *moved, ev.WindowClosed(left=left_by_window(state, window, clerk, command.window), **by)]


DECIDE: dict[type[c.Command], Callable[[Any, HallState], list[ev.Event]]] = {
    c.OpenWindow: _open_window,
}
