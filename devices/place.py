"""A device at its worker's bench: open or not, what it shall show from now on, and what it is due for."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Literal

from devices.driver import Driver, Job
from devices.pauses import Pauses

Due = Literal["open", "poll", "show"]


@dataclass
class Kept:
    """What a device shall show, and when to try again (never, once it is shown)."""

    job: Job
    pauses: Pauses
    again_at: float = math.inf
    told_ok: bool = False


@dataclass
class Place:
    """A device at the bench. Times are monotonic seconds; `math.inf` is never."""

    driver: Driver
    pauses: Pauses
    open: bool = False
    open_at: float = 0.0
    poll_at: float = math.inf
    trouble: str = ""
    sentence: str = ""
    kept: dict[str, Kept] = field(default_factory=dict)

    @property
    def polls(self) -> bool:
        """Whether the driver has anything to ask."""
        return type(self.driver).poll is not Driver.poll

    def due(self) -> tuple[float, Due]:
        """What comes next without a job, and when."""
        if not self.open:
            return self.open_at, "open"
        return min((self.poll_at, "poll"), (min((it.again_at for it in self.kept.values()), default=math.inf), "show"))

    def show_now(self, now: float) -> None:
        """Try at once what is not yet shown."""
        for kept in self.kept.values():
            if not kept.told_ok:
                kept.again_at = min(kept.again_at, now)
