"""What a kiosk asks for beside numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from apiflask import APIBlueprint
from flask import g

from caller.api import told
from caller.api.answers import json_response, problems, told_answer
from caller.asked import Nothing
from caller.at_the_door import REUSED
from caller.problems import problem

if TYPE_CHECKING:
    from caller.hub import Hub

STAFF_CALLS_KEPT = 200


def add(calls: APIBlueprint, hub: Hub) -> None:
    """Add these calls."""
    staff_called: dict[str, tuple[str, str]] = {}  # no event of the hall: remembered for as long as the hub runs

    @calls.post("/kiosks/<kiosk>/staff")
    @calls.input(Nothing, arg_name="asked")
    @calls.output(told.StaffCalled)
    @calls.doc(responses=problems(401, 404, 413, 422))
    def staff(kiosk: str, asked: Nothing) -> Any:
        """呼叫工作人员: somebody is wanted at the kiosk."""
        if kiosk not in hub.plan.kiosk:
            return problem(404, "unknown_kiosk", f"没有 {kiosk} 号取号机", f"There is no kiosk {kiosk}")
        if hub.dispatcher.earlier(g.key):
            return told_answer(REUSED)  # the key was a command's, which asked for something else
        was_for, at = staff_called.get(g.key, ("", ""))
        if was_for not in ("", kiosk):
            return told_answer(REUSED)
        at = at or hub.call_staff(kiosk)
        if g.key:
            staff_called[g.key] = (kiosk, at)
        for old in list(staff_called)[:-STAFF_CALLS_KEPT]:
            del staff_called[old]
        return json_response({"kiosk": kiosk, "at": at})
