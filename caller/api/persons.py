"""Persons: lifting a block. Nobody can be looked up here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from apiflask import APIBlueprint
from flask import g

from caller.api import told
from caller.api.answers import problems, told_answer
from caller.asked import Unblock

if TYPE_CHECKING:
    from caller.hub import Hub


def add(calls: APIBlueprint, hub: Hub) -> None:
    """Add these calls."""

    @calls.post("/persons/unblock")
    @calls.input(Unblock, arg_name="asked")
    @calls.output(told.PersonUnblocked)
    @calls.doc(responses=problems(401, 403, 409, 413, 422, 503))
    def unblock(asked: Unblock) -> Any:
        """Somebody blocked for not coming may take numbers again: reception, supervisor, admin."""
        return told_answer(hub.actions.unblock(asked, g.who, g.key))
