"""The hall as it stands: tickets in lanes, windows, the calls of the day. Changed by evolve alone."""

from __future__ import annotations

import hashlib
from collections import Counter, deque
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from sortedcontainers import SortedList

from hall.bookings import Bookings
from hall.no_shows import NoShows
from hall.outlook import Outlook
from hall.plan import Plan
from hall.times import Times

CALLS_KEPT = 20
DURATIONS_KEPT = 30
FINISHED_KEPT = 8
PRINTS_KEPT = 4
SLOT_LANE = "slot"
"""The lane of booked visitors on time, ordered by slot: while the first one's has not come, nobody's in it has."""


@dataclass(slots=True)
class Ticket:
    """号票. `standing` and `order` place it in its lane; `state` is one of errors.STATES.

    `served_s` is the time at windows before the present stay, which began at `sat_at`: time on hold is no service.
    `slot` is the start of the slot for which a booked visitor came on time.
    `person` is an HMAC or ""; `class_by` says what gave the class: "age", "booking", "staff" or "".
    """

    number: str
    running: int
    token: str
    service: str
    queue: str
    klass: str
    kiosk: str
    taken_at: datetime
    standing: datetime
    order: int
    state: str = "waiting"
    window: str = ""
    to_window: str = ""
    due: int = 0
    call: int = 0
    again: int = 0
    since: datetime | None = None
    called_at: datetime | None = None
    arrived_at: datetime | None = None
    started_at: datetime | None = None
    finished_at: datetime | None = None
    sat_at: datetime | None = None
    served_s: float = 0.0
    booking: str = ""
    slot: datetime | None = None
    printed: str = ""
    grade: str = ""
    outcome: str = ""
    reason: str = ""
    case: str = ""
    note: str = ""
    note_from: str = ""
    person: str = ""
    class_by: str = ""
    why: dict[str, Any] = field(default_factory=dict)
    history: list[dict[str, str]] = field(default_factory=list)

    @property
    def place(self) -> tuple[datetime, int, str]:
        """Its key in a lane: older standing first, then the order in which the tickets came to stand."""
        return (self.standing, self.order, self.number)

    @property
    def by_slot(self) -> bool:
        """Does it stand by its slot? Not any more when it was sent to the end of a queue."""
        return self.slot is not None and self.standing == self.slot

    @property
    def lane(self) -> str:
        """Which lane of its queue it stands in: its class's, or that of those who stand by their slot."""
        return SLOT_LANE if self.by_slot else self.klass

    @property
    def back(self) -> tuple[int, int, str]:
        """Its key among those who missed their call and are back: the call of the queue that it waits for."""
        return (self.due, self.order, self.number)

    @property
    def check(self) -> str:
        return check_digits(self.token)


@dataclass(slots=True)
class WindowState:
    """窗口 now. `ticket` is the one called or served; `rating` the one whose visitor is asked for a rating.

    `idle_since`: open without a ticket since then; after `auto_next_s` such seconds it calls by itself, 0 is never.
    """

    state: str = "closed"
    clerk: str = ""
    ticket: str = ""
    rating: str = ""
    rate_until: datetime | None = None
    paused_reason: str = ""
    paused_until: str = ""
    finished: int = 0
    served_s: float = 0.0
    idle_since: datetime | None = None
    auto_next_s: int = 0
    held: list[str] = field(default_factory=list)
    recent: deque[str] = field(default_factory=lambda: deque(maxlen=FINISHED_KEPT))


