"""What was reckoned of the waits in a group of queues: kept beside the state, read by whoever tells a ticket."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Wait:
    """Half of the visitors in this place are called within `p50_s` seconds, nine of ten within `p90_s`."""

    p50_s: float
    p90_s: float

    def later(self, seconds: float) -> Wait:
        """For somebody whose turn is so much later (or sooner: no wait is less than none)."""
        return Wait(max(0.0, self.p50_s + seconds), max(0.0, self.p90_s + seconds))


@dataclass(frozen=True)
class Outlook:
    """The waits of those who stood in queues linked by windows `at` a moment, by ticket number.

    `lines` is for somebody of a class who comes to a queue now; `waiting` how many stood in each queue then; `step_s`
    the seconds between two calls of the group. Who is in neither mapping will not be called by the windows of now.
    """

    at: datetime
    tickets: Mapping[str, Wait] = field(default_factory=dict)
    lines: Mapping[tuple[str, str], Wait] = field(default_factory=dict)
    waiting: Mapping[str, int] = field(default_factory=dict)
    step_s: float = 0.0
