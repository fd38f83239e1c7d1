"""What a clerk wants of the visit of the ticket at the window."""

from __future__ import annotations

from dataclasses import dataclass

from hall.commands.windows import WindowCommand


@dataclass(frozen=True, kw_only=True)
class SkipStep(WindowCommand):
    """The visitor need not go to `queue`, one that is still to come; "" is all of the next step."""

    queue: str = ""
