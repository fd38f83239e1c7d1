"""A window opens, pauses, closes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hall.events.event import Event


@dataclass(frozen=True, kw_only=True)
class WindowOpened(Event):
    """`instead_of` is the clerk who was logged in here until now, `from_window` where this clerk was; "" for none.

    `name` is what the window was called then: a config of later today may have it no more.
    """

    window: str
    clerk: str
    instead_of: str = ""
    from_window: str = ""
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class WindowPaused(Event):
    window: str
    reason: str
    until: str


@dataclass(frozen=True, kw_only=True)
class WindowClosed(Event):
    """`left`: who was left behind, as hall.left tells it, when the clerk confirmed that."""

    window: str
    left: list[dict[str, Any]] = field(default_factory=list)
