"""A hall whose visitors go on from queue to queue: one plan for the examples and for the machine, and its visitors."""

from __future__ import annotations

from dataclasses import dataclass, field

from hall.plan import Plan, Queue, Service, Window, Zone

QUEUES = ("check", "photo", "pay", "collect", "other")
STEPS = (("check",), ("photo", "pay"), ("collect",))
PLAN = Plan(
    name="大厅",
    zones=(Zone("z", "A", "综合"),),
    queues=tuple(Queue(q, "z", q, letters) for q, letters in zip(QUEUES, "ABCDE", strict=True)),
    services=(
        Service("visit", "一票到底", "check", steps=STEPS),
        Service("behind", "排到后面", "check", steps=STEPS, step_place="end"),
        *(Service(f"s{q}", q, q) for q in QUEUES),
    ),
    windows=(
        Window("1", "z", "1", {"check": 1, "collect": 2, "other": 2}),
        Window("2", "z", "2", {"photo": 1}),
        Window("3", "z", "3", {"photo": 2, "pay": 1, "check": 3}),
        Window("4", "z", "4", {"pay": 1, "collect": 1, "photo": 1}),
    ),
    return_after=2,
    recall_spacing_s=0,
)


@dataclass
class Visitor:
    """`left`: the queues still to do, step by step. `at`: a window, or "". `back`: let in after so many calls."""

    number: str
    queue: str
    left: list[list[str]]
    place: str
    stood: tuple[float, int]
    state: str = "waiting"
    at: str = ""
    to_window: str = ""
    sent: str = ""
    back: int = 0
    order: list[str] = field(default_factory=list)

    @property
    def queues(self) -> list[str]:
        return [self.queue] if self.sent or not self.left else self.left[0]
