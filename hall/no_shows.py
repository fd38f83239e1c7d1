"""Who did not come: no-shows of persons over the days, and the block that follows from them and runs out by itself.

A person is an HMAC here and nothing else (docs/persons.md). The N-th no-show within D days (Plan.no_shows_to_block,
Plan.no_show_days) blocks for the B days after it (Plan.block_days); it uses those no-shows up, so that one more after
the block is a first one again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import deepcopy
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from hall.dates import days_on

if TYPE_CHECKING:
    from hall.plan import Plan
    from hall.state import HallState


@dataclass
class NoShows:
    """`days`: person -> the days of the no-shows that still count; `blocked`: person -> the last day of the block.

    Days are business days, "2026-11-22". A person with two no-shows on a day has the day twice.
    """

    days: dict[str, list[str]] = field(default_factory=dict)
    blocked: dict[str, str] = field(default_factory=dict)

    def count(self, plan: Plan, person: str, day: str) -> None:
        """One more no-show, and the block if it is one too many."""
        if not plan.no_shows_to_block:
            return
        first = days_on(day, 1 - plan.no_show_days)
        lately = [*(it for it in self.days.get(person, ()) if it >= first), day]
        if len(lately) < plan.no_shows_to_block:
            self.days[person] = lately
            return
        self.days.pop(person, None)
        last = days_on(day, plan.block_days)
        self.blocked[person] = max(last, self.blocked.get(person, ""))

    def forget(self, person: str) -> None:
        """As if the person had always come."""
        self.days.pop(person, None)
        self.blocked.pop(person, None)

    def forget_before(self, plan: Plan, day: str) -> None:
        """What says nothing on `day` any more is not kept: blocks that ran out, no-shows of too long ago."""
        first = days_on(day, 1 - plan.no_show_days)
        days = {person: [it for it in kept if it >= first] for person, kept in self.days.items()}
        self.days = {person: kept for person, kept in days.items() if kept}
        self.blocked = {person: last for person, last in self.blocked.items() if last >= day}


def blocked_until(state: HallState, person: str, day: str) -> str:
    """The last day on which the person may take no number, or "" for one who may on `day`."""
    last = state.no_shows.blocked.get(person, "")
    return last if last >= day else ""


def missed_and_not_back(state: HallState) -> Iterable[str]:
    """The persons of the tickets that were called in vain and have not returned; one who gave the number up has."""
    return (state.tickets[number].person for number in state.missed if number in state.tickets)


def booked_and_not_come(state: HallState) -> Iterable[str]:
    """The persons of the day's bookings that nobody checked in."""
    return (booking.person for booking in state.bookings.never_came(state.day))


END_OF_DAY: tuple[Callable[[HallState], Iterable[str]], ...] = (missed_and_not_back, booked_and_not_come)
"""Each tells, as the day ends, the persons who did not come on it; "" is nobody. The state is only read."""


def keep(state: HallState, day: str) -> dict[str, Any]:
    """For hall.carry: the no-shows and blocks as `day` begins, those of the day that ends with them."""
    kept = deepcopy(state.no_shows)
    if state.day:
        for absent in END_OF_DAY:
            for person in filter(None, absent(state)):
                kept.count(state.plan, person, state.day)
    kept.forget_before(state.plan, day)
    return asdict(kept) if kept.days or kept.blocked else {}


def take_up(state: HallState, it: dict[str, Any]) -> None:
    """For hall.carry: the new day knows them again."""
    state.no_shows = NoShows(
        days={person: list(days) for person, days in it["days"].items()}, blocked=dict(it["blocked"])
    )
