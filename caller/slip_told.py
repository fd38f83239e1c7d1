"""What stands on a ticket's slip: the data of its print job, as docs/agent.md describes it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from hall import no_window, telling
from hall.estimate import told as waits
from hall.rule.reasons import CLASS_NAMES
from hall.state import HallState, Ticket


def slip_of(
    state: HallState, it: Ticket, url: str, now: datetime, template: dict[str, Any] | None = None
) -> dict[str, Any] | None:
    """`url` is the ticket's page, `template` how the kiosk lays its slips out.

    None when the config was changed since: nobody could say where to go.
    """
    plan, number = state.plan, it.number
    kiosk = plan.kiosk.get(state.to_print.get(number, it.kiosk))
    if kiosk is None or it.service not in plan.service or it.queue not in plan.queue:
        return None
    service, queue = plan.service[it.service], plan.queue[it.queue]
    zone = plan.zone[queue.zone]
    ahead = state.ahead(it)
    guess = waits.of_ticket(state, it)
    shut = no_window.of_ticket(state, it, now)
    told = telling.ticket(state, number)
    return {
        "hall": plan.name,
        "hall_en": plan.name_en,
        "number": number,
        "zone": zone.name,
        "zone_en": zone.name_en,
        "letter": zone.letter,
        "service": service.name,
        "service_en": service.name_en,
        "floor": told["floor"],
        "windows": telling.span(told["windows"]),
        "ahead": ahead,
        "estimate_s": guess["p50_s"] if guess else None,
        "estimate": guess["spoken"]["zh"] if guess else "",
        "estimate_en": guess["spoken"]["en"] if guess else "",
        "no_window": shut["sentence"]["zh"] if shut else "",
        "no_window_en": shut["sentence"]["en"] if shut else "",
        "taken_at": it.taken_at.isoformat(),
        "materials": list(service.materials),
        "steps": [telling.step_name(plan, step) for step in service.steps],
        "case": it.case,
        "url": url,
        "check": it.check,
        "wifi": plan.wifi,
        "class": CLASS_NAMES[it.klass][0],
        "kiosk": kiosk.name,
        "return_after": plan.return_after,
        "template": template,
    }
