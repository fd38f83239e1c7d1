"""Bookings of another system are taken over: every bad line is told, and nothing is taken over by halves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from hall import commands as c
from hall import events as ev
from hall.bookings import place
from hall.errors import Refused
from hall.offers import offers
from hall.state import HallState

BAD_TOLD = 200
"""So many bad lines are told at once; a file with more has one mistake in every line."""


def _import(command: c.ImportBookings, state: HallState) -> list[ev.Event]:
    bad = [asdict(it) for it in command.unreadable]
    made: list[ev.Event] = []
    known = 0
    besides: Counter[tuple[str, str]] = Counter()
    in_file: dict[str, c.BookingRow] = {}
    for row in command.rows:
        try:
            event = None if _is_known(row, state, in_file) else _made(row, command, state, besides)
        except Refused as refused:
            told = {"code": refused.code, "detail": refused.sentence, "detail_en": refused.sentence_en}
            bad.append({"line": row.line, **told})
            continue
        in_file[row.external] = row
        if event is None:
            known += 1
        else:
            made.append(event)
    bad.sort(key=lambda each: each["line"])
    if bad and not command.skip_bad:
        raise Refused("bad_rows", len(bad), rows=bad[:BAD_TOLD], bad=len(bad), good=len(made) + known)
    skipped = [each["line"] for each in bad]
    if not made and not skipped:
        return []  # the same file again: nothing has happened
    imported = ev.BookingsImported(at=command.at, actor=command.actor, made=len(made), known=known, skipped=skipped)
    return [*made, imported]


def _is_known(row: c.BookingRow, state: HallState, in_file: dict[str, c.BookingRow]) -> bool:
    """Was it taken over before, or higher up in the file? Raises Refused when it was another booking then."""
    code = state.bookings.by_external.get(row.external)
    if code is not None:
        it = state.bookings.by_code[code]
        same = (it.service, it.day, f"{it.start:%H:%M}") == (row.service, row.day, row.slot)
    elif (above := in_file.get(row.external)) is not None:
        same = (above.service, above.day, above.slot) == (row.service, row.day, row.slot)
    else:
        return False
    if not same:
        raise Refused("booking_differs", row.external)
    return True


def _made(
    row: c.BookingRow, command: c.ImportBookings, state: HallState, besides: Counter[tuple[str, str]]
) -> ev.BookingMade:
    offered = offers(state, row.service, command.at, besides)
    slot = offered.place(row.day, row.slot)
    besides[place(offered.queue.id, slot.start)] += 1
    return ev.BookingMade(
        at=command.at,
        actor=command.actor,
        code=row.code,
        service=row.service,
        queue=offered.queue.id,
        date=slot.day,
        start=slot.start.isoformat(),
        end=slot.end.isoformat(),
        name=row.name,
        person=row.person,
        external=row.external,
    )


DECIDE: dict[type[c.Command], Callable[[Any, HallState], list[ev.Event]]] = {
    c.ImportBookings: _import,
}
