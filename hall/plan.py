"""The hall as it is built: zones, queues, services, windows, kiosks. Frozen; made by the config, read by everyone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, get_args

from hall.floors.building import Building
from hall.hours.shifts import Hours, Shift
from hall.hours.timetable import Timetable
from hall.slots import Slots

ClassName = Literal["normal", "booked", "care", "urgent"]
CLASSES: tuple[str, ...] = get_args(ClassName)
PAUSE_REASONS = ("午餐", "会议", "培训", "设备故障", "临时离开")


@dataclass(frozen=True)
class Rule:
    """Which ticket next (shared RULES): the first of `parts` that tells two heads apart decides, standing at last.

    `classes` ranks the classes for the part `class`; `rates` (credit a minute) is for `accumulate`, `ratio` (calls of
    each class in every so many) for `ratio`, `target` (promised minutes of wait) for `target`. The bounds stand over
    any part: `run` calls in a row may overtake the same normal head, and nobody is overtaken by a ticket that has
    waited more than `extra_wait` minutes less; 0 is no bound.
    """

    parts: tuple[str, ...] = ("window_priority",)
    classes: tuple[str, ...] = ("urgent", "care", "booked", "normal")
    rates: Mapping[str, float] = field(default_factory=dict)
    ratio: Mapping[str, int] = field(default_factory=dict)
    target: Mapping[str, float] = field(default_factory=dict)
    run: int = 0
    extra_wait: float = 0


FIRST_COME = Rule()


@dataclass(frozen=True)
class Zone:
    """服务区. `letter` is on its tile; `area` is the loudspeaker area (语音分区) its calls are spoken in.

    `hours` are its own shifts; empty: the hall's.
    """

    id: str
    letter: str
    name: str
    name_en: str = ""
    floor: str = "1"
    area: str = "hall"
    rule: Rule | None = None
    hours: tuple[Shift, ...] = ()


@dataclass(frozen=True)
class Queue:
    """队列. Numbers are `letters` + a daily running number of at least `digits` digits: A001.

    `bookings` are the slots that may be booked; those who come on time have `booked_letters` and numbers of their own,
    or for "" the queue's.
    `quota` is how many numbers it gives by the name of a shift, "" for any other; `quota_warning` of them left are few
    (0: a tenth).
    """

    id: str
    zone: str
    name: str
    letters: str
    digits: int = 3
    name_en: str = ""
    bookings: Slots | None = None
    booked_letters: str = ""
    quota: Mapping[str, int] = field(default_factory=dict)
    quota_warning: int = 0
    quota_counts_bookings: bool = False


@dataclass(frozen=True)
class Department:
    """部门: who answers for services."""

    id: str
    name: str
    name_en: str = ""
    floor: str = ""


@dataclass(frozen=True)
class Service:
    """事项. Many services feed one queue. `materials` is what to bring (一次性告知), one line each.

    `department` is an id; `path` the groups under it that it stands in, outermost first.
    `steps` are the queues of a visit in order (一票到底), those of one step in any order; () is one queue, one visit.
    `step_place` is where it stands in the next: "front" keeps the time taken, "end" does not. `collection`: 出件.
    """

    id: str
    name: str
    queue: str
    name_en: str = ""
    department: str = ""
    path: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()
    time_limit: str = ""
    fee: str = ""
    person: Literal["required", "optional", "none"] = "optional"
    steps: tuple[tuple[str, ...], ...] = ()
    step_place: str = "front"
    collection: bool = False


@dataclass(frozen=True)
class Clerk:
    """工作人员. `stars` is 0-5, shown on the window screen and the evaluator; no `skills` are all queues."""

    staff_no: str
    name: str
    stars: int = 0
    skills: tuple[str, ...] = ()


@dataclass(frozen=True)
class Window:
    """窗口. `queues` maps queue id to priority, 1 called first; `name` is what is said and shown: "3".

    `auto_next`: it calls by itself when idle for so many seconds; 0 is never.
    """

    id: str
    zone: str
    name: str
    queues: dict[str, int] = field(default_factory=dict)
    floor: str = ""
    clerk: str = ""
    rule: Rule | None = None
    auto_next: int = 0


@dataclass(frozen=True)
class Kiosk:
    """取号机. `printer` is the id of the printer device it prints on, or "" for one without paper."""

    id: str
    name: str
    floor: str = "1"
    printer: str = ""


@dataclass(frozen=True)
class Plan:
    """A hall. Lists keep the order of the config; the mappings below are by id.

    `class_floor` is the floor whose windows a class prefers: {"care": "1"} (老年人窗口在一楼);
    `groups_en` are the English names of the groups in services' paths; `pause_reasons` is what a clerk chooses from
    who pauses a window.
    """

    name: str
    name_en: str = ""
    timezone: str = "Asia/Shanghai"
    day_starts: str = "04:00"
    zones: tuple[Zone, ...] = ()
    queues: tuple[Queue, ...] = ()
    services: tuple[Service, ...] = ()
    windows: tuple[Window, ...] = ()
    kiosks: tuple[Kiosk, ...] = ()
    clerks: tuple[Clerk, ...] = ()
    departments: tuple[Department, ...] = ()
    groups_en: Mapping[str, str] = field(default_factory=dict)
    notice: str = ""
    notice_en: str = ""
    wifi: str = ""
    recall_limit: int = 3
    recall_spacing_s: int = 5
    recalls_before_no_show: int = 0
    no_show_after_s: int = 0
    undo_s: int = 60
    return_after: int = 3
    reprint_s: int = 300
    unserved: Literal["close", "keep"] = "close"
    rating_s: int = 30
    rating_days: int = 5
    class_floor: Mapping[str, str] = field(default_factory=dict)
    pause_reasons: tuple[str, ...] = PAUSE_REASONS
    hours: Hours = field(default_factory=Hours)
    care_age: int = 0
    daily_limit: int = 0
    no_shows_to_block: int = 0
    no_show_days: int = 30
    block_days: int = 7
    building: Building = field(default_factory=Building)

    @cached_property
    def zone(self) -> dict[str, Zone]:
        return {z.id: z for z in self.zones}

    @cached_property
    def queue(self) -> dict[str, Queue]:
        return {q.id: q for q in self.queues}

    @cached_property
    def service(self) -> dict[str, Service]:
        return {s.id: s for s in self.services}

    @cached_property
    def window(self) -> dict[str, Window]:
        return {w.id: w for w in self.windows}

    @cached_property
    def kiosk(self) -> dict[str, Kiosk]:
        return {k.id: k for k in self.kiosks}

    @cached_property
    def clerk(self) -> dict[str, Clerk]:
        return {c.staff_no: c for c in self.clerks}

    @cached_property
    def queues_of_zone(self) -> dict[str, tuple[str, ...]]:
        """Zone id -> the ids of its queues, in plan order."""
        return {z.id: tuple(q.id for q in self.queues if q.zone == z.id) for z in self.zones}

    @cached_property
    def timetable(self) -> Timetable:
        """When numbers are given in each zone."""
        return Timetable(self.hours, {z.id: z.hours for z in self.zones}, self.timezone)

    @cached_property
    def department(self) -> dict[str, Department]:
        return {d.id: d for d in self.departments}

    @cached_property
    def queues_of_department(self) -> dict[str, tuple[str, ...]]:
        """Department id -> the queues that its services feed, in plan order."""
        feeding: dict[str, dict[str, None]] = {}
        for service in self.services:
            feeding.setdefault(service.department, {})[service.queue] = None
        return {department: tuple(queues) for department, queues in feeding.items()}

    @cached_property
    def windows_of_queue(self) -> dict[str, tuple[Window, ...]]:
        """Queue id -> the windows that serve it, in plan order."""
        serving: dict[str, list[Window]] = {q.id: [] for q in self.queues}
        for window in self.windows:
            for queue in window.queues:
                serving[queue].append(window)
        return {queue: tuple(windows) for queue, windows in serving.items()}

    @cached_property
    def windows_of_queue_on_floor(self) -> dict[tuple[str, str], tuple[Window, ...]]:
        """(queue, floor) -> the windows there that serve the queue, in plan order."""
        there: dict[tuple[str, str], list[Window]] = {}
        for window in self.windows:
            for queue in window.queues:
                there.setdefault((queue, self.floor_of_window(window.id)), []).append(window)
        return {key: tuple(windows) for key, windows in there.items()}

    def neighbours(self, window: str) -> set[str]:
        """The windows that serve a queue of this one's, itself among them."""
        it = self.window.get(window)
        return {w.id for queue in (it.queues if it else ()) for w in self.windows_of_queue[queue]}

    def rule_of(self, window: str) -> Rule:
        """The window's own rule, else its zone's, else first come first served within the window's priorities."""
        it = self.window[window]
        return it.rule or self.zone[it.zone].rule or FIRST_COME

    def floor_of_window(self, window: str) -> str:
        """The window's own floor, else its zone's."""
        it = self.window[window]
        return it.floor or self.zone[it.zone].floor