class HallState:
    """Everything that today's events say. Looking up is O(1), moving a ticket O(log n)."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.day = ""
        self.tickets: dict[str, Ticket] = {}
        self.by_token: dict[str, str] = {}
        self.running: dict[str, int] = {}
        self.stood = 0
        self.stood_at: datetime | None = None
        self.lanes: dict[tuple[str, str], SortedList] = {}
        self.lanes_of: dict[str, list[SortedList]] = {}
        self.for_window: dict[str, SortedList] = {}
        self.windows: dict[str, WindowState] = {w.id: WindowState(auto_next_s=w.auto_next) for w in plan.windows}
        self.missed: dict[str, None] = {}
        self.calls = 0
        self.recent: deque[dict[str, Any]] = deque(maxlen=CALLS_KEPT)
        self.durations: dict[str, deque[float]] = {}
        self.calling: dict[str, str] = {}
        self.queue_calls: Counter[str] = Counter()
        self.returning: dict[str, SortedList] = {}
        self.to_print: dict[str, None] = {}
        self.taken: Counter[str] = Counter()
        self.runs: dict[str, int] = {}
        self.blocks: dict[str, Counter[str]] = {}
        self.at_kiosk: dict[str, deque[str]] = {}
        self.bookings = Bookings()
        self.stopped: dict[str, dict[str, str]] = {}
        self.of_person: dict[str, list[str]] = {}
        self.no_shows = NoShows()
        self.given: Counter[tuple[str, str]] = Counter()
        self.quota_low: dict[tuple[str, str], None] = {}
        self.times = Times()
        self.outlook: dict[str, Outlook] = {}  # by queue; reckoned from the state, so no part of its picture

    def lane(self, queue: str, klass: str) -> SortedList:
        """The lane of a class in a queue: places of the waiting, oldest first."""
        key = (queue, klass)
        if key not in self.lanes:
            self.lanes[key] = SortedList()
            self.lanes_of.setdefault(queue, []).append(self.lanes[key])
        return self.lanes[key]

    def home(self, ticket: Ticket) -> SortedList:
        """The list that a waiting ticket stands in by its place: its lane, or that of the window it was sent to."""
        if ticket.to_window:
            return self.for_window.setdefault(ticket.to_window, SortedList())
        return self.lane(ticket.queue, ticket.lane)

    def stand(self, ticket: Ticket) -> None:
        """It waits from now on."""
        if ticket.due:
            self.returning.setdefault(ticket.queue, SortedList()).add(ticket.back)
        else:
            self.home(ticket).add(ticket.place)

    def stand_no_more(self, ticket: Ticket) -> None:
        """It waits no longer, wherever it did."""
        if ticket.due:
            self.returning[ticket.queue].discard(ticket.back)
            ticket.due = 0
        else:
            self.home(ticket).discard(ticket.place)

    def waiting(self, queue: str) -> int:
        """How many wait in the queue, with those who missed their call and are back."""
        return sum(map(len, self.lanes_of.get(queue, ()))) + len(self.returning.get(queue, ()))

    def ahead(self, ticket: Ticket) -> int:
        """How many wait in the same line and stand longer. 0 when it is not waiting."""
        if ticket.state != "waiting":
            return 0
        if ticket.to_window:
            return self.home(ticket).bisect_left(ticket.place)
        lanes = self.lanes_of.get(ticket.queue, ())
        if ticket.due:
            return min(ticket.due - self.queue_calls[ticket.queue], sum(map(len, lanes)))
        return sum(lane.bisect_left(ticket.place) for lane in lanes)

    def window_of_clerk(self, clerk: str) -> str:
        """The window where the clerk is logged in, or ""."""
        return next(
            (w for w, now in self.windows.items() if clerk and now.clerk == clerk and now.state != "closed"), ""
        )

    def picture(self) -> dict[str, Any]:
        """All of it as plain values: two states that replay the same journal have equal pictures."""
        return {
            "day": self.day,
            "tickets": {number: asdict(ticket) for number, ticket in self.tickets.items()},
            "running": dict(self.running),
            "stood": [self.stood, self.stood_at],
            "lanes": {key: list(lane) for key, lane in sorted(self.lanes.items()) if lane},
            "for_window": {key: list(places) for key, places in sorted(self.for_window.items()) if places},
            "windows": {window: asdict(now) for window, now in self.windows.items()},
            "missed": list(self.missed),
            "calls": self.calls,
            "recent": list(self.recent),
            "durations": {queue: list(kept) for queue, kept in self.durations.items()},
            "calling": dict(self.calling),
            "queue_calls": dict(self.queue_calls),
            "returning": {queue: list(places) for queue, places in sorted(self.returning.items()) if places},
            "to_print": list(self.to_print),
            "taken": dict(self.taken),
            "runs": dict(self.runs),
            "blocks": {zone: dict(block) for zone, block in self.blocks.items()},
            "at_kiosk": {kiosk: list(numbers) for kiosk, numbers in self.at_kiosk.items()},
            "bookings": self.bookings.picture(),
            "stopped": {zone: dict(how) for zone, how in self.stopped.items()},
            "of_person": {person: list(numbers) for person, numbers in self.of_person.items()},
            "no_shows": asdict(self.no_shows),
            "given": dict(self.given),
            "quota_low": list(self.quota_low),
            "times": self.times.picture(),
        }


def check_digits(token: str) -> str:
    """校验码: two digits printed on the slip, to rate by number; they follow from the token and tell nothing of it.

    >>> len(check_digits("abc"))
    2
    """
    return f"{int.from_bytes(hashlib.sha256(b'check ' + token.encode()).digest()[:4]) % 100:02d}"
