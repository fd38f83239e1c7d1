"""The hardware as the start page and the manager see it: each device's state, and what the virtual ones show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hall import telling
from hall.state import HallState

if TYPE_CHECKING:
    from caller.hub import Hub


def devices_view(hub: Hub, state: HallState) -> dict[str, Any]:
    """The `devices` view of docs/live.md."""
    return {
        "now": hub.dispatcher.now().isoformat(),
        "demo": hub.demo,
        "visitors": hub.visitors,
        "devices": [
            {
                "id": d.id,
                "kind": d.kind,
                "driver": d.driver,
                "window": d.window,
                "kiosk": d.kiosk,
                "area": d.area,
                "zone": d.zone,
                "line": d.line,
                "address": d.address,
                "state": d.state,
                "since": d.since,
                "error": d.error,
                "far": d.far,
                "virtual": d.virtual,
                "slip": hub.slips.of_printer.get(d.id, {}).get("url"),
                "slip_number": hub.slips.of_printer.get(d.id, {}).get("number"),
            }
            for d in hub.agents.devices.values()
        ],
        "log": list(hub.happenings.log),
        "totals": {
            "taken": len(state.tickets),
            "waiting": telling.waiting_in(state, *hub.plan.zone),
            "windows": len(hub.plan.windows),
            "zones": len(hub.plan.zones),
        },
        "voice": hub.speaker.summary(),
        "last_token": hub.happenings.last_token or None,
    }
