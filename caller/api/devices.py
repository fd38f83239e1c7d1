"""The hardware in full, for staff: who drives it, how it is, what was counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from apiflask import APIBlueprint
from flask import g

from caller.actions import NotAllowed
from caller.api import told_devices
from caller.api.answers import json_response, problems
from caller.devices_view import hardware_told

if TYPE_CHECKING:
    from caller.hub import Hub


def add(calls: APIBlueprint, hub: Hub) -> None:
    """Add this call."""

    @calls.get("/devices")
    @calls.output(told_devices.DevicesTold)
    @calls.doc(responses=problems(401, 403))
    def devices() -> Any:
        """Every agent, line and device: state, since when, last error, counters, versions. For staff."""
        if not g.who.is_staff:
            raise NotAllowed(known=g.who.role != "visitor")
        return json_response(hardware_told(hub))
