"""How long the next stays may take: quantiles of a service's recent durations, dealt to the runs of a simulation.

Each ticket gets each quantile once over the runs, in an order that its number seeds (Latin hypercube sampling). So few
runs give a steady median, and the same ticket has the same luck again at the next reckoning: a figure that has not
changed does not flicker, and one more person ahead can only make the wait longer.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import exp, log, sqrt
from statistics import NormalDist, fmean

from hall.state import HallState
from hall.times import Mean, Times, Took

RUNS = 64
GROUND = 3
SERVICE_PRIOR = 6.0
QUEUE_PRIOR = 4.0
USUAL_PAUSE_S = 15.0
USUAL_BREAKS = 0.02
USUAL_BREAK_S = 400.0
PAUSE_PRIOR = 5.0
USUAL_MISSES = 0.04
USUAL_AGAIN = 0.03
AGAIN_MOST = 0.5
MISSES_PRIOR = 30.0
IN_VAIN_S = 60.0
IN_VAIN_PRIOR = 3.0
UNKNOWN_SPREAD = 0.12
"""What no figure of the past knows of the next hour: clerks get faster or slower, windows take a break (by measure)."""


@lru_cache(maxsize=256)
def standard_quantiles(count: int) -> tuple[float, ...]:
    """The middles of `count` equal parts of the standard normal distribution, ascending."""
    return tuple(NormalDist().inv_cdf((i + 0.5) / count) for i in range(count))


@lru_cache(maxsize=20_000)
def deal(seed: int, name: str) -> tuple[int, ...]:
    """0 … RUNS-1 in the order of this name's luck."""
    order = list(range(RUNS))
    random.Random(f"{seed}/{name}").shuffle(order)
    return tuple(order)


class Draws:
    """The durations of a group's services as they are known now. Copies what it needs of the state: O(services)."""

    def __init__(self, state: HallState, queues: Sequence[str], seed: int) -> None:
        times = state.times
        self.seed = seed
        self.ground = times.hall.n >= GROUND
        self._services = {s: took for s in _services_of(state, queues) if (took := times.services.get(s))}
        self._queues = {q: times.queues.get(q, Took()).drawn_to(times.hall, QUEUE_PRIOR) for q in queues}
        called, missed = sum(times.called.values()), sum(times.missed.values())
        usual = (missed + USUAL_MISSES * MISSES_PRIOR) / (called + MISSES_PRIOR)
        self._misses = {q: (times.missed[q] + usual * MISSES_PRIOR) / (times.called[q] + MISSES_PRIOR) for q in queues}
        self._in_vain_s = times.in_vain.with_prior(IN_VAIN_S, IN_VAIN_PRIOR)
        zones = {state.plan.queue[queue].zone for queue in queues}
        self._pauses = _pauses(times, zones)
        self.pause_s = sum(self._pauses) / RUNS
        self._quantiles: dict[tuple[str, str], tuple[float, ...]] = {}
        known = sum(times.queues[q].n for q in queues if q in times.queues)
        spread = sqrt(UNKNOWN_SPREAD**2 + times.hall.var / (known + QUEUE_PRIOR))
        steps = standard_quantiles(RUNS)
        again = fmean(times.again.get(zone, Mean()).with_prior(USUAL_AGAIN, MISSES_PRIOR) for zone in zones)
        more = 1 / (1 - min(again, AGAIN_MOST))  # each who waits stands for those calls too that come in between
        self.factors = [more * exp(spread * steps[i]) for i in deal(seed, "|".join(queues))]

    def pauses(self, name: str) -> list[float]:
        """For each run how long a window is free before the call of this name."""
        return [self._pauses[i * 27 % RUNS] for i in deal(self.seed, name)]

    def quantiles(self, service: str, queue: str) -> tuple[float, ...]:
        """RUNS durations in seconds, ascending, those of visitors who do not come among them."""
        key = (service, queue)
        if key not in self._quantiles:
            took = self._queues.get(queue, Took())
            if service in self._services:
                took = self._services[service].drawn_to(took, SERVICE_PRIOR)
            in_vain = round(RUNS * self._misses.get(queue, 0.0))
            spread = sqrt(took.var)
            come = [exp(took.mean + spread * step) for step in standard_quantiles(max(1, RUNS - in_vain))]
            self._quantiles[key] = tuple(sorted([self._in_vain_s] * in_vain + come)[:RUNS])
        return self._quantiles[key]

    def stays(self, number: str, service: str, queue: str) -> list[float]:
        """For each run how long this ticket keeps its window from others, until that calls again."""
        quantiles, pauses = self.quantiles(service, queue), self._pauses
        luck = zip(deal(self.seed, number), self.factors, strict=True)
        return [quantiles[i] * factor + pauses[i * 27 % RUNS] for i, factor in luck]

    def rest(self, number: str, service: str, queue: str, elapsed_s: float) -> list[float]:
        """For each run how long it will still keep it, after so much already."""
        quantiles = self.quantiles(service, queue)
        longer = [q - elapsed_s for q in quantiles if q > elapsed_s]
        if len(longer) < 3:  # longer than nearly all before: who has stayed so long stays on for a part of that
            mean = sum(quantiles) / RUNS
            longer = [0.1 * mean, 0.3 * mean, 0.8 * mean]
        count = len(longer)
        return [
            longer[i * count // RUNS] * factor
            for i, factor in zip(deal(self.seed, "at " + number), self.factors, strict=True)
        ]


def _pauses(times: Times, zones: Iterable[str]) -> tuple[float, ...]:
    """RUNS pauses between two calls, ascending: most are short, in a few the clerk takes a break."""
    means = [times.pauses.get(zone, Mean()).with_prior(USUAL_PAUSE_S, PAUSE_PRIOR) for zone in zones]
    short = sum(means) / len(means)
    breaks = round(RUNS * times.breaks.with_prior(USUAL_BREAKS, PAUSE_PRIOR))
    long = times.break_s.with_prior(USUAL_BREAK_S, IN_VAIN_PRIOR)
    count = max(1, RUNS - breaks)
    shorts = [-short * log(1 - (i + 0.5) / count) for i in range(count)]
    return tuple([*shorts, *(long * (i + 0.5) * 2 / breaks for i in range(breaks))][:RUNS])


def _services_of(state: HallState, queues: Sequence[str]) -> list[str]:
    wanted = set(queues)
    return [service.id for service in state.plan.services if service.queue in wanted]
