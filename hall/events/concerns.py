"""Whom an event concerns: the tickets, windows and queues whose screens, rows and hardware have to follow it."""

from __future__ import annotations

from hall.events.event import Event
from hall.events.undo import StepUndone
from hall.events.windows import WindowClosed, WindowOpened, WindowPaused

OF_WINDOWS = (WindowOpened, WindowPaused, WindowClosed, StepUndone)
"""After these a window calls, or calls no more: its queues are served by others than before."""


def numbers_of(event: Event) -> list[str]:
    """The tickets it is about."""
    return _of(event, "number", "numbers")


def windows_of(event: Event) -> list[str]:
    """The windows it is about, also the one that a ticket is sent to."""
    return list(dict.fromkeys([*_of(event, "window", "windows"), *_of(event, "to_window", "")]))


def queues_of(event: Event) -> list[str]:
    """The queues it names itself; those of its tickets come besides."""
    return _of(event, "queue", "queues")


def _of(event: Event, one: str, more: str) -> list[str]:
    named = [getattr(event, one, ""), *(getattr(event, more, ()) if more else ())]
    return list(dict.fromkeys(filter(None, named)))
