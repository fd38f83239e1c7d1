"""A clerk takes the last step back."""

from __future__ import annotations

from dataclasses import dataclass

from hall.commands.windows import WindowCommand


@dataclass(frozen=True, kw_only=True)
class UndoStep(WindowCommand):
    """撤回 the window's last step: a wrong press, within Plan.undo_s, when nobody else has acted on it."""
