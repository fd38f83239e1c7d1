"""A generated day played through the real decide and evolve, or a recorded one through evolve, under a watch."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from hall import commands as c
from hall import events as ev
from hall.decide import decide
from hall.errors import Refused
from hall.evolve import evolve
from hall.plan import Plan
from hall.simulate.day import Cast
from hall.simulate.shape import Shape
from hall.simulate.watch import Watch
from hall.state import HallState

FIRST_DAY = "2026-11-23"
"""A Monday."""
OPENS_H = 9


def days(plan: Plan, shape: Shape, seed: int, count: int, refresh_s: float) -> list[Watch]:
    """So many working days one after the other, each with its own chance; the same arguments give the same days."""
    state = HallState(plan)
    first = datetime.fromisoformat(FIRST_DAY).replace(hour=OPENS_H, tzinfo=ZoneInfo(plan.timezone))
    return [a_day(state, shape, first + timedelta(days=n), Random(f"{seed}/{n}"), refresh_s) for n in range(count)]


def a_day(
    state: HallState,
    shape: Shape,
    opens: datetime,
    rng: Random,
    refresh_s: float,
    record: Callable[[ev.Event], object] = lambda event: None,
) -> Watch:
    """One day, its events evolved into `state`, and given to `record`."""
    early = opens - timedelta(hours=1)
    for event in decide(c.OpenDay(at=early, actor="simulation", day=opens.date().isoformat()), state):
        evolve(event, state)
        record(event)
    watch = Watch(state, refresh_s=refresh_s)
    cast = Cast(state.plan, shape, opens, rng)
    while (command := cast.due()) is not None:
        if isinstance(command, c.TakeTicket):
            watch.somebody_comes(state.plan.service[command.service].queue, command.at)
        try:
            events = decide(command, state)
        except Refused as refused:
            cast.refused(command, refused.code)
            continue
        for event in events:
            evolve(event, state)
            watch.after(event)
            record(event)
        cast.saw(events)
    return watch


def recorded(plan: Plan, events: Iterable[ev.Event], refresh_s: float) -> Watch:
    """A day of a journal, beginning with its DayOpened."""
    state = HallState(plan)
    watch = Watch(state, refresh_s=refresh_s)
    for event in events:
        if isinstance(event, ev.TicketTaken):
            watch.somebody_comes(event.queue, event.at)
        evolve(event, state)
        watch.after(event)
    return watch
