"""The reference hall's config, loaded and checked, beside libyaml alone; the next of 10 000 waiting beside that of 100.

Run it: `python tests/bench/bench_plan.py`. Both sides in one process and one run; the ratio is what counts.
"""

from __future__ import annotations

import gc
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import yaml

from caller.config import load
from caller.config.first import init_text
from hall import commands as c
from hall.decide import decide
from hall.evolve import evolve
from hall.plan import Plan
from hall.rule.choice import choose
from hall.state import HallState

REFERENCE = {"zones": 10, "windows": 289, "services": 1344, "clerks": 680}
OPENING = datetime(2026, 11, 22, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Row:
    what: str
    ours_ms: float
    bare_ms: float

    @property
    def ratio(self) -> float:
        return self.ours_ms / self.bare_ms


def best(do: Callable[[], object], rounds: int) -> float:
    """The fastest of some rounds, in ms of processor time: what the work costs, whoever else the machine works for."""
    times = []
    collects = gc.isenabled()
    gc.collect()
    gc.disable()  # what else lives in this process, a whole test run perhaps, is not looked through again and again
    for _ in range(rounds):
        begun = time.process_time()
        do()
        times.append(time.process_time() - begun)
    if collects:
        gc.enable()
    return min(times) * 1000


def crowd(plan: Plan, waiting: int) -> HallState:
    """An open window 1 with so many waiting in its queue."""
    state = HallState(plan)
    service = next(s.id for s in plan.services if s.queue in plan.windows[0].queues)
    todo: list[c.Command] = [c.OpenDay(at=OPENING, day="2026-11-22"), c.OpenWindow(at=OPENING, window="1")]
    todo += [c.TakeTicket(at=OPENING + timedelta(seconds=i), service=service, token=str(i)) for i in range(waiting)]
    for command in todo:
        for event in decide(command, state):
            evolve(event, state)
    return state


def press(state: HallState) -> None:
    for event in decide(c.CallNext(at=OPENING + timedelta(hours=6), window="1"), state):
        evolve(event, state)


def measure() -> list[Row]:
    """All rows."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "hall_config.yaml"
        text = init_text(**REFERENCE)
        file.write_text(text, encoding="utf-8")
        plan = load(file).plan()
        parse = best(lambda: yaml.compose(text, Loader=yaml.CSafeLoader), 7)
        loaded = best(lambda: load(file).plan(), 7)
    few, many = crowd(plan, 100), crowd(plan, 10_000)
    at = OPENING + timedelta(hours=6)
    chosen = [best(lambda state=state: choose(state, "1", at), 200) for state in (many, few)]
    pressed = [best(lambda state=state: press(state), 50) for state in (many, few)]
    return [
        Row("the reference hall, loaded and checked / libyaml alone", loaded, parse),
        Row("choosing the next of 10 000 / of 100", chosen[0], chosen[1]),
        Row("a press of next with 10 000 waiting / with 100", pressed[0], pressed[1]),
    ]


if __name__ == "__main__":
    print(f"{'':58}{'ours, ms':>10}{'beside, ms':>12}{'ratio':>8}")
    for row in measure():
        print(f"{row.what:58}{row.ours_ms:>10.3f}{row.bare_ms:>12.3f}{row.ratio:>7.2f}×")
