"""A clerk's last step at a window is taken back; the step itself stays in the journal."""

from __future__ import annotations

from dataclasses import dataclass

from hall.events.event import Event


@dataclass(frozen=True, kw_only=True)
class StepUndone(Event):
    """`what` is the call that is taken back ("next"), `number` its ticket or "", `calls` the calls it had made.

    `numbers`, `windows` and `queues` are all that it touches. How they were before is in the events before it: evolve
    has kept that with the step (hall.undo).
    """

    window: str
    what: str
    number: str
    numbers: list[str]
    windows: list[str]
    queues: list[str]
    calls: list[int]
