"""What is wanted when a visitor comes to the window, or gives up."""

from __future__ import annotations

from dataclasses import dataclass

from hall.commands.command import Command
from hall.commands.windows import WindowCommand


@dataclass(frozen=True, kw_only=True)
class Arrive(WindowCommand):
    """The called visitor stands at the window: the wait is over, serving has not begun."""


@dataclass(frozen=True, kw_only=True)
class AbandonTicket(Command):
    """弃号: the visitor does not want to be served any more today."""

    number: str
