"""A visit is rated: once, by whoever can show that it was theirs, in time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from hall import commands as c
from hall import events as ev
from hall import ratings
from hall.decide.known import known_ticket
from hall.errors import Refused
from hall.state import HallState


def _rate(command: c.RateVisit, state: HallState) -> list[ev.Event]:
    ticket = known_ticket(state, command.number)
    grade = ratings.grade_name(command.grade)
    if grade is None:
        raise Refused("unknown_grade", command.grade)
    if ticket.state != "finished" or ticket.finished_at is None:
        raise Refused("not_finished", ticket.number)
    if ticket.grade:
        raise Refused("already_rated", ticket.number)
    if command.at - ticket.finished_at > timedelta(days=state.plan.rating_days):
        raise Refused("rating_over")
    now = state.windows[ticket.window]
    prompted = now.rating == ticket.number and now.rate_until is not None and command.at <= now.rate_until
    if not command.knows and not prompted:
        raise Refused("not_prompted", ticket.number)
    return [
        ev.VisitRated(
            at=command.at,
            actor=command.actor,
            number=ticket.number,
            window=ticket.window,
            grade=grade,
            aspects=list(command.aspects),
            words=command.words,
            channel=command.channel,
        )
    ]


DECIDE: dict[type[c.Command], Callable[[Any, HallState], list[ev.Event]]] = {
    c.RateVisit: _rate,
}
