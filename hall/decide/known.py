"""What a command names must be there: the ticket of today, the window, the ticket at it."""

from __future__ import annotations

from hall.errors import Refused
from hall.state import HallState, Ticket, WindowState


def known_ticket(state: HallState, number: str) -> Ticket:
    """The ticket of today with this number. Raises Refused."""
    ticket = state.tickets.get(number)
    if ticket is None:
        raise Refused("unknown_ticket", number)
    return ticket


def known_window(state: HallState, window: str) -> WindowState:
    """The window with this id, in whatever state. Raises Refused."""
    if window not in state.plan.window:
        raise Refused("unknown_window", window)
    return state.windows[window]


def working_window(state: HallState, window: str) -> WindowState:
    """The window, open and not paused. Raises Refused."""
    now = known_window(state, window)
    if now.state in ("closed", "paused"):
        raise Refused(f"window_{now.state}", window)
    return now


def ticket_at(state: HallState, window: str) -> Ticket:
    """The ticket that is called to the window, has come there or is served. Raises Refused."""
    now = known_window(state, window)
    if not now.ticket:
        raise Refused("no_ticket", window)
    return state.tickets[now.ticket]
