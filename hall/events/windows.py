"""A window opens, pauses, closes."""

from __future__ import annotations

from dataclasses import dataclass

from hall.events.event import Event


@dataclass(frozen=True, kw_only=True)
class WindowOpened(Event):
    window: str
    clerk: str


@dataclass(frozen=True, kw_only=True)
class WindowPaused(Event):
    window: str
    reason: str
    until: str


@dataclass(frozen=True, kw_only=True)
class WindowClosed(Event):
    window: str
