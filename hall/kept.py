"""Those who still wait or are held when the day turns, where the hall keeps them (`hall.unserved: keep`).

They wait on the next day in their old order, under their old numbers: numbers begin at 1 again and pass over those.
"""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from hall.persons import remember
from hall.state import HallState, Ticket
from hall.visit import Visit

_TIMES = tuple(field.name for field in fields(Ticket) if "datetime" in str(field.type))


def kept(state: HallState) -> list[Ticket]:
    """Who goes over to the next day, in the order in which they stand."""
    if state.plan.unserved != "keep":
        return []
    return sorted((it for it in state.tickets.values() if it.state in ("waiting", "held")), key=lambda it: it.place)


def keep(state: HallState, day: str) -> list[dict[str, Any]]:
    """Their tickets as JSON."""
    told = []
    for ticket in kept(state):
        it = asdict(ticket)
        told.append(it | {name: it[name].isoformat() for name in _TIMES if it[name]})
    return told


def take_up(state: HallState, told: list[dict[str, Any]]) -> None:
    """They wait again. Who was held, or sent to one window, waits in the queue: nobody sits at that window yet."""
    for order, it in enumerate(told, 1):
        times = {name: datetime.fromisoformat(it[name]) for name in _TIMES if it[name]}
        ticket = Ticket(**{**it, **times, "visit": _visit(it["visit"]), "history": list(it["history"])})
        ticket.state, ticket.window, ticket.to_window, ticket.due = "waiting", "", "", 0
        ticket.told_p90_s = 0  # the night was no part of the wait that was told
        ticket.order = state.stood = order
        ticket.arrived_at = ticket.started_at = ticket.sat_at = None
        state.stood_at = max(ticket.standing, state.stood_at or ticket.standing)
        state.tickets[ticket.number] = ticket
        state.by_token[ticket.token] = ticket.number
        state.stand(ticket)
        remember(state, ticket)


def _visit(it: dict[str, Any] | None) -> Visit | None:
    if it is None:
        return None
    return Visit(**{**it, "steps": tuple(map(tuple, it["steps"])), "waits": tuple(it["waits"])})
