"""A visitor rates a visit."""

from __future__ import annotations

from dataclasses import dataclass

from hall.commands.command import Command


@dataclass(frozen=True, kw_only=True)
class RateVisit(Command):
    """评价. `knows` says what the rater proved: "token", "check" (check digits), "staff", or "" for nothing."""

    number: str
    grade: str
    aspects: tuple[str, ...] = ()
    words: str = ""
    channel: str = ""
    knows: str = ""
