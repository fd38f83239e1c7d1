"""May this person take a number here, and are there numbers left?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from hall import commands as c
from hall import events as ev
from hall import quota
from hall.errors import Refused
from hall.no_shows import blocked_until
from hall.persons import live_ticket, tickets_of
from hall.plan import Service
from hall.state import HallState, Ticket


def person_of(command: c.TakeTicket, service: Service) -> str:
    """Whom the ticket is for: nobody where the service does not ask. Raises Refused where it must know."""
    if service.person == "none":
        return ""
    if service.person == "required" and not (command.person or command.booking):
        raise Refused("id_needed", service.name)
    return command.person


def check_block(state: HallState, person: str, day: str) -> None:
    """Raises Refused when the person may take or book no number for `day`, having not come too often."""
    last = blocked_until(state, person, day)
    if last:
        it = date.fromisoformat(last)
        raise Refused("blocked", f"{it.month} 月 {it.day} 日", until=last)


def check(state: HallState, person: str, queue: str, *, booked: bool, by_staff: bool) -> None:
    """Raises Refused when the person has a live ticket of the queue, enough for today, or did not come too often.

    A booking was promised: nobody has had enough for it. Reception may take for somebody blocked. "" is nobody, whom
    these rules do not know.
    """
    if not person:
        return
    if not (booked or by_staff):
        check_block(state, person, state.day)
    live = live_ticket(state, person, queue)
    if live:
        raise Refused("already_waiting", live.number, live.state, number=live.number, **_where(state, live))
    limit = state.plan.daily_limit
    if limit and not booked and len(tickets_of(state, person)) >= limit:
        raise Refused("daily_limit", limit, limit=limit)


def _where(state: HallState, ticket: Ticket) -> dict[str, str]:
    """Where the visitor of a live ticket stands, as the rest of a sentence."""
    window = state.plan.window.get(ticket.window)
    if ticket.state == "waiting":
        ahead = state.ahead(ticket)
        return {"where": f"前面还有 {ahead} 人", "where_en": f"{ahead} ahead of you"}
    if ticket.state == "missed":
        return {"where": "请报到，不用重新取号", "where_en": "say that you are back, no new number is needed"}
    if window and ticket.state != "held":
        return {"where": f"请到 {window.name} 号窗口", "where_en": f"please go to window {window.name}"}
    return {"where": "窗口还会叫您", "where_en": "the window will call you back"}


def _shift_said(state: HallState, queue: str, at: datetime) -> dict[str, str]:
    """今日, unless a later shift of today gives numbers again."""
    times = state.plan.timetable
    following = times.next(state.plan.queue[queue].zone, at)
    if following is None or times.day(following.opens) != times.day(at):
        return {"shift": "今日", "shift_en": "for today"}
    return {"shift": quota.shift_of(state.plan, queue, at) or "本时段", "shift_en": "for this shift"}


def number_counts(command: c.TakeTicket, state: HallState, queue: str) -> tuple[str, bool, list[ev.Event]]:
    """The shift that a number belongs to, whether it counts towards the quota, and a warning if few are left then.

    Raises Refused when the quota is used up, except for a booking, which was promised.
    """
    shift = quota.shift_of(state.plan, queue, command.at)
    booked = bool(command.booking)
    left = quota.left(state, queue, command.at)
    if left is None or not quota.counts(state.plan, queue, booked=booked):
        return shift, False, []
    if left == 0 and not booked:
        raise Refused("quota_reached", queue=queue, **_shift_said(state, queue, command.at))
    left = max(0, left - 1)
    if left > quota.few(state.plan, queue, shift) or (queue, shift) in state.quota_low:
        return shift, True, []
    return shift, True, [ev.QuotaLow(at=command.at, actor=command.actor, queue=queue, shift=shift, left=left)]


def _unblock(command: c.UnblockPerson, state: HallState) -> list[ev.Event]:
    if not blocked_until(state, command.person, state.day):
        raise Refused("not_blocked")
    return [ev.PersonUnblocked(at=command.at, actor=command.actor, person=command.person)]


DECIDE: dict[type[c.Command], Callable[[Any, HallState], list[ev.Event]]] = {
    c.UnblockPerson: _unblock,
}
