"""What a generated day is like: how many come when, how long things take, who does not come, when windows open."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from math import log
from random import Random

from hall.plan import Plan

ARRIVALS: dict[str, tuple[float, ...]] = {
    "rush": (9, 7, 5, 4, 4, 3, 1.5, 1, 1.5, 4, 5, 4, 3, 2.5, 2, 1),
    "flat": (4, 4, 4, 4, 4, 4, 3, 3, 3, 4, 4, 4, 4, 4, 3, 2),
    "afternoon": (3, 3, 3, 3, 3, 2, 1, 1, 3, 7, 8, 7, 5, 4, 2, 1),
}
"""The share of visitors in each half hour from 9 to 17, by the name of the shape."""


@dataclass(frozen=True)
class Shape:
    """A day. Times are in seconds since it opens (9:00), shares between 0 and 1.

    `load` is the work that the visitors bring, as a share of what all windows could do until closing: at 0.8 the rush
    makes lines of half an hour which the afternoon clears. `service_spread` tells services apart, `spread` the visits
    of one service, `clerk_spread` the clerks; all three are of ln seconds. `lunch` is the share of windows that close
    for an hour, every second of them at twelve, the others at one; `breaks` how many short breaks a clerk takes.
    """

    tickets: int = 300
    arrivals: str = "rush"
    length_s: float = 8 * 3600.0
    load: float = 0.8
    classes: Mapping[str, float] = field(default_factory=lambda: {"care": 0.12, "urgent": 0.01})
    service_spread: float = 0.4
    spread: float = 0.6
    clerk_spread: float = 0.15
    walk_s: tuple[float, float] = (8.0, 50.0)
    pause_s: tuple[float, float] = (3.0, 30.0)
    patience_s: tuple[float, float] = (50.0, 110.0)
    no_show: float = 0.05
    back: float = 0.4
    transfer: float = 0.03
    hold: float = 0.01
    lunch: float = 0.5
    breaks: float = 1.0
    break_s: tuple[float, float] = (240.0, 900.0)

    def __post_init__(self) -> None:
        """Raises ValueError, a sentence, for a day that cannot be."""
        if self.arrivals not in ARRIVALS:
            raise ValueError(f"no arrivals {self.arrivals!r}; there are {', '.join(ARRIVALS)}")
        if self.tickets < 1:
            raise ValueError(f"{self.tickets} tickets: a day has at least 1")
        if not 0.05 <= self.load <= 3:
            raise ValueError(f"load {self.load:g} is not between 0.05 and 3")

    def arrival_s(self, rng: Random) -> float:
        """When somebody comes."""
        weights = list(accumulate(ARRIVALS[self.arrivals]))
        slot = bisect(weights, rng.random() * weights[-1])
        return min((slot + rng.random()) / len(weights) * self.length_s, self.length_s - 1)

    def klass(self, rng: Random) -> str:
        """Of which class they are."""
        draw = rng.random()
        for klass, share in self.classes.items():
            draw -= share
            if draw < 0:
                return klass
        return "normal"

    def means_s(self, plan: Plan, popular: Mapping[str, float], rng: Random) -> dict[str, float]:
        """The mean stay of each service, scaled so that each queue brings `load` to the windows that serve it."""
        hours = self.length_s * (1 - self.lunch / 8)
        servers = {
            queue.id: sum(1 / max(1, len(w.queues)) for w in plan.windows_of_queue[queue.id]) for queue in plan.queues
        }
        relative = {service.id: rng.lognormvariate(0, self.service_spread) for service in plan.services}
        everybody = sum(popular.values())
        work: dict[str, float] = {}
        for service in plan.services:
            share = popular[service.id] / everybody
            work[service.queue] = work.get(service.queue, 0.0) + self.tickets * share * relative[service.id]
        between = sum(self.walk_s) / 2 + sum(self.pause_s) / 2
        means = {}
        for service in plan.services:
            cycle = self.load * servers[service.queue] * hours / max(work[service.queue], 1e-9)
            means[service.id] = min(max(cycle * relative[service.id] - between, 45.0), 2400.0)
        return means

    def stay_s(self, mean: float, rng: Random) -> float:
        """How long one visit takes."""
        return rng.lognormvariate(log(mean) - self.spread**2 / 2, self.spread)
