"""May a number be taken here now, until when, and what is said when not: hours, and zones that were stopped by hand.

One place answers for deciding and for telling, so that a kiosk never shows as open what the hall then refuses.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hall.dates import iso
from hall.errors import Refused
from hall.hours.shifts import ALWAYS
from hall.hours.timetable import DAY, Opening
from hall.hours.words import day_said, time_said
from hall.state import HallState


@dataclass(frozen=True)
class Admission:
    """`no` is the refusal, None while numbers are given.

    `last_ticket` and `closes` are of the shift that runs, None where nobody wrote hours; `opens_at` is the next opening
    while numbers are not given. All on the hall's clock.
    """

    no: Refused | None = None
    opens_at: datetime | None = None
    last_ticket: datetime | None = None
    closes: datetime | None = None
    sentence: tuple[str, str] | None = None

    def told(self) -> dict[str, Any]:
        """As the API and the views tell it."""
        return {
            "open": self.no is None,
            "opens_at": iso(self.opens_at),
            "last_ticket": iso(self.last_ticket),
            "closes": iso(self.closes),
            "sentence": {"zh": self.sentence[0], "en": self.sentence[1]} if self.sentence else None,
        }


def check(state: HallState, queue: str, at: datetime, *, slot: datetime | None = None, by_staff: bool = False) -> bool:
    """Raises Refused when no number may be taken for the queue at this instant; True: it is given against the hours,
    because staff have confirmed it (`by_staff`). A zone that was stopped by hand stays stopped.

    Who has booked a `slot` checks in before the doors open and as long as the shift runs: the last ticket is for those
    who come without an appointment.
    """
    no = admission(state, queue, at).no
    by_hours = no is not None and no.code in ("last_ticket_over", "not_open")
    if no is None or (slot and by_hours and _runs(state, queue, max(at, slot))):
        return False
    if not (by_staff and by_hours):
        raise no
    return True


def admission(state: HallState, queue: str, at: datetime) -> Admission:
    """Of a queue: its zone's, and whether a window serves it at all."""
    if not state.plan.windows_of_queue[queue]:
        return _refused(Refused("not_served"))
    return zone_admission(state, state.plan.queue[queue].zone, at)


def gives_numbers(state: HallState, zone: str, at: datetime) -> bool:
    """Does the zone give numbers now? The same as zone_admission, without a word about it."""
    return zone not in state.stopped and state.plan.timetable.giving(zone, at) is not None


def zone_admission(state: HallState, zone: str, at: datetime) -> Admission:
    """Of a zone, by its hours and by whoever stopped it today."""
    times = state.plan.timetable
    giving, running = times.giving(zone, at), times.running(zone, at)
    shift = giving or running
    limits = _limits(state, shift) if shift and shift.shift is not ALWAYS else {}
    if stopped := state.stopped.get(zone):
        it = state.plan.zone[zone]
        because = _because(stopped["reason"])
        no = Refused("zone_closed", it.name, name_en=it.name_en or it.name, because=because)
        return _refused(no, **limits)
    if giving:
        return Admission(sentence=_open_sentence(state, giving, at) if limits else None, **limits)
    following = times.next(zone, at)
    opens_at = times.local(following.opens) if following else None
    return _refused(_not_now(state, zone, at, running, opens_at), opens_at=opens_at, **limits)


def _runs(state: HallState, queue: str, at: datetime) -> bool:
    return state.plan.timetable.running(state.plan.queue[queue].zone, at) is not None


def _refused(no: Refused, **times: Any) -> Admission:
    return Admission(no=no, sentence=(no.sentence, no.sentence_en), **times)


def _not_now(state: HallState, zone: str, at: datetime, running: Opening | None, opens_at: datetime | None) -> Refused:
    times = state.plan.timetable
    now = times.local(at)
    when, when_en = "何时开始请问服务台", "please ask at the reception"
    if opens_at:
        day, day_en = day_said(opens_at.date(), now.date())
        when, when_en = f"{day} {opens_at:%H:%M} 开始", f"next time {day_en} at {opens_at:%H:%M}"
    facts = {"opens_at": iso(opens_at), "when": when, "when_en": when_en}
    later_today = opens_at is not None and opens_at.date() == now.date()
    if running or (times.before(zone, at) and not later_today):
        name = running.shift.name if running and later_today else ""
        shift, shift_en = (name or "本时段", "in this shift") if later_today else ("今日", "today")
        return Refused("last_ticket_over", shift=shift, shift_en=shift_en, **facts)
    exception = times.exception(zone, now.date())
    return Refused("not_open", because=_because(exception.name if exception else ""), **facts)


def _limits(state: HallState, opening: Opening) -> dict[str, datetime]:
    local = state.plan.timetable.local
    return {"last_ticket": local(opening.last), "closes": local(opening.closes)}


def _open_sentence(state: HallState, opening: Opening, at: datetime) -> tuple[str, str]:
    local = state.plan.timetable.local
    if local(opening.last).replace(tzinfo=None) - local(at).replace(tzinfo=None) >= DAY:  # by the clock on the wall
        return "全天取号", "Numbers are given round the clock"
    last = local(opening.last)
    if last.date() - local(at).date() == DAY and f"{last:%H:%M}" == "00:00":
        return "取号到 24:00", "Numbers are given until midnight"
    zh, en = time_said(last, local(at))
    return f"取号到 {zh}", f"Numbers are given until {en}"


def _because(reason: str) -> str:
    return f"（{reason}）" if reason else ""
