"""A day's visitors and clerks: they want things of the hall, see what happens, and want the next thing.

Nothing is done here. Whoever plays a day takes the next command (`due`), does it, to a state or with real buttons, and
tells what happened (`saw`) or that it was refused. All chance comes from the `rng` that is passed in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from heapq import heappop, heappush
from random import Random
from typing import Any, ClassVar

from hall import commands as c
from hall import events as ev
from hall.plan import Plan
from hall.simulate.shape import Shape

HOUR_S = 3600.0
LUNCH_AT_S = 3 * HOUR_S
LONG_S = HOUR_S / 2
BACK_S = (120.0, 1200.0)
SAYS_WHEN = 0.5
ANY_TURN = -1


class Cast:
    """Everybody who acts in a day that opens at `opens`. `name` begins the tokens of its tickets."""

    def __init__(self, plan: Plan, shape: Shape, opens: datetime, rng: Random, name: str = "simulated") -> None:
        self._plan = plan
        self._shape = shape
        self._opens = opens
        self._rng = rng
        self._name = name
        self._upcoming: list[tuple[float, int, int, c.Command]] = []
        self._count = 0
        self._turn: Counter[str] = Counter()
        self._idle: set[str] = set()
        self._service: dict[str, str] = {}
        self._to_resume: dict[str, list[str]] = {}
        self._away_s: dict[str, list[tuple[float, float]]] = {}
        self._speed = {w.id: rng.lognormvariate(0, shape.clerk_spread) for w in plan.windows}
        self._popular = {s.id: 1.0 / (1 + n % 12) for n, s in enumerate(plan.services)}
        self._means = shape.means_s(plan, self._popular, rng)
        self._visitors_come()
        self._clerks_come()

    def due(self) -> c.Command | None:
        """The next thing that somebody wants, None when the day is over. Times never go back."""
        while self._upcoming:
            _, _, turn, command = heappop(self._upcoming)
            window = getattr(command, "window", "")
            if turn in (ANY_TURN, self._turn[window]):  # else something else has happened at the window meanwhile
                return command
        return None

    def saw(self, events: Iterable[ev.Event]) -> None:
        """What has happened; whoever is concerned wants something next."""
        for event in events:
            if window := getattr(event, "window", ""):
                self._turn[window] += 1
                self._idle.discard(window)
        for event in events:
            reaction = self._REACTIONS.get(type(event))
            if reaction:
                reaction(self, event)

    def refused(self, command: c.Command, code: str) -> None:
        """It could not be: a clerk with nobody to call waits, one who may not leave calls the next."""
        if isinstance(command, c.CallNext):
            self._idle.add(command.window)
        elif isinstance(command, c.ResumeTicket):
            self._to_resume.setdefault(command.window, []).append(command.number)
        elif isinstance(command, (c.PauseWindow, c.CloseWindow)):
            self._call_next(command.window, command.at)

    def _at(self, seconds: float, make: Callable[..., c.Command], turn: int = ANY_TURN, **words: Any) -> None:
        self._count += 1
        at = self._opens + timedelta(seconds=round(seconds, 1))
        heappush(self._upcoming, (round(seconds, 1), self._count, turn, make(at=at, actor="simulation", **words)))

    def _then(self, at: datetime, seconds: float, make: Callable[..., c.Command], window: str, **words: Any) -> None:
        """The clerk does so in a while, unless something else happens at the window until then."""
        self._at(self._since(at) + seconds, make, self._turn[window], window=window, **words)

    def _since(self, at: datetime) -> float:
        return (at - self._opens).total_seconds()

    def _visitors_come(self) -> None:
        services = [s.id for s in self._plan.services if self._plan.windows_of_queue[s.queue]]
        weights = [self._popular[s] for s in services]
        for n in range(self._shape.tickets):
            (service,) = self._rng.choices(services, weights)
            klass = self._shape.klass(self._rng)
            token = f"{self._name}-{n}"
            self._at(self._shape.arrival_s(self._rng), c.TakeTicket, service=service, token=token, klass=klass)

    def _clerks_come(self) -> None:
        shape, rng = self._shape, self._rng
        for n, window in enumerate(self._plan.windows):
            self._at(rng.uniform(-600, 120), c.OpenWindow, window=window.id)
            away = []
            if int((n + 1) * shape.lunch) > (shift := int(n * shape.lunch)):  # the same windows every day
                away.append((LUNCH_AT_S + HOUR_S * (shift % 2), HOUR_S * rng.uniform(0.8, 1.1)))
            for _ in range(round(shape.breaks + rng.uniform(-0.5, 0.5))):
                away.append((rng.uniform(HOUR_S, shape.length_s - HOUR_S), rng.uniform(*shape.break_s)))
            self._away_s[window.id] = sorted(away, reverse=True)

    def _opened(self, event: ev.WindowOpened) -> None:
        self._call_next(event.window, event.at)

    def _taken(self, event: ev.TicketTaken) -> None:
        self._service[event.number] = event.service
        self._somebody_waits(event.queue, event.at)

    def _somebody_waits(self, queue: str, at: datetime) -> None:
        for window in self._plan.windows_of_queue.get(queue, ()):
            if window.id in self._idle:
                self._idle.discard(window.id)
                self._call_next(window.id, at)
                return

    def _call_next(self, window: str, at: datetime) -> None:
        """The clerk looks up: a break, somebody who is back with a paper, or the next one."""
        away = self._away_s.get(window, [])
        if away and away[-1][0] <= self._since(at):
            self._go(window, at, away.pop()[1])
        elif self._to_resume.get(window):
            self._then(at, 5.0, c.ResumeTicket, window, number=self._to_resume[window].pop())
        else:
            self._then(at, self._rng.uniform(*self._shape.pause_s), c.CallNext, window)

    def _go(self, window: str, at: datetime, seconds: float) -> None:
        if seconds > LONG_S:
            self._then(at, 1.0, c.CloseWindow, window)
        else:
            says = self._rng.random() < SAYS_WHEN
            until = (at + timedelta(seconds=seconds)).isoformat() if says else ""
            self._then(at, 1.0, c.PauseWindow, window, reason="暂离", until=until)
        self._at(self._since(at) + seconds, c.OpenWindow, window=window)

    def _called(self, event: ev.TicketCalled) -> None:
        if self._rng.random() < self._shape.no_show:
            self._then(event.at, self._rng.uniform(*self._shape.patience_s), c.MarkNoShow, event.window)
        else:
            self._then(event.at, self._rng.uniform(*self._shape.walk_s), c.StartService, event.window)

    def _serving(self, event: ev.ServiceStarted | ev.TicketResumed) -> None:
        """The visitor sits down: how it will end is drawn now."""
        shape, rng, window = self._shape, self._rng, event.window
        mean = self._means.get(self._service.get(event.number, ""), 300.0)
        stay = shape.stay_s(mean, rng) * self._speed.get(window, 1.0)
        draw = rng.random()
        if draw < shape.hold:
            self._then(event.at, stay / 2, c.HoldTicket, window)
        elif draw < shape.hold + shape.transfer:
            queue = self._plan.service[self._service[event.number]].queue
            queue = rng.choice([q.id for q in self._plan.queues if self._plan.windows_of_queue[q.id]] or [queue])
            self._then(event.at, stay / 3, c.TransferTicket, window, queue=queue)
        else:
            self._then(event.at, stay, c.FinishService, window)

    def _free(self, event: Any) -> None:
        self._call_next(event.window, event.at)

    def _held(self, event: ev.TicketHeld) -> None:
        self._free(event)
        in_s = self._since(event.at) + self._rng.uniform(*BACK_S)
        self._at(in_s, c.ResumeTicket, window=event.window, number=event.number)

    def _missed(self, event: ev.TicketMissed) -> None:
        self._free(event)
        if self._rng.random() < self._shape.back:
            self._at(self._since(event.at) + self._rng.uniform(*BACK_S), c.ReturnTicket, number=event.number)

    def _returned(self, event: ev.TicketReturned) -> None:
        service = self._plan.service.get(self._service[event.number])
        if service:
            self._somebody_waits(service.queue, event.at)

    def _transferred(self, event: ev.TicketTransferred) -> None:
        self._free(event)
        self._somebody_waits(event.queue, event.at)

    def _goes_on(self, event: ev.StepFinished) -> None:
        self._free(event)
        for queue in event.queues:
            self._somebody_waits(queue, event.at)

    _REACTIONS: ClassVar[dict[type[ev.Event], Callable[[Cast, Any], None]]] = {
        ev.WindowOpened: _opened,
        ev.TicketTaken: _taken,
        ev.TicketReturned: _returned,
        ev.TicketCalled: _called,
        ev.ServiceStarted: _serving,
        ev.TicketResumed: _serving,
        ev.ServiceFinished: _free,
        ev.StepFinished: _goes_on,
        ev.TicketHeld: _held,
        ev.TicketMissed: _missed,
        ev.TicketTransferred: _transferred,
    }
