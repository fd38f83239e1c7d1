"""The bounds that stand over any rule: nobody ordinary is overtaken for ever, and nobody by much."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from hall.plan import Rule
from hall.rule.parts import Head
from hall.state import HallState


def bound(state: HallState, rule: Rule, chosen: Head, heads: Sequence[Head]) -> tuple[Head, str] | None:
    """The oldest head that a bound puts in place of the chosen one, and the bound's name; None when none does.

    `run`: so many calls in a row of its queue's windows overtook this normal head. `extra_wait`: it has waited more
    than so many minutes longer than the ticket to be called.
    """
    for head in sorted(heads, key=lambda each: each.ticket.place):
        if head.ticket.place >= chosen.ticket.place:
            return None
        if rule.run and head.ticket.klass == "normal" and state.runs.get(head.ticket.number, 0) >= rule.run:
            return head, "run"
        longer = chosen.ticket.standing - head.ticket.standing
        if rule.extra_wait and longer > timedelta(minutes=rule.extra_wait):
            return head, "extra_wait"
    return None
