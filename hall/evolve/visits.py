"""What going on to the next step, or skipping one, does to the ticket and the window it leaves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hall import events as ev
from hall.evolve.steps import a_place_behind_all, count_service, keep_outcome, leave_window, note, start_anew
from hall.state import HallState


def _step_finished(event: ev.StepFinished, state: HallState) -> None:
    ticket = state.tickets[event.number]
    now = leave_window(state, ticket)
    count_service(state, now, ticket, event.at)
    visit = ticket.visit
    if visit is None:
        return
    visit.done[visit.step].append(event.queue)
    visit.step, visit.waits, visit.sent = event.step, tuple(event.queues), ""
    ticket.state, ticket.window, ticket.queue = "waiting", "", event.queues[0]
    start_anew(ticket)
    keep_outcome(ticket, event)
    ticket.note, ticket.note_from = "", ""
    if event.place == "end":
        ticket.standing, ticket.order = a_place_behind_all(state, event.at)
    state.stand(ticket)
    note(ticket, "step_finished", event, event.window)


def _step_skipped(event: ev.StepSkipped, state: HallState) -> None:
    ticket = state.tickets[event.number]
    if ticket.visit:
        ticket.visit.skipped[event.step] += event.queues
        ticket.visit.waits = tuple(queue for queue in ticket.visit.waits if queue not in event.queues)
    ticket.history.append({"at": event.at.isoformat(), "what": "step_skipped", "window": event.window})


EVOLVE: dict[type[ev.Event], Callable[[Any, HallState], None]] = {
    ev.StepFinished: _step_finished,
    ev.StepSkipped: _step_skipped,
}
