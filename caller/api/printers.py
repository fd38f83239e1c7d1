"""What reception tells of a printer: a new roll is in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from apiflask import APIBlueprint
from flask import g

from caller.actions import NotAllowed
from caller.api import told
from caller.api.answers import json_response, problems, refusal
from caller.asked import Nothing
from caller.problems import problem, problem_response

if TYPE_CHECKING:
    from caller.hub import Hub


def add(calls: APIBlueprint, hub: Hub) -> None:
    """Add these calls."""

    @calls.post("/printers/<printer>/roll")
    @calls.input(Nothing, arg_name="asked")
    @calls.output(told.RollChanged)
    @calls.doc(responses=problems(401, 403, 404, 409, 413, 422))
    def new_roll(printer: str, asked: Nothing) -> Any:
        """换纸: a new roll is in, what is left is counted from here. Told twice it is the same roll."""
        if not g.who.at_reception:
            return problem_response(refusal(NotAllowed(known=g.who.role != "visitor"))[1])
        device = hub.agents.devices.get(printer)
        if device is None or device.kind != "printer":
            return problem(404, "unknown_printer", f"没有打印机 {printer}", f"There is no printer {printer}")
        if device.state in ("lost", "unknown"):
            return problem(409, "printer_not_ready", "打印机没有连上", "The printer is not connected")
        return json_response({"printer": printer, "at": hub.new_roll(printer)})
