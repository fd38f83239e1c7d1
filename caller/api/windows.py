"""What a window is asked to do: one call for each of WINDOW_ACTIONS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from apiflask import APIBlueprint
from flask import g

from caller.api import told
from caller.api.answers import problems, told_answer
from caller.asked import Asked
from caller.tokens import Who
from caller.window_actions import WINDOW_ACTIONS

if TYPE_CHECKING:
    from caller.hub import Hub


def add(calls: APIBlueprint, hub: Hub) -> None:
    """Add these calls."""
    for name, action in WINDOW_ACTIONS.items():
        _add_window_call(calls, hub, name, action.body, action.summary)


def _add_window_call(calls: APIBlueprint, hub: Hub, name: str, body: type[Asked], summary: str) -> None:
    def call(window: str, asked: Asked) -> Any:
        who: Who = g.who
        return told_answer(hub.actions.at_window(name, window, asked, who, g.key))

    call.__name__ = f"window_{name.replace('-', '_')}"
    call.__doc__ = summary + "."
    view = calls.doc(responses=problems(401, 403, 404, 409, 413, 422, 503), summary=summary)(call)
    view = calls.output(told.WindowTold)(view)
    view = calls.input(body, arg_name="asked")(view)
    calls.post(f"/windows/<window>/{name}")(view)
