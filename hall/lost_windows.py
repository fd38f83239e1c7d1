"""Windows that the config has no more though today's visitors are there: a restart at noon took them out."""

from __future__ import annotations

from typing import Any

from hall.dates import iso
from hall.state import HallState, Ticket

AT_WORK = ("called", "arrived", "serving")


def lost_window_of(state: HallState, ticket: Ticket) -> str:
    """Its window_of when the config has lost that, else ""."""
    window = window_of(ticket)
    return window if window and window not in state.plan.window else ""


def window_of(ticket: Ticket) -> str:
    """The window where it is called, served or held, or for which alone it waits; "" when there is none."""
    if ticket.state in (*AT_WORK, "held"):
        return ticket.window
    return ticket.to_window if ticket.state == "waiting" else ""


def at_lost_windows(state: HallState) -> list[dict[str, Any]]:
    """Each ticket of lost_window_of, by window: {"number", "service_name", "state", "window", "window_name": as it was
    called when it last opened, "since": ISO}. O(windows, and those tickets).
    """
    lost = dict.fromkeys(w for w in (*state.windows, *state.for_window) if w not in state.plan.window)
    return [
        {
            "number": number,
            "service_name": service.name if service else state.tickets[number].service,
            "state": state.tickets[number].state,
            "window": window,
            "window_name": (state.windows[window].name if window in state.windows else "") or window,
            "since": iso(state.tickets[number].since),
        }
        for window in lost
        for number in _there(state, window)
        for service in [state.plan.service.get(state.tickets[number].service)]
    ]


def _there(state: HallState, window: str) -> list[str]:
    now = state.windows.get(window)
    at_it = [*filter(None, [now.ticket]), *now.held] if now else []
    return [*at_it, *(number for *_, number in state.for_window.get(window, ()))]
