"""What is wanted of a zone: to stop giving numbers, and to give them again."""

from __future__ import annotations

from dataclasses import dataclass

from hall.commands.command import Command


@dataclass(frozen=True, kw_only=True)
class CloseZone(Command):
    """停止取号 for today; whoever has a number is still served. `confirm`: although visitors wait."""

    zone: str
    reason: str = ""
    confirm: bool = False


@dataclass(frozen=True, kw_only=True)
class OpenZone(Command):
    """恢复取号."""

    zone: str
