"""A hall of two queues where things are done at minutes since opening, as the rule's worked examples tell them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import settings

from hall import commands as c
from hall import events as ev
from hall.decide import decide
from hall.errors import Refused
from hall.evolve import evolve
from hall.plan import Clerk, Kiosk, Plan, Queue, Service, Window, Zone
from hall.slots import Slots
from hall.state import HallState

settings.register_profile("hall", deadline=None)  # a busy machine is no fault of the rules
settings.load_profile("hall")

OPENING = datetime(2026, 11, 22, 0, 30, tzinfo=UTC)
PLAN = Plan(
    name="大厅",
    zones=(Zone("z", "A", "综合", floor="1"), Zone("y", "B", "社保", floor="2")),
    queues=(
        Queue("a", "z", "甲", "A", bookings=Slots(capacity=2), booked_letters="K"),
        Queue("b", "z", "乙", "B"),
        Queue("n", "y", "无人", "N"),
    ),
    services=(Service("sa", "甲事", "a"), Service("sb", "乙事", "b"), Service("sn", "无窗事", "n")),
    windows=(
        Window("1", "z", "1", {"a": 1, "b": 1}, clerk="0001"),
        Window("2", "z", "2", {"a": 1, "b": 1}, clerk="0002"),
        Window("3", "y", "3", {"b": 1}, floor="3"),
    ),
    kiosks=(Kiosk("k", "取号机", printer="paper"), Kiosk("bare", "无纸取号机")),
    clerks=(Clerk("0001", "王"), Clerk("0002", "李"), Clerk("0003", "赵")),
)


@dataclass
class Counter:
    """The hall's counter: `at` is the minute. Whatever is done is decided, kept, and has happened."""

    plan: Plan = PLAN
    opening: datetime = OPENING
    at: float = 0
    events: list[ev.Event] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.state = HallState(self.plan)
        self.do(c.OpenDay, day="2026-11-22")

    @property
    def now(self) -> datetime:
        return self.opening + timedelta(minutes=self.at)

    def do(self, command: type[c.Command], **words: Any) -> list[ev.Event]:
        events = decide(command(at=self.now, actor="test", **words), self.state)
        for event in events:
            evolve(event, self.state)
        self.events += events
        return events

    def take(self, queue: str, at: float | None = None, **words: Any) -> str:
        """Take a number for the queue's service; returns it."""
        self.at = self.at if at is None else at
        (taken,) = self.do(c.TakeTicket, service=f"s{queue}", token=f"token-{len(self.state.tickets)}", **words)
        return taken.number

    def book(self, code: str, slot: str = "09:00", day: str = "2026-11-22", **words: Any) -> str:
        """Book a slot of queue a; opening is 08:30, so 09:00 is minute 30. Returns the code."""
        self.do(c.MakeBooking, code=code, service="sa", day=day, slot=slot, **words)
        return code

    def check_in(self, code: str, at: float | None = None, **words: Any) -> str:
        """The booking's visitor comes; returns the number."""
        self.at = self.at if at is None else at
        taken, *_ = self.do(c.CheckIn, code=code, token=f"token-{len(self.state.tickets)}", **words)
        return taken.number

    def open(self, *windows: str) -> None:
        for window in windows:
            self.do(c.OpenWindow, window=window)

    def next(self, window: str = "1") -> str:
        """Press next; returns the number called."""
        return self.do(c.CallNext, window=window)[-1].number

    def all_called(self, window: str = "1") -> list[str]:
        """Press next until nobody is waiting."""
        numbers = []
        while True:
            try:
                numbers.append(self.next(window))
            except Refused as refused:
                assert refused.code == "nobody_waiting"
                return numbers

    def refusal(self, command: type[c.Command], **words: Any) -> str:
        """The code with which a command is refused."""
        before = picture_of(self.state)
        with pytest.raises(Refused) as caught:
            self.do(command, **words)
        assert picture_of(self.state) == before, "a refusal changes nothing"
        return caught.value.code


def picture_of(state: HallState) -> str:
    """The picture as text: nothing in it is shared with the state that goes on."""
    return repr(state.picture())


@pytest.fixture
def counter() -> Counter:
    """An open hall, its windows closed, at minute 0."""
    return Counter()


@pytest.fixture(scope="session")
def counter_with() -> Callable[..., Counter]:
    """counter_with(recall_limit=1, …): the same hall, its plan changed."""
    return lambda **changes: Counter(replace(PLAN, **changes))


@pytest.fixture(scope="session")
def picture() -> Callable[[HallState], str]:
    return picture_of
