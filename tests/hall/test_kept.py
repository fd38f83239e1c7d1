"""`hall.unserved: keep`: who still waits when the day turns waits on the next day, in the old order."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from hall import commands as c
from hall.evolve import replay
from hall.state import HallState

from .as_kept import through_json
from .linked import PLAN

NEXT_DAY = 24 * 60
Do = st.sampled_from(("visit", "sphoto", "sother", "care", "next", "hold", "no-show", "finish", "send", "later"))


@given(does=st.lists(Do, max_size=25))
def test_who_waits_or_is_held_stands_in_the_same_order_next_day(
    counter_with: Callable[..., Any], does: list[str]
) -> None:
    """Under the old number, visits in the middle of their steps too; all others are closed; numbers begin at 1 and
    pass over those that are kept.
    """
    counter = counter_with(
        unserved="keep",
        zones=PLAN.zones,
        queues=PLAN.queues,
        services=PLAN.services,
        windows=PLAN.windows,
        clerks=(),
        kiosks=(),
    )
    counter.open("1", "3")
    now = counter.state.windows["1"]
    for what in does:
        match what:
            case "later":
                counter.at += 7
            case "next":
                if counter.state.waiting("check", "collect", "other"):
                    counter.next("1")
            case "hold" | "no-show" | "finish" | "send":
                if now.ticket:
                    command = {"hold": c.HoldTicket, "no-show": c.MarkNoShow, "finish": c.FinishService}
                    words = {"to_window": "3"} if what == "send" else {}
                    counter.do(command.get(what, c.TransferTicket), window="1", **words)
            case _:
                klass = "care" if what == "care" else "normal"
                service = "visit" if what == "care" else what
                counter.do(c.TakeTicket, service=service, token=f"t{len(counter.state.tickets)}", klass=klass)
    before = {number: ticket for number, ticket in counter.state.tickets.items() if ticket.state in ("waiting", "held")}
    order = [ticket.number for ticket in sorted(before.values(), key=lambda it: it.place)]
    counter.at = NEXT_DAY
    closed, *_, opened = counter.do(c.OpenDay, day="2026-11-23")
    state = counter.state
    assert list(state.tickets) == order
    assert [ticket.number for ticket in sorted(state.tickets.values(), key=lambda it: it.place)] == order
    assert not set(closed.unserved) & set(order)
    for number, was in before.items():
        it = state.tickets[number]
        assert (it.state, it.taken_at, it.klass, it.queues) == ("waiting", was.taken_at, was.klass, was.queues)
        assert state.by_token[it.token] == number
    assert state.waiting(*(queue.id for queue in PLAN.queues)) == len(order)
    fresh = [counter.do(c.TakeTicket, service="sother", token=f"n{n}")[0].number for n in range(4)]
    assert not set(fresh) & set(order)
    assert fresh == [number for number in (f"E{n:03d}" for n in range(1, 99)) if number not in order][:4]
    json.dumps(opened.carried)
    again = replay(map(through_json, counter.events), HallState(counter.plan))
    assert repr(again.picture()) == repr(state.picture())


def test_left_out_nobody_is_kept(counter: Any) -> None:
    counter.take("a")
    counter.at = NEXT_DAY
    closed, *_ = counter.do(c.OpenDay, day="2026-11-23")
    assert (closed.unserved, list(counter.state.tickets)) == (["A001"], [])
