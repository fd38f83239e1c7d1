"""How the state is told: tickets, windows, services and calls as JSON, for the API and the views alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from itertools import islice
from typing import Any

from hall import quota
from hall.admission import admission
from hall.estimate import told as waits
from hall.plan import Plan
from hall.rule import reach
from hall.rule.reasons import why_sentence
from hall.state import CALLS_KEPT, HallState, Ticket

Body = dict[str, Any]


def ticket(state: HallState, number: str) -> Body:
    """A ticket as `POST tickets` answers it."""
    it = state.tickets[number]
    plan = state.plan
    queue = plan.queue.get(it.queue)
    ahead = state.ahead(it)
    own = plan.window.get(it.to_window)
    windows = (own,) if own else reach.windows_of_ticket(state, it)
    return {
        "id": f"{state.day}-{number}",
        "number": number,
        "service": it.service,
        "queue": it.queue,
        "zone": queue.zone if queue else "",
        "class": it.klass,
        "state": it.state,
        "ahead": ahead,
        "estimate": waits.of_ticket(state, it),
        "windows": [w.name for w in windows],
        "floor": plan.floor_of_window(windows[0].id) if windows else "",
        "window": plan.window[it.window].name if it.window in plan.window else None,
        "taken_at": it.taken_at.isoformat(),
        "slot": it.slot.isoformat() if it.slot else None,
        "visit": visit(plan, it),
    }


def visit(plan: Plan, it: Ticket) -> Body | None:
    """一票到底: the steps of a ticket, the present one counted from 1, and the queues after it; None for one queue."""
    if it.visit is None:
        return None
    at_window = it.state in ("called", "arrived", "serving", "held")
    doing = (it.visit.sent or it.queue,) if at_window or it.visit.sent else it.visit.waits
    return {
        "steps": [
            {"queues": list(queues), "name": step_name(plan, queues), "done": list(done), "skipped": list(skipped)}
            for queues, done, skipped in zip(it.visit.steps, it.visit.done, it.visit.skipped, strict=True)
        ],
        "step": it.visit.step + 1,
        "next": list(next(it.visit.to_come(doing), (0, ()))[1]) if it.state != "finished" else [],
    }


def accepted(plan: Plan, it: Ticket) -> Body | None:
    """出件: when and where the case of a collection ticket was accepted; None when it was not accepted here."""
    if not it.accepted:
        return None
    service, window = plan.service.get(it.accepted["service"]), plan.window.get(it.accepted["window"])
    return {
        **it.accepted,
        "service_name": service.name if service else it.accepted["service"],
        "window_name": window.name if window else it.accepted["window"],
    }


def step_name(plan: Plan, queues: Iterable[str]) -> str:
    """A step as people say it: the names of its queues.

    >>> step_name(Plan(name="大厅"), ["photo", "pay"])
    'photo、pay'
    """
    return "、".join(plan.queue[queue].name if queue in plan.queue else queue for queue in queues)


def taken(state: HallState, number: str) -> Body:
    """A ticket for whoever took it: with its token and the page on the phone."""
    it = state.tickets[number]
    return {**ticket(state, number), "token": it.token, "link": f"/t/{it.token}", "check": it.check}


def ticket_with_history(state: HallState, number: str) -> Body:
    """`GET tickets/NUMBER` for staff."""
    it = state.tickets[number]
    return {
        **ticket(state, number),
        "why": why_sentence(it.why) if it.why else None,
        "grade": it.grade or None,
        "outcome": it.outcome or None,
        "reason": it.reason or None,
        "case": it.case or None,
        "note": it.note or None,
        "printed": it.printed or None,
        "class_by": it.class_by or None,
        "history": list(it.history),
    }


_FOR_VISITORS = ("at", "what", "window", "error", "undone")


def ticket_for_visitors(state: HallState, number: str) -> Body:
    """The same for anybody: what happened when and where, not who did it, nor what clerks tell each other."""
    told = ticket_with_history(state, number)
    history = [{key: entry[key] for key in _FOR_VISITORS if key in entry} for entry in told["history"]]
    return {**told, **dict.fromkeys(("grade", "outcome", "reason", "case", "note")), "history": history}


def window(state: HallState, window_id: str, seq: int) -> Body:
    """A window as its commands answer it."""
    now = state.windows[window_id]
    return {
        "window": window_id,
        "state": now.state,
        "clerk": now.clerk,
        "paused": paused(state, window_id),
        "auto_next": now.auto_next_s,
        "ticket": ticket(state, now.ticket) if now.ticket else None,
        "waiting": waiting_for(state, window_id),
        "seq": seq,
    }


def paused(state: HallState, window_id: str) -> Body | None:
    """Why the window pauses and until when: {"reason", "until": ISO or None}; None when it does not."""
    now = state.windows[window_id]
    return {"reason": now.paused_reason, "until": now.paused_until or None} if now.state == "paused" else None


def waiting_for(state: HallState, window_id: str) -> int:
    """How many wait that this window may call."""
    return len(state.for_window.get(window_id, ())) + reach.waiting(state, window_id)


def services(state: HallState, initials: Mapping[str, str], now: datetime) -> list[Body]:
    """All services as `GET services` lists them; many share a queue, and what each queue gives is looked up once."""
    may = {
        queue.id: {**admission(state, queue.id, now).told(), **numbers_left(state, queue.id, now)}
        for queue in state.plan.queues
    }
    return [_service(state, it.id, initials[it.id], may[it.queue]) for it in state.plan.services]


def _service(state: HallState, service_id: str, initials: str, may: Body) -> Body:
    plan = state.plan
    it = plan.service[service_id]
    department = plan.department.get(it.department)
    queue = plan.queue[it.queue]
    waiting = state.waiting(queue.id)
    return {
        "id": it.id,
        "name": it.name,
        "name_en": it.name_en,
        "initials": initials,
        "department": department.name if department else it.department,
        "department_id": it.department,
        "path": list(it.path),
        "path_en": [plan.groups_en.get(step, "") for step in it.path],
        "zone": queue.zone,
        "queue": queue.id,
        "letters": queue.letters,
        "bookings": queue.bookings is not None,
        **may,
        "waiting": waiting,
        "estimate": waits.of_line(state, queue.id),
        "materials": list(it.materials),
        "time_limit": it.time_limit,
        "fee": it.fee,
        "person": it.person,
        "collection": it.collection,
    }


def numbers_left(state: HallState, queue_id: str, now: datetime) -> Body:
    """`left` (None: nobody counts them) and `few_left` of a queue's quota in the shift of that moment."""
    return {"left": quota.left(state, queue_id, now), "few_left": quota.few_left(state, queue_id, now)}


