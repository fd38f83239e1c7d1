"""The table of docs/estimate.md: generated days of held-out seeds, and for one hall an oracle that knows the services.

Run it: `python tests/bench/bench_days.py` (some minutes), or with words of a row's name for that row alone.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from math import exp, log, sqrt
from pathlib import Path
from random import Random
from statistics import fmean
from zoneinfo import ZoneInfo

from caller.config import load
from caller.config.first import init_text
from hall.estimate.draws import RUNS, Draws, standard_quantiles
from hall.plan import Plan, Rule
from hall.simulate import play
from hall.simulate.day import Cast
from hall.simulate.scores import score
from hall.simulate.shape import Shape
from hall.simulate.watch import Forecast
from hall.state import HallState

SEEDS = (100, 101, 102, 103)
DAYS = 3
REFRESH_S = 60.0
CARE = Rule(("class",), run=3, extra_wait=20)
CREDIT = Rule(("accumulate",), rates={"care": 3.0, "normal": 1.0})
SHARES = Rule(("ratio",), ratio={"care": 2, "normal": 3})
PROMISE = Rule(("target",), target={"normal": 20.0, "care": 10.0})
HALLS: dict[str, tuple[tuple[int, int, int], Rule | None, Shape]] = {
    "2 windows, rush": ((1, 2, 4), None, Shape(tickets=90)),
    "2 windows, flat": ((1, 2, 4), None, Shape(tickets=90, arrivals="flat")),
    "8 windows in 2 zones, rush": ((2, 8, 12), None, Shape(tickets=400)),
    "8 windows in 2 zones, afternoon": ((2, 8, 12), None, Shape(tickets=400, arrivals="afternoon")),
    "8 windows in 2 zones, load 0.95": ((2, 8, 12), None, Shape(tickets=400, load=0.95)),
    "6 windows, care first with bounds": ((1, 6, 8), CARE, Shape(tickets=200)),
    "6 windows, accumulate": ((1, 6, 8), CREDIT, Shape(tickets=200)),
    "6 windows, ratio": ((1, 6, 8), SHARES, Shape(tickets=200)),
    "6 windows, target": ((1, 6, 8), PROMISE, Shape(tickets=200)),
    "reference: 289 windows, 10 zones": ((10, 289, 1344), None, Shape(tickets=8000)),
}
ORACLE = "2 windows, flat"
SHIPPED = "shipped, 4 windows"


def hall_of(size: tuple[int, int, int], rule: Rule | None) -> Plan:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "hall_config.yaml"
        file.write_text(init_text(*size), encoding="utf-8")
        plan = load(file).plan()
    return replace(plan, zones=tuple(replace(zone, rule=rule) for zone in plan.zones)) if rule else plan


def forecasts_of(plan: Plan, shape: Shape, knows: bool = False) -> Iterator[Forecast]:
    """Of all days but the first of each seed; `knows`: drawn from the true distributions, not from what was seen."""
    for seed in SEEDS[: 1 if len(plan.windows) > 100 else None]:
        state = HallState(plan)
        first = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
        for n in range(DAYS):
            opens, chance = first + timedelta(days=n), f"{seed}/{n}"
            with oracle(Cast(plan, shape, opens, Random(chance)), shape) if knows else as_it_is():
                watch = play.a_day(state, shape, opens, Random(chance), REFRESH_S)
            if n:
                yield from watch.forecasts


@contextmanager
def oracle(cast: Cast, shape: Shape) -> Iterator[None]:
    """While it lasts, the mean and spread of each service and the clerks of the day are known as they really are."""
    speed = fmean(cast._speed.values())
    walk = sum(shape.walk_s) / 2
    spread = sqrt(shape.spread**2 + shape.clerk_spread**2)

    def known(draws: Draws, service: str, queue: str) -> tuple[float, ...]:
        mean = cast._means.get(service) or fmean(cast._means.values())
        middle = log(mean * speed) - spread**2 / 2
        come = [walk + exp(middle + spread * step) for step in standard_quantiles(round(RUNS * (1 - shape.no_show)))]
        return tuple(sorted([sum(shape.patience_s) / 2] * (RUNS - len(come)) + come))

    kept, Draws.quantiles = Draws.quantiles, known
    try:
        yield
    finally:
        Draws.quantiles = kept


@contextmanager
def as_it_is() -> Iterator[None]:
    yield


def row(name: str, forecasts: list[Forecast]) -> str:
    it = score(forecasts)
    minutes = [it.wait_p50_s, it.wait_p90_s, it.ours_s, it.naive_s, it.les_s, it.hol_s]
    p50, p90, ours, naive, les, hol = (seconds / 60 for seconds in minutes)
    figures = (
        f"{it.tickets} | {p50:.0f} / {p90:.0f} | {it.coverage:.0%} | {ours:.1f} | {naive:.1f} | {les:.1f} | {hol:.1f}"
    )
    return f"| {name} | {figures} | {it.better_than_naive:.0%} |"


if __name__ == "__main__":
    print("| hall | tickets | wait P50 / P90 | in P90 | error | naive | LES | HOL | better |")
    print("|---" * 9 + "|")
    if all(word in SHIPPED for word in sys.argv[1:]):
        shipped = list(forecasts_of(load(Path("hall_config.yaml")).plan(), Shape(tickets=150)))
        for zone in sorted({forecast.zone for forecast in shipped}):
            print(row(f"{SHIPPED}: {zone}", [it for it in shipped if it.zone == zone]), flush=True)
    for name, (size, rule, shape) in HALLS.items():
        if all(word in name for word in sys.argv[1:]):
            plan = hall_of(size, rule)
            print(row(name, list(forecasts_of(plan, shape))), flush=True)
            if name == ORACLE:
                print(row(name + ", oracle", list(forecasts_of(plan, shape, knows=True))), flush=True)
