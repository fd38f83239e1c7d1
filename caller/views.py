"""What the clerk's desk shows, as a whole view: the ticket, who may be called, who was held, missed and finished."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from hall import telling, telling_bookings
from hall.dates import iso
from hall.decide.coming import recalls_owed
from hall.decide.undo import undoable
from hall.decide.visits import doing
from hall.errors import Refused
from hall.idle import due_at
from hall.left import left_by_window
from hall.lost_windows import at_lost_windows
from hall.rule import reach
from hall.rule.choice import choose
from hall.rule.reasons import why_sentence
from hall.state import HallState, Ticket, WindowState
from hall.telling_zones import zone_hours

Body = dict[str, Any]
MISSED_SHOWN = 12


def desk(state: HallState, of: str, now: datetime, receipts: Body) -> Body:
    """The desk of window `of`. `receipts` tells what screens, bar and loudspeaker confirmed of its latest call."""
    plan = state.plan
    window, at = plan.window[of], state.windows[of]
    ticket = state.tickets.get(at.ticket)
    rating = state.tickets.get(at.rating)
    choice = choose(state, of, now)
    mine = reach.queues_of(state, of)
    undo = _undo(state, of, now)
    return {
        "now": now.isoformat(),
        "window": of,
        "name": window.name,
        "floor": plan.floor_of_window(of),
        "zone": telling.zone(plan, window.zone),
        "state": at.state,
        "clerk": telling.clerk(state, of),
        "hours": zone_hours(state, window.zone, now),
        "left": left_by_window(state, of),
        "can": [*_can(state, at, ticket, choice is not None), *(["undo"] if undo else [])],
        "undo": undo,
        "paused": telling.paused(state, of),
        "pause_reasons": list(plan.pause_reasons),
        "auto": {"seconds": at.auto_next_s, "at": iso(due_at(state, of))},
        "ticket": _ticket(state, ticket, now) if ticket else None,
        "rating": ({"number": rating.number, "until": at.rate_until.isoformat()} if rating and at.rate_until else None),
        "queues": [_queue(state, queue, queue in mine, now) for queue in window.queues],
        "waiting": telling.waiting_for(state, of),
        "next": (
            {
                "number": choice.ticket.number,
                "service_name": _service_name(state, choice.ticket),
                "class": choice.ticket.klass,
                "why": why_sentence(choice.why),
            }
            if choice
            else None
        ),
        "held": [
            {
                "number": number,
                "service_name": _service_name(state, state.tickets[number]),
                "since": iso(state.tickets[number].since),
            }
            for number in at.held
        ],
        "missed": [
            {"number": number, "since": iso(state.tickets[number].since), "returned": True, "after": due - calls}
            for queue in window.queues
            for calls in [state.queue_calls[queue]]
            for due, _, number in state.returning.get(queue, ())
        ]
        + [
            {"number": number, "since": iso(state.tickets[number].since), "returned": False, "after": 0}
            for number in _latest_first(state)
            if state.tickets[number].queue in window.queues
        ][:MISSED_SHOWN],
        "finished": [_finished(state.tickets[number], of) for number in at.recent if number in state.tickets],
        "today": {"finished": at.finished, "mean_s": round(at.served_s / at.finished) if at.finished else None},
        "receipts": receipts,
        "windows": [{"window": w.id, "name": w.name, "zone": w.zone} for w in plan.windows if w.id != of],
        "all_queues": [{"queue": q.id, "letters": q.letters, "name": q.name} for q in plan.queues],
    }


def bookings(state: HallState, of: str, now: datetime) -> Body:
    """The list of `of` "today" for reception: by slot, with how many came."""
    if of != "today":
        raise KeyError(of)
    return {
        "now": now.isoformat(),
        "day": state.day,
        "bookings": telling_bookings.of_day(state, state.day),
        "totals": telling_bookings.totals(state.bookings.of_day(state.day)),
    }


def lost(state: HallState, of: str, now: datetime) -> Body:
    """For reception: who is at windows of the `of` "hall" that the config has no more."""
    if of != "hall":
        raise KeyError(of)
    return {"now": now.isoformat(), "tickets": at_lost_windows(state)}


def _undo(state: HallState, window: str, now: datetime) -> Body | None:
    """The step that the clerk may take back, and until when."""
    try:
        step = undoable(state, window, now)
    except Refused:
        return None
    return {"what": step.what, "number": step.number, "until": _after(step.at, state.plan.undo_s)}


def _latest_first(state: HallState) -> list[str]:
    return sorted(state.missed, key=lambda number: (state.tickets[number].since, number), reverse=True)


def _can(state: HallState, at: WindowState, ticket: Ticket | None, somebody: bool) -> list[str]:
    if at.state == "closed":
        return ["open"]
    if at.state == "paused":
        return ["open", "close"]
    can = ["next"] if somebody else []
    if ticket is None:
        can += ["call", "pause", "close"]
        if at.held:
            can.append("resume")
        return can
    if ticket.state == "called":
        can += ["arrive", "start"]
        if not recalls_owed(state, ticket):
            can.append("no-show")
        if ticket.again <= state.plan.recall_limit:
            can.append("recall")
    elif ticket.state == "arrived":
        can.append("start")
    if ticket.visit and any(ticket.visit.to_come((doing(ticket),))):
        can.append("skip")
    return [*can, "finish", "hold", "transfer", "call"]


def _ticket(state: HallState, ticket: Ticket, now: datetime) -> Body:
    plan = state.plan
    service = plan.service.get(ticket.service)
    until = ticket.arrived_at or ticket.called_at or now
    note_from = plan.window.get(ticket.note_from)
    return {
        "number": ticket.number,
        "service": ticket.service,
        "service_name": _service_name(state, ticket),
        "class": ticket.klass,
        "slot": iso(ticket.slot),
        "state": ticket.state,
        "taken_at": ticket.taken_at.isoformat(),
        "called_at": iso(ticket.called_at),
        "arrived_at": iso(ticket.arrived_at),
        "started_at": iso(ticket.started_at),
        "again": ticket.again,
        "waited_s": round((until - ticket.taken_at).total_seconds()),
        "why": why_sentence(ticket.why),
        "note": {"text": ticket.note, "from": note_from.name if note_from else ""} if ticket.note else None,
        "materials": list(service.materials) if service else [],
        "visit": telling.visit(plan, ticket),
        "case": ticket.case,
        "accepted": telling.accepted(plan, ticket),
        "recalls_left": max(0, plan.recall_limit - ticket.again + 1),
        "recall_from": _after(ticket.called_at, plan.recall_spacing_s),
        "recalls_first": recalls_owed(state, ticket),
        "no_show_from": _after(ticket.called_at, plan.no_show_after_s),
    }


def _after(called_at: datetime | None, seconds: int) -> str | None:
    return iso(called_at + timedelta(seconds=seconds)) if called_at else None


def _queue(state: HallState, queue: str, mine: bool, now: datetime) -> Body:
    it = state.plan.queue[queue]
    heads = [lane[0] for lane in state.lanes_of.get(queue, ()) if lane]
    head = min(heads) if heads else None
    return {
        "queue": queue,
        "letters": it.letters,
        "name": it.name,
        "mine": mine,
        "waiting": state.waiting(queue),
        "head": head[2] if head else None,
        "longest_s": round((now - head[0]).total_seconds()) if head else 0,
    }


def _finished(ticket: Ticket, window: str) -> Body:
    began = ticket.started_at or ticket.arrived_at or ticket.called_at
    seconds = (ticket.finished_at - began).total_seconds() if ticket.finished_at and began else 0.0
    if ticket.visit:
        seconds = ticket.visit.seconds.get(window, 0.0)
    return {
        "number": ticket.number,
        "minutes": round(seconds / 60),
        "grade": ticket.grade or None,
        "outcome": ticket.outcome,
    }


def _service_name(state: HallState, ticket: Ticket) -> str:
    service = state.plan.service.get(ticket.service)
    return service.name if service else ticket.service
