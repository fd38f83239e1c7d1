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
        ticket = state.tickets[back.pop(0)[2]]
        ticket.due = 0
        state.stand(ticket)


def count_call(state: HallState, window_id: str, called: Ticket) -> None:
    """Take note of a call, for the bound `run` and the part `ratio`. O(queues of the window)."""
    plan = state.plan
    state.runs.pop(called.number, None)
    _let_in_who_is_back(state, called.queue)
    window = plan.window.get(window_id)
    if window is None:  # the config has lost it since
        return
    for queue in reach.queues_of(state, window_id):
        lane = state.lanes.get((queue, "normal"))
        if lane and reach.keeps(state, window_id, queue, "normal"):
            head = lane[0]
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
