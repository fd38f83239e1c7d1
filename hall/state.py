"""The hall as it stands: tickets in lanes, windows, the calls of the day. Changed by evolve alone."""

from __future__ import annotations

import hashlib
from collections import Counter, deque
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from hall.bookings import Bookings
from hall.lines import Lines
from hall.no_shows import NoShows
from hall.outlook import Outlook
from hall.plan import Plan
from hall.times import Times
from hall.undo.step import Step
from hall.visit import Visit

CALLS_KEPT = 20
CALLS_SPARE = 20  # calls that are undone leave room for older ones
DURATIONS_KEPT = 30
FINISHED_KEPT = 8
PRINTS_KEPT = 4
SLOT_LANE = "slot"
"""The lane of booked visitors on time, ordered by slot: while the first one's has not come, nobody's in it has."""


@dataclass(slots=True)
class Ticket:
    """号票. `standing` and `order` place it in its lane; `state` is one of errors.STATES.

    `queue` is the one it stands in or was last called from; `visit` the plan of a ticket that goes on to others.
    `case` is the number of its matter (办件编号), `accepted` where and when that was accepted (Journal.accepted).
    `served_s` is the time at windows before the present stay, which began at `sat_at`: time on hold is no service.
    `slot` is the start of the slot for which a booked visitor came on time.
    `told_p90_s` is the P90 of its wait that was told when it was taken, 0 when nothing was.
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
    accepted: dict[str, str] = field(default_factory=dict)
    told_p90_s: int = 0
    note: str = ""
    note_from: str = ""
    person: str = ""
    class_by: str = ""
    visit: Visit | None = None
    why: dict[str, Any] = field(default_factory=dict)
    history: list[dict[str, str]] = field(default_factory=list)

    @property
    def queues(self) -> tuple[str, ...]:
        """The queues it stands in while it waits: several in a step of its visit whose parts go in any order."""
        if self.visit is None or self.visit.sent:
            return (self.queue,)
        return self.visit.waits

    @property
    def concerns(self) -> frozenset[str]:
        """Every queue whose counts may change with it: its own, and all of its visit."""
        steps = self.visit.steps if self.visit else ()
        return frozenset((self.queue, *(queue for step in steps for queue in step)))

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

    `name` is what it was called when it last opened: the plan may have lost it since.
    `idle_since`: open without a ticket since then; after `auto_next_s` such seconds it calls by itself, 0 is never.
    """

    state: str = "closed"
    clerk: str = ""
    name: str = ""
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


class HallState(Lines):
    """Everything that today's events say. Looking up is O(1), moving a ticket O(log n)."""

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self.plan = plan
        self.day = ""
        self.tickets: dict[str, Ticket] = {}
        self.by_token: dict[str, str] = {}
        self.running: dict[str, int] = {}
        self.stood = 0
        self.stood_at: datetime | None = None
        self.windows: dict[str, WindowState] = {w.id: WindowState(auto_next_s=w.auto_next) for w in plan.windows}
        self.missed: dict[str, None] = {}
        self.calls = 0
        self.recent: deque[dict[str, Any]] = deque(maxlen=CALLS_KEPT + CALLS_SPARE)
        self.durations: dict[str, deque[float]] = {}
        self.calling: dict[str, str] = {}
        self.to_print: dict[str, str] = {}
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
        self.steps: dict[str, Step] = {}
        self.stepping = ""

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
            **self.picture_of_lines(),
            "windows": {window: asdict(now) for window, now in self.windows.items()},
            "missed": sorted(self.missed),
            "calls": self.calls,
            "recent": list(self.recent)[:CALLS_KEPT],
            "durations": {queue: list(kept) for queue, kept in sorted(self.durations.items())},
            "calling": dict(sorted(self.calling.items())),
            "to_print": dict(self.to_print),
            "taken": dict(self.taken),
            "runs": dict(sorted(self.runs.items())),
            "blocks": {zone: dict(sorted(block.items())) for zone, block in sorted(self.blocks.items())},
            "at_kiosk": {kiosk: list(numbers) for kiosk, numbers in self.at_kiosk.items()},
            "bookings": self.bookings.picture(),
            "stopped": {zone: dict(how) for zone, how in self.stopped.items()},
            "of_person": {person: list(numbers) for person, numbers in self.of_person.items()},
            "no_shows": asdict(self.no_shows),
            "given": dict(self.given),
            "quota_low": list(self.quota_low),
            "times": self.times.picture(),
            "steps": {window: asdict(step) for window, step in sorted(self.steps.items())},
            "stepping": self.stepping,
        }


def check_digits(token: str) -> str:
    """校验码: two digits printed on the slip, to rate by number; they follow from the token and tell nothing of it.

    >>> len(check_digits("abc"))
    2
    """
    return f"{int.from_bytes(hashlib.sha256(b'check ' + token.encode()).digest()[:4]) % 100:02d}"
