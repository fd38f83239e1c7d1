"""The way from a kiosk, or from the door, to a window or a zone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from apiflask import APIBlueprint
from pydantic import Field

from caller.api.answers import json_response, problems
from caller.api.told_ways import WayTold
from caller.asked import Asked
from caller.problems import problem
from hall.errors import Refused
from kiosk.ways import Body, way_to

if TYPE_CHECKING:
    from caller.hub import Hub


class WayAsked(Asked):
    kiosk: str = Field("", max_length=40, description="Where one stands. Empty, or drawn nowhere: at the door.")
    window: str = Field("", max_length=40, description="Where one goes …")
    zone: str = Field("", max_length=40, description="… or, without a window, the zone to wait in.")
    step_free: bool = Field(False, description="`true`: over lifts only.")


def add(calls: APIBlueprint, hub: Hub) -> None:
    """Add these calls. A hall's plan does not change while its hub runs: each way is found once."""
    plan = hub.plan
    known: dict[tuple[str, str, str, bool], Body | None] = {}

    @calls.get("/ways")
    @calls.input(WayAsked, location="query", arg_name="asked")
    @calls.output(WayTold)
    @calls.doc(responses=problems(401, 404, 422))
    def ways(asked: WayAsked) -> Any:
        """The way to a window, or to a zone, with the plans of the floors that it passes."""
        kiosk = asked.kiosk if asked.kiosk in plan.building.kiosks else ""
        if asked.window and asked.window not in plan.window:
            return _unknown("unknown_window", asked.window)
        if not asked.window and asked.zone not in plan.zone:
            return _unknown("unknown_zone", asked.zone)
        key = (kiosk, asked.window, "" if asked.window else asked.zone, asked.step_free)
        if key not in known:
            found = way_to(plan, kiosk, window=asked.window, zone=asked.zone, step_free=asked.step_free)
            known[key] = found
        if known[key] is None:
            return problem(404, "no_way", "没有这条路线，请问工作人员", "There is no such way. Please ask our staff")
        return json_response(known[key])


def _unknown(code: str, name: str) -> Any:
    refused = Refused(code, name)
    return problem(404, code, refused.sentence, refused.sentence_en)