def span(names: list[str]) -> str:
    """Window names as people say them.

    >>> span(["97", "98", "99", "101"]), span(["1"]), span(["1", "2"])
    ('97–99、101', '1', '1、2')
    """
    runs: list[list[str]] = []
    for name in names:
        last = runs[-1][-1] if runs else ""
        if name.isdecimal() and last.isdecimal() and int(name) == int(last) + 1:
            runs[-1].append(name)
        else:
            runs.append([name])
    return "、".join("、".join(run) if len(run) < 3 else f"{run[0]}–{run[-1]}" for run in runs)


def windows_of_zone(plan: Plan, zone: str) -> list[str]:
    """The names of its windows, as they are shown."""
    return [w.name for w in plan.windows if w.zone == zone]


def waiting_in(state: HallState, *zones: str) -> int:
    """How many wait in the zones' queues; whoever stands in several of them is one."""
    return state.waiting(*(queue.id for queue in state.plan.queues if queue.zone in zones))


def zone(plan: Plan, zone_id: str) -> Body:
    """The zone as it is built: id, letter, names, floor."""
    it = plan.zone[zone_id]
    return {"id": it.id, "letter": it.letter, "name": it.name, "name_en": it.name_en, "floor": it.floor}


def clerk(state: HallState, window_id: str) -> Body | None:
    """The clerk logged in at the window: number, name, stars."""
    it = state.plan.clerk.get(state.windows[window_id].clerk)
    return {"staff_no": it.staff_no, "name": it.name, "stars": it.stars} if it else None


def calls(state: HallState, keep: Callable[[str], bool] = lambda window_id: True) -> list[Body]:
    """The latest calls, newest first, of the windows that `keep` lets through."""
    plan = state.plan
    return [
        {
            **call,
            "window_name": plan.window[call["window"]].name,
            "zone": plan.window[call["window"]].zone,
            "floor": plan.floor_of_window(call["window"]),
        }
        for call in islice(state.recent, CALLS_KEPT)
        if call["window"] in plan.window and keep(call["window"])
    ]
