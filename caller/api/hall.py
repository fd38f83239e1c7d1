"""The hall as it stands: its services, windows, kiosks, its health."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from apiflask import APIBlueprint
from flask import g
from pypinyin import Style, lazy_pinyin

from caller.actions import NotAllowed
from caller.api import told
from caller.api.answers import json_response, problems, refusal
from caller.problems import problem_response
from hall import telling
from hall.departments import tree

if TYPE_CHECKING:
    from caller.hub import Hub


def add(calls: APIBlueprint, hub: Hub) -> None:
    """Add these calls."""
    initials = {s.id: "".join(lazy_pinyin(s.name, style=Style.FIRST_LETTER)).lower() for s in hub.plan.services}

    @calls.get("/services")
    @calls.output(list[told.ServiceTold])
    @calls.doc(responses=problems(401, 503))
    def services() -> Any:
        """All services, in the plan's order."""
        now = hub.dispatcher.now()
        with hub.dispatcher.reading() as state:
            return json_response(telling.services(state, initials, now))

    @calls.get("/departments")
    @calls.output(list[told.DepartmentTold])
    @calls.doc(responses=problems(401))
    def departments() -> Any:
        """All departments, with their services in groups of any depth."""
        return json_response(tree(hub.plan))

    @calls.get("/windows")
    @calls.output(list[told.WindowTold])
    @calls.doc(responses=problems(401, 503))
    def windows() -> Any:
        """All windows as they stand."""
        with hub.dispatcher.reading() as state:
            return json_response([telling.window(state, w.id, hub.dispatcher.seq) for w in hub.plan.windows])

    @calls.get("/kiosks")
    @calls.output(list[told.KioskTold])
    @calls.doc(responses=problems(401))
    def kiosks() -> Any:
        """All kiosks, and how their printers are."""
        return json_response(
            [
                {"id": k.id, "name": k.name, "floor": k.floor, "printer": hub.printer_state(k.id) or "none"}
                for k in hub.plan.kiosks
            ]
        )

    @calls.get("/alarms")
    @calls.output(list[told.AlarmTold])
    @calls.doc(responses=problems(401, 403, 503))
    def alarms() -> Any:
        """What somebody has to see to, the gravest first: reception, supervisor, admin."""
        if not g.who.at_reception:
            return problem_response(refusal(NotAllowed(known=g.who.role != "visitor"))[1])
        with hub.dispatcher.reading() as state:
            return json_response(hub.alarms(state))

    @calls.get("/health")
    @calls.output(told.Health)
    @calls.doc(responses=problems(401))
    def health() -> Any:
        """The hub, its journal, the agents, the devices."""
        return json_response(hub.health())
