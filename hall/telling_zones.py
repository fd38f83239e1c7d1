"""How zones and the hall are told: open, finishing or closed, until when, and who is still here."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from hall import telling
from hall.admission import zone_admission
from hall.left import hall_phase, left_in_zone, phase
from hall.state import HallState

Body = dict[str, Any]
HERE = ("waiting", "called", "arrived", "serving", "held")


def zone_hours(state: HallState, zone: str, now: datetime) -> Body:
    """What a kiosk or a board adds to a zone: its phase, whether numbers are given, until when or when next.

    `stopped` is {"at", "reason"} while somebody has stopped giving numbers, else None.
    """
    told = zone_admission(state, zone, now).told()
    served = any(state.plan.windows_of_queue[queue] for queue in state.plan.queues_of_zone[zone])
    return {
        **told,
        "open": told["open"] and served,
        "state": phase(state, zone, now),
        "stopped": state.stopped.get(zone),
    }


def zone_now(state: HallState, zone: str, now: datetime) -> Body:
    """A zone as `GET zones` lists it."""
    return {
        **telling.zone(state.plan, zone),
        "waiting": telling.waiting_in(state, zone),
        "windows": telling.windows_of_zone(state.plan, zone),
        **zone_hours(state, zone, now),
    }


def zone_changed(state: HallState, zone: str, now: datetime, seq: int) -> Body:
    """A zone as its commands answer it: with who still waits or is held there."""
    return {**zone_now(state, zone, now), "left": left_in_zone(state, zone), "seq": seq}


def hall(state: HallState, now: datetime) -> Body:
    """The hall as `GET hall` answers it. Tickets here are counted by what they do: waiting, at a window, held."""
    doing = [ticket.state for ticket in state.tickets.values()]
    return {
        "name": state.plan.name,
        "name_en": state.plan.name_en,
        "state": hall_phase(state, now),
        "waiting": doing.count("waiting"),
        "at_windows": sum(1 for at in state.windows.values() if at.ticket),
        "held": doing.count("held"),
        "open_windows": sum(1 for at in state.windows.values() if at.state not in ("closed", "paused")),
        "zones": [
            {**telling.zone(state.plan, zone.id), **zone_hours(state, zone.id, now)} for zone in state.plan.zones
        ],
    }


def still_here(state: HallState, now: datetime) -> list[Body]:
    """Each ticket that is not done with, whoever has waited longest first."""
    here = sorted((it for it in state.tickets.values() if it.state in HERE), key=lambda it: it.taken_at)
    names = {service.id: service.name for service in state.plan.services}
    return [
        {
            "number": it.number,
            "queue": it.queue,
            "zone": state.plan.queue[it.queue].zone if it.queue in state.plan.queue else "",
            "service_name": names.get(it.service, it.service),
            "state": it.state,
            "window": it.window if it.state != "waiting" else it.to_window,
            "taken_at": it.taken_at.isoformat(),
            "waited_s": max(0, round((now - it.taken_at).total_seconds())),
        }
        for it in here
    ]
