"""How long things took lately: stays at windows by service, the pause between two calls, who does not come.

Everything is a running figure of bounded size: a new observation weighs 1 part in at most so many, so that older ones
fade, and one that is far from all others is drawn in before it counts (a forgotten 办结 over lunch is no service time).
"""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, field
from datetime import datetime
from math import log, sqrt
from typing import Any

from hall.openings import Openings
from hall.stretch import after, tomorrow

SERVICE_MEMORY = 40
QUEUE_MEMORY = 80
HALL_MEMORY = 200
PAUSE_MEMORY = 60
ARRIVALS_KEPT = 20
SHORTEST_S = 5.0
SHORT_PAUSE_S = 120.0
PAUSE_MOST_S = 1500.0
FAR = 3.0
NARROWEST = 0.3
USUAL_S = 300.0
USUAL_SPREAD = 0.7


@dataclass(frozen=True)
class Took:
    """Durations as a lognormal: `n` is how many observations it stands for, mean and variance are of ln seconds."""

    n: float = 0.0
    mean: float = log(USUAL_S)
    var: float = USUAL_SPREAD**2

    def and_also(self, seconds: float, memory: int, above: Took | None = None) -> Took:
        """With one more observation. `above` is what is known of its like: the first few are judged by that."""
        x = log(max(SHORTEST_S, seconds))
        judge = self if self.n >= 5 or above is None or above.n < 5 else above
        if judge.n >= 5:
            reach = FAR * max(NARROWEST, sqrt(judge.var))
            x = min(max(x, judge.mean - reach), judge.mean + reach)
        n = min(self.n, memory - 1) + 1
        if n == 1:
            return Took(1.0, x, 0.0)
        step = (x - self.mean) / n
        return Took(n, self.mean + step, (self.var + step * (x - self.mean)) * (n - 1) / n)

    def drawn_to(self, other: Took, weight: float) -> Took:
        """Shrunk to `other`, which counts as `weight` observations: with few of its own a thing is like its like."""
        n = self.n + weight
        mean = (self.n * self.mean + weight * other.mean) / n
        between = self.n * (self.mean - mean) ** 2 + weight * (other.mean - mean) ** 2
        return Took(n, mean, (self.n * self.var + weight * other.var + between) / n)


@dataclass(frozen=True)
class Mean:
    """A running mean in seconds of `n` observations."""

    n: float = 0.0
    s: float = 0.0

    def and_also(self, seconds: float, memory: int = PAUSE_MEMORY) -> Mean:
        n = min(self.n, memory - 1) + 1
        return Mean(n, self.s + (seconds - self.s) / n)

    def with_prior(self, s: float, weight: float) -> float:
        """The mean, with `weight` observations of `s` before the first."""
        return (self.n * self.s + weight * s) / (self.n + weight)


