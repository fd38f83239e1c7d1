"""What a kiosk asks for beside numbers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from apiflask import APIBlueprint
from flask import g

from caller.api import told
from caller.api.answers import problems, told_answer
from caller.asked import Nothing
from caller.at_the_door import REUSED
from caller.journal import Answer
from caller.problems import problem

if TYPE_CHECKING:
    from caller.hub import Hub


def add(calls: APIBlueprint, hub: Hub) -> None:
    """Add these calls."""

    @calls.post("/kiosks/<kiosk>/staff")
    @calls.input(Nothing, arg_name="asked")
    @calls.output(told.StaffCalled)
    @calls.doc(responses=problems(401, 404, 413, 422))
    def staff(kiosk: str, asked: Nothing) -> Any:
        """呼叫工作人员: somebody is wanted at the kiosk."""
        if kiosk not in hub.plan.kiosk:
            return problem(404, "unknown_kiosk", f"没有 {kiosk} 号取号机", f"There is no kiosk {kiosk}")
        mark = f"staff {kiosk}"
        if earlier := hub.dispatcher.earlier(g.key):
            return told_answer(earlier if earlier.mark == mark else REUSED)
        body = {"kiosk": kiosk, "at": hub.call_staff(kiosk)}
        answer = Answer(mark, 200, json.dumps(body))
        hub.dispatcher.answered(g.key, answer)  # no event of the hall: remembered for as long as the hub runs
        return told_answer(answer)
