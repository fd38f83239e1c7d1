"""一票到底: a step of a visit is done and the ticket goes on; a step is struck out."""

from __future__ import annotations

from dataclasses import dataclass, field

from hall.events.event import Event


@dataclass(frozen=True, kw_only=True)
class StepFinished(Event):
    """`queue` is the planned one that is done; the ticket waits in `queues`, all of step `step` (0 is the first).

    `place` is "front" or "end" of those queues; `by`, `outcome`, `reason` and `case` as in
    ServiceFinished.
    """

    number: str
    window: str
    by: str
    queue: str
    step: int
    queues: list[str]
    place: str
    outcome: str = "done"
    reason: str = ""
    case: str = ""


@dataclass(frozen=True, kw_only=True)
class StepSkipped(Event):
    """The visit need not go to `queues` of step `step` (0 is the first)."""

    number: str
    window: str
    step: int
    queues: list[str] = field(default_factory=list)
