"""Reckoning the reference hall: 289 windows, 10 zones, 1 000 waiting; beside one walk through those who wait.

Run it: `python tests/bench/bench_estimate.py`. What matters to the hub is the longest step, since between two steps
everybody else goes on, and how long the state is held.
"""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hall import commands as c
from hall.decide import decide
from hall.estimate.forward import Forward
from hall.estimate.moment import Moment, groups
from hall.evolve import evolve
from hall.plan import Kiosk, Plan, Queue, Rule, Service, Window, Zone
from hall.state import HallState

OPENS = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
RULES = {"standing": None, "care first, bounded": Rule(("class",), run=3, extra_wait=20)}


@dataclass(frozen=True)
class Row:
    """Milliseconds of a refresh of the whole hall; `held`: of that under the lock, the longest; `ratio`: to a walk."""

    what: str
    refresh_ms: float
    held_ms: float
    step_ms: float
    ratio: float


def reference_hall(waiting: int = 1000, rule: Rule | None = None, zones: int = 10, windows: int = 289) -> HallState:
    """Every window open and at work, so many waiting, all services known a little."""
    letters = "ABCDEFGHJK"[:zones]
    plan = Plan(
        "大厅",
        zones=tuple(Zone(z, z, z, rule=rule) for z in letters),
        queues=tuple(Queue(z, z, z, z) for z in letters),
        services=tuple(Service(f"{z}{n}", f"{z}{n}", z) for z in letters for n in range(30)),
        windows=tuple(Window(str(n), letters[n % zones], str(n), {letters[n % zones]: 1}) for n in range(windows)),
        kiosks=(Kiosk("k", "k"),),
    )
    state, rng = HallState(plan), random.Random(1)

    def do(command: type[c.Command], at: datetime, **words: object) -> None:
        for event in decide(command(at=at, **words), state):
            evolve(event, state)

    do(c.OpenDay, OPENS, day="2026-11-23")
    for n in range(waiting + windows):
        service = plan.services[n * 7 % len(plan.services)].id
        klass = "care" if n % 8 == 0 else "normal"
        do(c.TakeTicket, OPENS + timedelta(seconds=n), service=service, token=str(n), klass=klass)
    for window in plan.windows:
        do(c.OpenWindow, OPENS + timedelta(hours=1), window=window.id)
        do(c.CallNext, OPENS + timedelta(hours=1, seconds=rng.randrange(300)), window=window.id)
    for service in plan.services:
        for _ in range(5):
            state.times.stayed(service.id, service.queue, rng.lognormvariate(6, 0.6))
    return state


def measure(waiting: int = 1000, zones: int = 10, windows: int = 289) -> list[Row]:
    rows = []
    for name, rule in RULES.items():
        state = reference_hall(waiting, rule, zones, windows)
        at = OPENS + timedelta(hours=1, minutes=6)
        begun = time.perf_counter()
        walked = sum(state.ahead(ticket) for ticket in state.tickets.values())
        walk = time.perf_counter() - begun
        assert walked
        held, steps = [], []
        began = time.perf_counter()
        for group in groups(state.plan):
            begun = time.perf_counter()
            moment = Moment(state, group, at, 1)
            held.append(time.perf_counter() - begun)
            begun = time.perf_counter()
            forward = Forward(moment)
            steps.append(time.perf_counter() - begun)
            begun = time.perf_counter()
            for _ in forward.steps():
                now = time.perf_counter()
                steps.append(now - begun)
                begun = now
            assert forward.outlook().tickets
        whole = time.perf_counter() - began
        rows.append(Row(name, whole * 1000, max(held) * 1000, max(steps) * 1000, whole / walk))
    return rows


if __name__ == "__main__":
    print(f"{'rule':<24}{'refresh ms':>12}{'state held ms':>15}{'longest step ms':>17}{'x one walk':>12}")
    for row in measure():
        print(f"{row.what:<24}{row.refresh_ms:>12.0f}{row.held_ms:>15.1f}{row.step_ms:>17.1f}{row.ratio:>12.0f}")