@dataclass(slots=True)
class Times:
    """What the hall remembers of durations. Changed by evolve alone; `services`, `queues` and `hall` outlive the day.

    `pauses` (by zone) is from a window's being free until its next call while that visitor waited, if it was short;
    `breaks` the share that was not, and `break_s` how long those were. `again` (by zone) is the share of calls that are
    not their ticket's first, `stretch` (by zone) how far P90 is drawn out (hall/stretch.py). `came` is the latest
    arrivals of a class in a queue, `began` and `free` when each window's present stay began or its last one ended,
    `last` the latest event.
    """

    services: dict[str, Took] = field(default_factory=dict)
    queues: dict[str, Took] = field(default_factory=dict)
    hall: Took = Took()
    pauses: dict[str, Mean] = field(default_factory=dict)
    stretch: dict[str, float] = field(default_factory=dict)
    breaks: Mean = Mean()
    break_s: Mean = Mean()
    in_vain: Mean = Mean()
    again: dict[str, Mean] = field(default_factory=dict)
    called: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    came: dict[tuple[str, str], deque[datetime]] = field(default_factory=dict)
    began: dict[str, datetime] = field(default_factory=dict)
    free: dict[str, datetime] = field(default_factory=dict)
    openings: Openings = field(default_factory=Openings)
    last: datetime | None = None

    def stayed(self, service: str, queue: str, seconds: float) -> None:
        """A visitor's stay at a window is over. `service` is "" for one who came from another queue."""
        self.hall = self.hall.and_also(seconds, HALL_MEMORY)
        self.queues[queue] = self.queues.get(queue, Took()).and_also(seconds, QUEUE_MEMORY, self.hall)
        if service:
            before = self.services.get(service, Took())
            self.services[service] = before.and_also(seconds, SERVICE_MEMORY, self.queues[queue])

    def called_one(self, zone: str, again: bool) -> None:
        """Was it called before: back after a missed call, sent on, at a later step of its visit?"""
        self.again[zone] = self.again.get(zone, Mean()).and_also(float(again), HALL_MEMORY)

    def waited(self, zone: str, beyond: bool) -> None:
        """A visitor was called, later than the P90 that was told on taking the number, or within it."""
        self.stretch[zone] = after(self.stretch.get(zone, 1.0), beyond)

    def paused(self, zone: str, seconds: float) -> None:
        """A window called again so long after it was free, though somebody waited."""
        long = seconds > SHORT_PAUSE_S
        self.breaks = self.breaks.and_also(float(long), HALL_MEMORY)
        if long:
            self.break_s = self.break_s.and_also(min(seconds, PAUSE_MOST_S))
        else:
            self.pauses[zone] = self.pauses.get(zone, Mean()).and_also(max(0.0, seconds))

    def picture(self) -> dict[str, Any]:
        """As plain values, for HallState.picture."""
        return {
            "services": {service: [took.n, took.mean, took.var] for service, took in self.services.items()},
            "queues": {queue: [took.n, took.mean, took.var] for queue, took in self.queues.items()},
            "hall": [self.hall.n, self.hall.mean, self.hall.var],
            "pauses": {zone: [pause.n, pause.s] for zone, pause in self.pauses.items()},
            "breaks": [self.breaks.n, self.breaks.s, self.break_s.n, self.break_s.s],
            "again": {zone: [share.n, share.s] for zone, share in self.again.items()},
            "stretch": dict(self.stretch),
            "in_vain": [self.in_vain.n, self.in_vain.s],
            "called": dict(self.called),
            "missed": dict(self.missed),
            "came": {"/".join(line): list(came) for line, came in self.came.items()},
            "began": dict(self.began),
            "free": dict(self.free),
            "openings": self.openings.picture(),
            "last": self.last,
        }

    def worth_keeping(self, zone_of: dict[str, str]) -> dict[str, Any]:
        """What tomorrow should know, as JSON: three figures for each service and queue, and how many windows are open
        when. `zone_of` is each window's zone. {} when nothing is known.
        """
        if not self.hall.n:
            return {}
        return {
            "services": {service: _short(took) for service, took in self.services.items()},
            "queues": {queue: _short(took) for queue, took in self.queues.items()},
            "hall": _short(self.hall),
            "pauses": {zone: [round(pause.n / 2, 1), round(pause.s, 1)] for zone, pause in self.pauses.items()},
            "again": {zone: [round(share.n / 2, 1), round(share.s, 4)] for zone, share in self.again.items()},
            "stretch": {zone: round(tomorrow(stretch), 4) for zone, stretch in self.stretch.items()},
            "breaks": [round(figure, 4) for figure in (self.breaks.n, self.breaks.s, self.break_s.n, self.break_s.s)],
            "open": self.openings.worth_keeping(zone_of, self.last) if self.last else {},
        }

    def take_up(self, kept: dict[str, Any]) -> None:
        """A new day begins with what the day before had kept."""
        self.services = {service: Took(*took) for service, took in kept.get("services", {}).items()}
        self.queues = {queue: Took(*took) for queue, took in kept.get("queues", {}).items()}
        self.hall = Took(*kept["hall"]) if "hall" in kept else Took()
        self.pauses = {zone: Mean(*pause) for zone, pause in kept.get("pauses", {}).items()}
        self.again = {zone: Mean(*share) for zone, share in kept.get("again", {}).items()}
        self.stretch = dict(kept.get("stretch", {}))
        n, share, longs, seconds = kept.get("breaks", (0.0, 0.0, 0.0, 0.0))
        self.breaks, self.break_s = Mean(n, share), Mean(longs, seconds)
        self.openings.usual = {zone: list(slots) for zone, slots in kept.get("open", {}).items()}


def _short(took: Took) -> list[float]:
    """Yesterday counts half, since today's clerks are others; a few visits are still as good as a few."""
    return [round(max(took.n / 2, min(took.n, 3.0)), 2), round(took.mean, 4), round(took.var, 4)]
