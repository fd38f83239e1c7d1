"""What a kiosk asks for beside numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from apiflask import APIBlueprint
from flask import g

from caller.api import told
from caller.api.answers import json_response, problems
from caller.asked import Nothing
from caller.problems import problem

if TYPE_CHECKING:
    from caller.hub import Hub

STAFF_CALLS_KEPT = 200


def add(calls: APIBlueprint, hub: Hub) -> None:
    """Add these calls."""
    staff_called: dict[tuple[str, str], str] = {}  # no event of the hall: remembered for as long as the hub runs

    @calls.post("/kiosks/<kiosk>/staff")
    @calls.input(Nothing, arg_name="asked")
    @calls.output(told.StaffCalled)
    @calls.doc(responses=problems(401, 404, 413, 422))
    def staff(kiosk: str, asked: Nothing) -> Any:
        """呼叫工作人员: somebody is wanted at the kiosk."""
        if kiosk not in hub.plan.kiosk:
            return problem(404, "unknown_kiosk", f"没有 {kiosk} 号取号机", f"There is no kiosk {kiosk}")
        again = staff_called.get((kiosk, g.key)) if g.key else None
        at = again or hub.call_staff(kiosk)
        staff_called[kiosk, g.key] = at
        for old in list(staff_called)[:-STAFF_CALLS_KEPT]:
            del staff_called[old]
        return json_response({"kiosk": kiosk, "at": at})
