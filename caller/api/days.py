"""A day in figures, and who was not served on it: for whoever answers for the hall."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from apiflask import APIBlueprint
from flask import g

from caller.actions import NotAllowed
from caller.api import told
from caller.api.answers import json_response, problems
from caller.problems import problem

if TYPE_CHECKING:
    from caller.hub import Hub


def add(calls: APIBlueprint, hub: Hub) -> None:
    """Add these calls."""

    @calls.get("/days/<day>")
    @calls.output(told.DayTold)
    @calls.doc(responses=problems(401, 403, 404, 422, 503))
    def figures_of_day(day: str) -> Any:
        """A day's totals, its queues, and the numbers that were not served, for supervisor and admin.

        Of today those are listed who wait, are served or held now.
        """
        if g.who.role not in ("supervisor", "admin"):
            raise NotAllowed(known=g.who.role != "visitor")
        try:
            day = date.fromisoformat(day).isoformat()
        except ValueError:
            return problem(422, "bad_day", "日期请写成 2026-11-22", "Write the day like 2026-11-22")
        figures = hub.dispatcher.figures(day)
        if figures is None:
            return problem(404, "unknown_day", f"没有 {day} 的记录", f"Nothing was recorded on {day}")
        names = {it.id: it.name for it in hub.plan.services}
        unserved = [{**it, "service_name": names.get(it["service"], it["service"])} for it in figures["unserved"]]
        return json_response({"day": day, **figures, "unserved": unserved})
