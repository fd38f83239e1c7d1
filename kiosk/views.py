"""What the kiosk, the rating pad and the ticket on the phone show, as whole small views."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from hall import no_window, telling
from hall.admission import admission
from hall.estimate import told as waits
from hall.rule import reach
from hall.state import HallState, Ticket
from hall.telling_zones import zone_hours

Body = dict[str, Any]
POPULAR = 4


def kiosk(state: HallState, of: str, now: datetime, printers: dict[str, Body], slips: dict[str, str]) -> Body:
    """Kiosk `of`. `printers` is each printer's {"state", "since", "stops"} by id, `slips` pictures by ticket number."""
    plan = state.plan
    it = plan.kiosk[of]
    return {
        "now": now.isoformat(),
        "kiosk": of,
        "name": it.name,
        "floor": it.floor,
        "hall": {"name": plan.name, "name_en": plan.name_en},
        "ways": of in plan.building.kiosks,
        "notice": plan.notice,
        "notice_en": plan.notice_en,
        "bookings": any(queue.bookings for queue in plan.queues),
        "printer": printers.get(it.printer, _NOT_THERE) if it.printer else _NO_PRINTER,
        "zones": [_zone(state, zone.id, now) for zone in plan.zones],
        "queues": {queue.id: _queue(state, queue.id, now) for queue in plan.queues},
        "departments": [
            {**vars(it), "queues": list(plan.queues_of_department.get(it.id, ()))} for it in plan.departments
        ],
        "popular": _popular(state),
        "prints": _prints(state, of, slips),
        "others": [
            {"kiosk": k.id, "name": k.name, "floor": k.floor}
            for k in plan.kiosks
            if k.id != of and k.printer and not printers.get(k.printer, _NOT_THERE)["stops"]
        ],
    }


_NO_PRINTER = {"state": "none", "since": None, "stops": False}
_NOT_THERE = {"state": "lost", "since": None, "stops": True}


def _zone(state: HallState, zone: str, now: datetime) -> Body:
    plan = state.plan
    queues = [queue.id for queue in plan.queues if queue.zone == zone]
    return {
        **telling.zone(plan, zone),
        "waiting": telling.waiting_in(state, zone),
        "windows": telling.span(telling.windows_of_zone(plan, zone)),
        **zone_hours(state, zone, now),
        "estimate": waits.of_lines(state, queues),
        "no_window": no_window.of_queues(state, queues, now),
    }


def _queue(state: HallState, queue: str, now: datetime) -> Body:
    plan = state.plan
    waiting = state.waiting(queue)
    return {
        "letters": plan.queue[queue].letters,
        "zone": plan.queue[queue].zone,
        "waiting": waiting,
        "windows": telling.span([w.name for w in reach.windows_for(state, queue)]),
        **admission(state, queue, now).told(),
        "estimate": waits.of_line(state, queue),
        "no_window": no_window.of_queues(state, [queue], now),
        "calling": state.calling.get(queue),
        **telling.numbers_left(state, queue, now),
    }


def _popular(state: HallState) -> list[str]:
    """The services most taken today, then the first of each queue until there are enough."""
    plan = state.plan
    firsts = {service.queue: service.id for service in reversed(plan.services)}
    most = [service for service, _ in state.taken.most_common(POPULAR) if service in plan.service]
    return list(dict.fromkeys([*most, *(firsts[queue.id] for queue in plan.queues if queue.id in firsts)]))[:POPULAR]


def _prints(state: HallState, kiosk_id: str, slips: dict[str, str]) -> list[Body]:
    newest = [state.tickets[number] for number in state.at_kiosk.get(kiosk_id, ())]
    return [
        {
            "number": ticket.number,
            "token": ticket.token,
            "state": ticket.printed or "queued",
            "error": _print_error(ticket),
            "slip": slips.get(ticket.number),
        }
        for ticket in newest
    ]


def _print_error(ticket: Ticket) -> str:
    if ticket.printed != "failed":
        return ""
    return next((h["error"] for h in reversed(ticket.history) if h["what"] == "print_failed"), "")


def pad(state: HallState, of: str, now: datetime) -> Body:
    """The rating pad of window `of`: asleep, or asking for a rating until its time is over."""
    at = state.windows[of]
    asked = state.tickets.get(at.rating)
    awake = asked is not None and at.rate_until is not None and at.rate_until > now
    last = state.tickets.get(at.recent[0]) if at.recent else None
    return {
        "now": now.isoformat(),
        "window": of,
        "name": state.plan.window[of].name,
        "zone": telling.zone(state.plan, state.plan.window[of].zone),
        "clerk": telling.clerk(state, of),
        "rating": (
            {
                "ticket": asked.number,
                "service_name": _service_name(state, asked.service),
                "until": at.rate_until.isoformat(),
            }
            if awake and asked and at.rate_until
            else None
        ),
        "last": (
            {
                "number": last.number,
                "at": last.finished_at.isoformat() if last.finished_at else None,
                "grade": last.grade or None,
                "service_name": _service_name(state, last.service),
            }
            if last
            else None
        ),
    }


def _service_name(state: HallState, service: str) -> str:
    it = state.plan.service.get(service)
    return it.name if it else service


def ticket(state: HallState, token: str, now: datetime) -> Body:
    """The ticket on the phone behind its token. KeyError for a token that is not of today."""
    plan = state.plan
    it = state.tickets[state.by_token[token]]
    service = plan.service.get(it.service)
    told = telling.ticket(state, it.number)
    sent_to = plan.window.get(it.to_window)
    # a queue that the config lost at noon has no zone any more: the first one's desk can help
    zone = sent_to.zone if sent_to else told["zone"] or plan.zones[0].id
    called = it.state in ("called", "arrived", "serving") and it.window in plan.window
    return {
        "now": now.isoformat(),
        "hall": {"name": plan.name, "name_en": plan.name_en},
        "number": it.number,
        "service_name": service.name if service else it.service,
        "service_name_en": service.name_en if service else "",
        "zone": telling.zone(plan, zone),
        "state": it.state,
        "ahead": told["ahead"],
        "estimate": told["estimate"],
        "no_window": no_window.of_ticket(state, it, now),
        "windows": telling.span(told["windows"]),
        "floor": told["floor"],
        "calling": state.calling.get(it.queue),
        "taken_at": it.taken_at.isoformat(),
        "slot": told["slot"],
        "visit": told["visit"],
        "called": (
            {
                "window": it.window,
                "window_name": plan.window[it.window].name,
                "floor": plan.floor_of_window(it.window),
                "at": it.called_at.isoformat() if it.called_at else None,
                "again": it.again,
            }
            if called
            else None
        ),
        "finished_at": it.finished_at.isoformat() if it.finished_at else None,
        "window_name": plan.window[it.window].name if it.window in plan.window else None,
        "rating": {
            "open": it.state == "finished"
            and not it.grade
            and it.finished_at is not None
            and now - it.finished_at <= timedelta(days=plan.rating_days),
            "grade": it.grade or None,
        },
        "kiosk": it.kiosk,
        "ways": bool(plan.building.floors),
        "check": it.check,
    }
