"""What each visitor would be told on taking a number, by us and by three other ways, and the wait that came."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from statistics import fmean

from hall import events as ev
from hall.estimate import told
from hall.estimate.forward import reckon
from hall.estimate.moment import Moment, groups
from hall.state import HallState

REFRESH_S = 10.0


@dataclass(frozen=True)
class Forecast:
    """A ticket's first wait in seconds and what was said of it; None where a way of estimating has no ground.

    `naive`: ahead × mean ÷ windows. `les`: the wait of the last of the queue to be called. `hol`: the present wait of
    the head of the line (both: Ibrahim and Whitt 2009).
    """

    number: str
    zone: str
    klass: str
    at: datetime
    ahead: int
    waited_s: float
    p50_s: float | None
    p90_s: float | None
    naive_s: float | None
    les_s: float | None
    hol_s: float | None


class Watch:
    """Follows a day: `somebody_comes` stands before a number is taken, `after` behind each event."""

    def __init__(self, state: HallState, seed: int = told.SEED, refresh_s: float = REFRESH_S) -> None:
        self._state = state
        self._seed = seed
        self._refresh_s = refresh_s
        self._group = {queue: group for group in groups(state.plan) for queue in group}
        self._said: dict[str, Forecast] = {}
        self._last_wait: dict[str, float] = {}
        self.forecasts: list[Forecast] = []

    def somebody_comes(self, queue: str, at: datetime) -> None:
        """The outlook is refreshed as in a running hub: when it is read and older than a few seconds."""
        group = self._group.get(queue)
        outlook = self._state.outlook.get(queue)
        if group and (outlook is None or (at - outlook.at).total_seconds() >= self._refresh_s):
            new = reckon(Moment(self._state, group, at, self._seed))
            self._state.outlook.update(dict.fromkeys(group, new))

    def after(self, event: ev.Event) -> None:
        if isinstance(event, ev.TicketTaken):
            self._say(event)
        elif isinstance(event, ev.TicketCalled):
            self._settle(event)

    def _say(self, event: ev.TicketTaken) -> None:
        state = self._state
        ticket = state.tickets[event.number]
        queue = state.plan.queue.get(ticket.queue)
        if queue is None:
            return
        ahead = state.ahead(ticket)
        ours = told.of_ticket(state, ticket)
        self._said[event.number] = Forecast(
            event.number,
            queue.zone,
            ticket.klass,
            event.at,
            ahead,
            -1.0,
            ours["p50_s"] if ours else None,
            ours["p90_s"] if ours else None,
            self._naive(ticket.queue, ahead),
            self._last_wait.get(ticket.queue),
            self._head(ticket.queue, event.at),
        )

    def _naive(self, queue: str, ahead: int) -> float | None:
        state = self._state
        durations = state.durations.get(queue)
        windows = [
            w for w in state.plan.windows_of_queue[queue] if state.windows[w.id].state not in ("closed", "paused")
        ]
        return ahead * fmean(durations) / len(windows) if durations and windows else None

    def _head(self, queue: str, at: datetime) -> float:
        oldest = min((lane[0] for lane in self._state.lanes_of.get(queue, ()) if lane), default=None)
        return (at - oldest[0]).total_seconds() if oldest else 0.0

    def _settle(self, event: ev.TicketCalled) -> None:
        ticket = self._state.tickets.get(event.number)
        if ticket is None:
            return
        said = self._said.pop(event.number, None)
        if said is None:  # called for the second time: transferred, or back
            return
        waited = (event.at - said.at).total_seconds()
        self._last_wait[ticket.queue] = waited
        self.forecasts.append(replace(said, waited_s=waited))

    @property
    def never_called(self) -> int:
        """How many of those who took a number were not called."""
        return len(self._said)
