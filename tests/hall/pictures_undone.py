"""The hall's picture as an undo must leave it."""

from __future__ import annotations

from typing import Any

from hall.state import HallState


def stripped(state: HallState) -> str:
    """The picture but for what an undo leaves: marked history, the day's call numbers, the undoable steps, when the
    latest event was, and that a window is idle since the undo."""
    picture = state.picture()
    for name in ("calls", "steps", "stepping"):
        del picture[name]
    del picture["times"]["last"]
    for ticket in picture["tickets"].values():
        del ticket["history"]
    for window in picture["windows"].values():
        window["idle_since"] = bool(window["idle_since"])
    return repr(in_order(picture))


def in_order(it: Any) -> Any:
    """With the keys of every dict in order: what was taken out and put back says the same."""
    return {key: in_order(it[key]) for key in sorted(it)} if isinstance(it, dict) else it
