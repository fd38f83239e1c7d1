"""What the rule remembers of past calls: who was overtaken in a row, and how often each class was called."""

from __future__ import annotations

from collections import Counter

from hall.rule import reach
from hall.state import HallState, Ticket


def _let_in_who_is_back(state: HallState, queue: str) -> None:
    """Another ticket of the queue was called: who waited for that stands at the old place again."""
    state.queue_calls[queue] += 1
    back = state.returning.get(queue)
    while back and back[0][0] <= state.queue_calls[queue]:
        state.let_in(state.tickets[back[0][2]])


def count_call(state: HallState, window_id: str, called: Ticket) -> None:
    """Take note of a call, for the bound `run` and the part `ratio`. O(queues of the window)."""
    plan = state.plan
    state.runs.pop(called.number, None)
    _let_in_who_is_back(state, called.queue)
    window = plan.window.get(window_id)
    if window is None:  # the config has lost it since
        return
    reached = ((lane, klass) for (_, klass), _, lane in reach.lanes_of(state, window_id))
    heads = {lane[0] for lane, klass in reached if klass == "normal"}
    for head in heads:  # once each, though a ticket may be the first of several queues
        if head < called.place:
            state.runs[head[2]] = state.runs.get(head[2], 0) + 1
        else:
            state.runs.pop(head[2], None)
    shares = plan.rule_of(window.id).ratio
    if shares:
        block = state.blocks.setdefault(window.zone, Counter())
        block[called.klass] += 1
        if block.total() >= sum(shares.values()):
            block.clear()
