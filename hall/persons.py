"""One person's tickets of the day: which of them live, how many were taken. Persons are known by HMAC alone."""

from __future__ import annotations

from hall.state import HallState, Ticket

OVER = frozenset({"finished", "abandoned", "unserved"})
"""States of a ticket that keeps nobody from another one. A missed ticket is not among them: its visitor returns."""


def tickets_of(state: HallState, person: str) -> list[Ticket]:
    """What the person took today and did not give up, in that order."""
    return [it for number in state.of_person.get(person, ()) if (it := state.tickets[number]).state != "abandoned"]


def live_ticket(state: HallState, person: str, queue: str) -> Ticket | None:
    """The person's ticket that waits or is served in the queue, also in one of several at once (一票到底), or None."""
    mine = tickets_of(state, person)
    return next((it for it in mine if queue in (it.queue, *it.queues) and it.state not in OVER), None)


def remember(state: HallState, ticket: Ticket) -> None:
    """For evolve: the person has this ticket too. One given up stays in the list, for giving up can be taken back."""
    if ticket.person:
        state.of_person.setdefault(ticket.person, []).append(ticket.number)
