"""What the boards show: the panel of a zone or the hall, and the window's screen, as whole small views."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from hall import telling
from hall.left import hall_phase
from hall.rule import reach
from hall.state import HallState
from hall.telling_zones import zone_hours

Body = dict[str, Any]


def panel(state: HallState, of: str, now: datetime, announcement: Body | None) -> Body:
    """The panel of zone `of`, or of everything for "hall". `announcement` is what its loudspeaker area says now."""
    plan = state.plan
    zones = plan.zones if of == "hall" else (plan.zone[of],)
    ids = {zone.id for zone in zones}
    windows = [w for w in plan.windows if w.zone in ids]
    floors = {zone.floor for zone in zones}
    return {
        "now": now.isoformat(),
        "hall": {"name": plan.name, "name_en": plan.name_en},
        "title": (
            {"zh": "综合屏", "en": "All zones"} if of == "hall" else {"zh": zones[0].name, "en": zones[0].name_en}
        ),
        "floor": floors.pop() if len(floors) == 1 else "",
        "notice": plan.notice,
        "notice_en": plan.notice_en,
        "state": hall_phase(state, now),
        "zones": [
            {**telling.zone(plan, z.id), "waiting": telling.waiting_in(state, z.id), **zone_hours(state, z.id, now)}
            for z in zones
        ],
        "calls": telling.calls(state, lambda window: plan.window[window].zone in ids),
        "windows": [
            {
                "window": w.id,
                "name": w.name,
                "zone": w.zone,
                "floor": plan.floor_of_window(w.id),
                "state": state.windows[w.id].state,
                "number": state.windows[w.id].ticket or None,
                "arrived": _arrived(state, w.id),
                "paused": telling.paused(state, w.id),
            }
            for w in windows
        ],
        "totals": {
            "waiting": telling.waiting_in(state, *ids),
            "open_windows": sum(1 for w in windows if state.windows[w.id].state not in ("closed", "paused")),
            "taken": sum(state.running.get(q.id, 0) for q in plan.queues if q.zone in ids),
        },
        "voice": {"area": area_of(state, of), "announcement": announcement},
    }


def _arrived(state: HallState, window: str) -> bool:
    """The called visitor stands at the window: nobody need be told to go there any more."""
    ticket = state.tickets.get(state.windows[window].ticket)
    return ticket is not None and ticket.state == "arrived"


def area_of(state: HallState, of: str) -> str:
    """The loudspeaker area of a panel: its zone's; the hall's panel takes the first zone's."""
    plan = state.plan
    return plan.zone[of].area if of in plan.zone else plan.zones[0].area


def window_screen(state: HallState, of: str, now: datetime) -> Body:
    """The screen above window `of`."""
    plan = state.plan
    window, at = plan.window[of], state.windows[of]
    ticket = state.tickets.get(at.ticket)
    return {
        "now": now.isoformat(),
        "window": of,
        "name": window.name,
        "floor": plan.floor_of_window(of),
        "zone": telling.zone(plan, window.zone),
        "state": at.state,
        "services": [plan.queue[queue].name for queue in reach.queues_of(state, of)],
        "clerk": telling.clerk(state, of),
        "ticket": (
            {
                "number": ticket.number,
                "state": ticket.state,
                "at": (ticket.started_at or ticket.arrived_at or ticket.called_at or now).isoformat(),
                "again": ticket.again,
            }
            if ticket
            else None
        ),
        "paused": telling.paused(state, of),
        "elsewhere": [
            w.name
            for w in plan.windows
            if w.id != of
            and reach.is_open(state, w.id)
            and not window.queues.keys().isdisjoint(reach.queues_of(state, w.id))
        ][:3],
        "calls": telling.calls(state, lambda each: each == of),
    }
