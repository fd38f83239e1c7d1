"""The hardware as the start page and the page of devices see it: how each is, and what the virtual ones show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from caller import __version__
from caller.hardware import AgentSeen, Device
from devices.registry import Family, families
from hall import telling
from hall.state import HallState

if TYPE_CHECKING:
    from caller.hub import Hub

Body = dict[str, Any]


def devices_view(hub: Hub, state: HallState) -> Body:
    """The `devices` view of docs/live.md."""
    told = hardware_told(hub)
    for row in told["devices"]:
        slip = hub.slips.of_printer.get(row["id"], {})
        row |= {"slip": slip.get("url"), "slip_number": slip.get("number")}
    return {
        **told,
        "demo": hub.demo,
        "visitors": hub.visitors,
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


def hardware_told(hub: Hub) -> Body:
    """For `GET devices`: every agent, line and device."""
    hardware, known = hub.agents.hardware, families()
    return {
        "now": hub.dispatcher.now().isoformat(),
        "version": __version__,
        "agents": [_agent(it) for it in hardware.agents.values()],
        "lines": [dict(vars(it)) for it in hardware.lines.values()],
        "devices": [_device(it, known.get(it.driver)) for it in hardware.devices.values()],
    }


def _agent(it: AgentSeen) -> Body:
    return {**vars(it), "older": it.older}


def _device(it: Device, family: Family | None) -> Body:
    return {
        **vars(it),
        "experimental": family is not None and family.status == "experimental",
        "page": family.page if family else "",
    }
