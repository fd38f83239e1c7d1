"""A wait as the hall tells it: seconds rounded to what can be known, and nothing where there is no ground."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from hall.estimate.forward import reckon
from hall.estimate.moment import Moment, groups
from hall.estimate.spoken import range_min, spoken
from hall.outlook import Wait
from hall.rule import reach
from hall.state import HallState, Ticket

Body = dict[str, Any]
SEED = 1
SHORTEST_S = 10
SURELY_S = 60
ROUNDED = ((300, 10), (1200, 30), (10**9, 60))


def of_ticket(state: HallState, ticket: Ticket) -> Body | None:
    """{"p50_s", "p90_s", "spoken": {"zh", "en"}} of a waiting ticket; None when it does not wait, or nobody can say
    (暂无法估计).
    """
    if ticket.state != "waiting":
        return None
    own = state.plan.window.get(ticket.to_window)
    if ticket.to_window and own is None:
        return None
    queue = ticket.queue if own is None else next(iter(own.queues), "")
    outlook = state.outlook.get(queue)
    if outlook is None or not (_works(state, own.id) if own else _is_served(state, queue)):
        return None
    wait = _soonest(state, ticket) if len(ticket.queues) > 1 and not own else outlook.tickets.get(ticket.number)
    if wait is None and not own and ticket.taken_at >= outlook.at:
        return of_line(state, queue, ticket.klass, besides=1)
    return _told(wait)


def _soonest(state: HallState, ticket: Ticket) -> Wait | None:
    """Of one who waits in several queues, by whichever calls first."""
    outlooks = (state.outlook.get(queue) for queue in ticket.queues if _is_served(state, queue))
    waits = [it.tickets[ticket.number] for it in outlooks if it and ticket.number in it.tickets]
    return min(waits, key=lambda wait: wait.p50_s, default=None)


def of_line(state: HallState, queue: str, klass: str = "normal", besides: int = 0) -> Body | None:
    """For somebody of the class who comes to the queue now; `besides` of those who wait are behind them."""
    outlook = state.outlook.get(queue)
    wait = outlook.lines.get((queue, klass)) if outlook else None
    if outlook is None or wait is None or not _is_served(state, queue):
        return None
    more = state.waiting(queue) - besides - outlook.waiting.get(queue, 0)
    return _told(wait.later(more * outlook.step_s))


def of_lines(state: HallState, queues: Iterable[str]) -> Body | None:
    """For somebody who comes to one of these queues and has not said which: from the shortest to the longest wait of
    those in which somebody waits. None when nobody does, or when one of them is not known.
    """
    told = [of_line(state, queue) for queue in queues if state.waiting(queue)]
    known = [each for each in told if each]
    if not known or len(known) < len(told):
        return None
    p50_s, p90_s = max(each["p50_s"] for each in known), max(each["p90_s"] for each in known)
    shortest_s = min(each["p50_s"] for each in known)
    return {"p50_s": p50_s, "p90_s": p90_s, "spoken": spoken(*range_min(shortest_s, p90_s))}


def look_ahead(state: HallState, at: datetime, seed: int = SEED) -> None:
    """Reckon every group of the hall at once: for tests and recorded days. A running hub does it in slices."""
    for queues in groups(state.plan):
        outlook = reckon(Moment(state, queues, at, seed))
        state.outlook.update(dict.fromkeys(queues, outlook))


def _told(wait: Wait | None) -> Body | None:
    if wait is None:
        return None
    p50_s, p90_s = rounded(wait.p50_s), max(SURELY_S, rounded(wait.p90_s))
    return {"p50_s": p50_s, "p90_s": p90_s, "spoken": spoken(*range_min(p50_s, p90_s))}


def rounded(seconds: float) -> int:
    """To 10 s, from five minutes half a minute, from twenty a minute; never 0.

    >>> rounded(3), rounded(444), rounded(1712)
    (10, 450, 1740)
    """
    step = next(step for below, step in ROUNDED if seconds < below)
    return max(SHORTEST_S, round(seconds / step) * step)


def _works(state: HallState, window: str) -> bool:
    """Will it call again, as far as anybody has said?"""
    now = state.windows[window]
    return now.state != "closed" and (now.state != "paused" or bool(now.paused_until))


def _is_served(state: HallState, queue: str) -> bool:
    serving = state.plan.windows_of_queue.get(queue, ())
    return any(_works(state, w.id) and queue in reach.queues_of(state, w.id) for w in serving)
