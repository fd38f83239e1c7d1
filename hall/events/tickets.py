"""A ticket is taken and printed, is missed and comes back, waits elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, field

from hall.events.event import Event


@dataclass(frozen=True, kw_only=True)
class TicketTaken(Event):
    """`series` is whose running number it has, "" for its queue's own; `slot` an ISO time, "" without a booking.

    `person` is an HMAC, "" for nobody known; `class_by` says what gave the class: "age", "booking", "staff" or "".
    `counted`: the number is one of the quota of its queue and `shift` ("" is the whole day).
    `steps` are the queues of a visit in order, `step_place` where it stands in the next; [] for one queue.
    `out_of_hours`: staff gave it all the same when the hours gave none; `actor` is who did it.
    `case` is the 受理号 that a collection ticket names, `accepted` where and when it was accepted (Journal.accepted).
    `told` is the wait that is told with the number, {"p50_s", "p90_s"}; {} when there is no ground for a figure.
    """

    number: str
    running: int
    token: str
    service: str
    queue: str
    klass: str
    kiosk: str
    series: str = ""
    booking: str = ""
    slot: str = ""
    person: str = ""
    class_by: str = ""
    shift: str = ""
    counted: bool = False
    steps: list[list[str]] = field(default_factory=list)
    step_place: str = ""
    case: str = ""
    accepted: dict[str, str] = field(default_factory=dict)
    out_of_hours: bool = False
    told: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class TicketPrinted(Event):
    number: str
    printer: str


@dataclass(frozen=True, kw_only=True)
class PrintBroken(Event):
    """The slip stopped in the middle, or may have: it is printed once more, as a copy (补打)."""

    number: str
    printer: str
    error: str


@dataclass(frozen=True, kw_only=True)
class PrintOrdered(Event):
    """补打: a copy of the slip is wanted, at this kiosk's printer."""

    number: str
    kiosk: str


@dataclass(frozen=True, kw_only=True)
class PrintFailed(Event):
    """No slip, and none will come."""

    number: str
    printer: str
    error: str


@dataclass(frozen=True, kw_only=True)
class TicketPutBack(Event):
    """Reception sent it back to its old place in its queue: the config has lost the `window` where it was."""

    number: str
    window: str


@dataclass(frozen=True, kw_only=True)
class TicketReturned(Event):
    """`due`: it stands at its old place again when so many tickets of its queue have been called today."""

    number: str
    due: int
