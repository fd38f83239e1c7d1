"""How long to wait before trying again: growing, bounded, and never in step with others."""

from __future__ import annotations

import random
from collections.abc import Callable


class Pauses:
    """Seconds to wait before each next try: from `first`, doubled each time up to `most`, ±25 %.

    `chance` gives 0 ≤ x < 1; the jitter keeps a hall of devices that lost power together from asking all at once.
    """

    def __init__(self, first: float = 0.25, most: float = 5.0, chance: Callable[[], float] = random.random) -> None:
        self.first = first
        self.most = most
        self._chance = chance
        self._next = first

    def next(self) -> float:
        pause = self._next * (0.75 + self._chance() / 2)
        self._next = min(self._next * 2, self.most)
        return pause

    def reset(self) -> None:
        self._next = self.first
