"""一票到底: one ticket that visits linked queues, step by step; what of its plan is done, and where it goes next."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

Steps = tuple[tuple[str, ...], ...]


@dataclass(slots=True)
class Visit:
    """The plan of one ticket, and how far it has come. `steps` holds queue ids; those of one step go in any order.

    `step` counts from 0. `waits` are the queues of the present step that are still to be done, with the one that is
    being done. A transfer takes a step elsewhere: `sent` is the planned queue that is finished by finishing there.
    `seconds` are those spent at each window on the way.
    """

    steps: Steps
    place: str = "front"
    step: int = 0
    waits: tuple[str, ...] = ()
    sent: str = ""
    done: list[list[str]] = field(default_factory=list)
    skipped: list[list[str]] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)

    @classmethod
    def begin(cls, steps: Steps, place: str) -> Visit:
        """Before the first step."""
        return cls(steps, place, 0, steps[0], "", [[] for _ in steps], [[] for _ in steps])

    def left(self, step: int) -> tuple[str, ...]:
        """The queues of the step that are neither done nor skipped."""
        return tuple(q for q in self.steps[step] if q not in self.done[step] and q not in self.skipped[step])

    def to_come(self, doing: Collection[str]) -> Iterator[tuple[int, tuple[str, ...]]]:
        """What is left when `doing`, queues of the present step, are done: each step and its queues, in order."""
        for step in range(self.step, len(self.steps)):
            left = tuple(q for q in self.left(step) if step > self.step or q not in doing)
            if left:
                yield step, left
