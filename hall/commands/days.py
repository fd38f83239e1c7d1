"""The business day begins."""

from __future__ import annotations

from dataclasses import dataclass

from hall.commands.command import Command


@dataclass(frozen=True, kw_only=True)
class OpenDay(Command):
    """A new business day begins; `day` is its date, "2026-11-22"."""

    day: str
