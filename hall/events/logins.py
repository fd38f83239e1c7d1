"""A clerk goes to another window, and who was waiting for that clerk goes along."""

from __future__ import annotations

from dataclasses import dataclass

from hall.events.event import Event


@dataclass(frozen=True, kw_only=True)
class TicketMoved(Event):
    """A ticket on hold at `window` is on hold at `to_window` from now on, to be called back there."""

    number: str
    window: str
    to_window: str
