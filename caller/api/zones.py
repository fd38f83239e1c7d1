"""The zones and the hall: open, finishing or closed; numbers stopped and given again; who still waits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from apiflask import APIBlueprint
from flask import g

from caller.api import told
from caller.api.answers import json_response, problems, told_answer
from caller.asked import Asked
from caller.problems import problem
from caller.tokens import Who
from caller.zone_actions import ZONE_ACTIONS
from hall import telling_zones

if TYPE_CHECKING:
    from caller.hub import Hub


def add(calls: APIBlueprint, hub: Hub) -> None:
    """Add these calls."""

    @calls.get("/zones")
    @calls.output(list[told.ZoneTold])
    @calls.doc(responses=problems(401, 503))
    def zones() -> Any:
        """All zones: whether they give numbers, until when or when next, and how many wait."""
        now = hub.dispatcher.now()
        with hub.dispatcher.reading() as state:
            return json_response([telling_zones.zone_now(state, zone.id, now) for zone in hub.plan.zones])

    @calls.get("/hall")
    @calls.output(told.HallTold)
    @calls.doc(responses=problems(401, 503))
    def hall() -> Any:
        """The hall: open, finishing (no more numbers, visitors still here) or closed, and how many are here."""
        now = hub.dispatcher.now()
        with hub.dispatcher.reading() as state:
            return json_response({**telling_zones.hall(state, now), "now": now.isoformat(), "day": hub.dispatcher.day})

    @calls.get("/hall/left")
    @calls.output(list[told.LeftTold])
    @calls.doc(responses=problems(401, 403, 503))
    def left() -> Any:
        """Who still waits, is called, served or held, ticket by ticket: after closing time, who may not be forgotten.

        For reception, supervisor, admin.
        """
        who: Who = g.who
        if not who.is_staff:
            return problem(403 if who.role != "visitor" else 401)
        now = hub.dispatcher.now()
        with hub.dispatcher.reading() as state:
            return json_response(telling_zones.still_here(state, now))

    for name, action in ZONE_ACTIONS.items():
        _add_zone_call(calls, hub, name, action.body, action.summary)


def _add_zone_call(calls: APIBlueprint, hub: Hub, name: str, body: type[Asked], summary: str) -> None:
    def call(zone: str, asked: Asked) -> Any:
        return told_answer(hub.actions.at_zone(name, zone, asked, g.who, g.key))

    call.__name__ = f"zone_{name}"
    call.__doc__ = summary + "."
    view = calls.doc(responses=problems(401, 403, 404, 409, 413, 422, 503), summary=summary)(call)
    view = calls.output(told.ZoneChanged)(view)
    view = calls.input(body, arg_name="asked")(view)
    calls.post(f"/zones/<zone>/{name}")(view)
