"""A ticket at a window: called, served, held, sent on, finished."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hall.events.event import Event


@dataclass(frozen=True, kw_only=True)
class TicketCalled(Event):
    """`call` counts the calls of the day; `why` keeps the part of the rule that decided, candidates, the overtaken.

    `queue` is the one it is called for, "" when it stands in no other.
    """

    number: str
    window: str
    call: int
    why: dict[str, Any]
    queue: str = ""


@dataclass(frozen=True, kw_only=True)
class TicketRecalled(Event):
    number: str
    window: str
    call: int


@dataclass(frozen=True, kw_only=True)
class ServiceStarted(Event):
    number: str
    window: str


@dataclass(frozen=True, kw_only=True)
class ServiceFinished(Event):
    """`by` is "finish", "next" when the next call ended it, or "reception" for a window that the config
    has lost. `rate_until` is "" when no rating is asked for.

    `outcome` is one of hall.outcomes.OUTCOMES; `case` is the department's own number of the matter.
    """

    number: str
    window: str
    by: str
    rate_until: str
    outcome: str = "done"
    reason: str = ""
    case: str = ""


@dataclass(frozen=True, kw_only=True)
class TicketMissed(Event):
    number: str
    window: str


@dataclass(frozen=True, kw_only=True)
class TicketHeld(Event):
    number: str
    window: str


@dataclass(frozen=True, kw_only=True)
class TicketResumed(Event):
    number: str
    window: str


@dataclass(frozen=True, kw_only=True)
class TicketTransferred(Event):
    """`note` is for the clerk who calls it next, never for visitors.

    `step_queue` is the queue of its visit that is done by finishing there, "" when it visits no others.
    """

    number: str
    window: str
    queue: str
    to_window: str
    place: str
    note: str = ""
    step_queue: str = ""
