"""What happens to a person's right to take numbers, and to the numbers of a queue. A person is an HMAC."""

from __future__ import annotations

from dataclasses import dataclass

from hall.events.event import Event


@dataclass(frozen=True, kw_only=True)
class PersonUnblocked(Event):
    """The block for not coming is lifted, and the no-shows before it are forgotten."""

    person: str


@dataclass(frozen=True, kw_only=True)
class QuotaLow(Event):
    """Few numbers of the queue are left in the shift, once for each; `left` is how many."""

    queue: str
    shift: str
    left: int
