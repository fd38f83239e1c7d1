"""What the API answers, as models: the OpenAPI document is made from these."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class Told(BaseModel):
    model_config = ConfigDict(populate_by_name=True)


class Estimate(Told):
    p50_s: int = Field(description="Half of the visitors are called within so many seconds.")
    p90_s: int | None = Field(None, description="Nine of ten are.")
    spoken: dict[str, str] | None = Field(
        None, description='As people say it: {"zh": "10–20 分钟", "en": "10–20 min"}.'
    )


class Sentence(Told):
    zh: str
    en: str


class HoursTold(Told):
    """Whether numbers are given, and when. Times are ISO; null where nobody wrote hours."""

    open: bool = Field(description="May a number be taken now?")
    opens_at: str | None = Field(description="The next opening, while numbers are not given by the hours.")
    last_ticket: str | None = Field(description="Of the shift that runs: numbers are given until then.")
    closes: str | None = Field(description="Of the shift that runs: when it ends.")
    sentence: Sentence | None = Field(description="The same for a visitor: why not, and when; or until when.")


class Stopped(Told):
    at: str
    reason: str


class ServiceTold(HoursTold):
    id: str
    name: str
    name_en: str
    initials: str = Field(description="Pinyin initials, to search by.")
    department: str = Field(description="Its name.")
    department_id: str
    path: list[str] = Field(description="The groups it stands in under its department, outermost first.")
    path_en: list[str]
    zone: str
    queue: str
    letters: str
    bookings: bool = Field(description="May it be booked? See GET bookings/slots.")
    waiting: int
    estimate: Estimate | None
    materials: list[str]
    time_limit: str
    fee: str
    person: str = Field(description="required, optional or none: does taking a number need an ID card?")
    collection: bool = Field(description="出件: its tickets may name the case that is collected.")
    left: int | None = Field(description="Numbers left of the quota, or null when nobody counts them.")
    few_left: bool = Field(description="Some are left, but few.")


class ZoneName(Told):
    id: str
    letter: str
    name: str
    name_en: str
    floor: str


class ZoneHours(ZoneName, HoursTold):
    state: Literal["open", "finishing", "closed"] = Field(
        description="finishing: no more numbers, visitors still here; closed: nobody is left."
    )
    stopped: Stopped | None = Field(description="Who stopped giving numbers today, and why.")


class GroupTold(Told):
    name: str
    name_en: str
    services: list[str] = Field(description="Ids of the services that stand here and in no group below.")
    groups: list[GroupTold]
    count: int = Field(description="How many services, with those of all groups below.")


class DepartmentTold(GroupTold):
    id: str
    floor: str


class ZoneTold(ZoneHours):
    waiting: int
    windows: list[str]


class Left(Told):
    """Of one queue, who still waits or is held."""

    queue: str
    name: str
    waiting: int
    held: int
    numbers: list[str] = Field(description="The first eight.")


class ZoneChanged(ZoneTold):
    left: list[Left]
    seq: int


class HallTold(Told):
    name: str
    name_en: str
    state: Literal["open", "finishing", "closed"]
    waiting: int
    at_windows: int
    held: int
    open_windows: int
    zones: list[ZoneHours]
    now: str
    day: str


class LeftTold(Told):
    """A ticket that is not done with."""

    number: str
    queue: str
    zone: str
    service_name: str
    state: str
    window: str = Field(description="Where it is or was sent; empty: nowhere yet.")
    taken_at: str
    waited_s: int


class KioskTold(Told):
    id: str
    name: str
    floor: str
    printer: str = Field(description="ok, near_end, no_paper, cover_open, fault, lost, unknown, or none.")


class StepTold(Told):
    queues: list[str] = Field(description="In any order.")
    name: str
    done: list[str]
    skipped: list[str]


class VisitTold(Told):
    steps: list[StepTold]
    step: int = Field(description="The present one; the first is 1.")
    next: list[str] = Field(description="The queues that it goes to when the present ones are done.")


class TicketTold(Told):
    id: str
    number: str
    service: str
    queue: str
    zone: str
    klass: str = Field(alias="class")
    state: str
    ahead: int
    estimate: Estimate | None
    windows: list[str] = Field(description="Where it may be called; those of the floor that its class prefers first.")
    floor: str = Field(description="The floor of the first of them.")
    window: str | None
    taken_at: str
    slot: str | None = Field(description="The start of the slot, for a booked visitor who came on time.")
    visit: VisitTold | None = Field(description="一票到底: the steps of a ticket that visits several queues.")


class TicketTaken(TicketTold):
    token: str = Field(description="Opens the ticket's page: only whoever took the number gets it.")
    link: str
    check: str
    seq: int


class TicketBack(TicketTold):
    seq: int


class TicketHistory(TicketTold):
    why: dict[str, str] | None
    grade: str | None = Field(description="For staff, like outcome, reason, case and note.")
    outcome: str | None = Field(description="done, accepted or refused, once finished.")
    reason: str | None
    case: str | None
    note: str | None = Field(description="From the clerk who sent it on.")
    printed: str | None
    class_by: str | None = Field(description="What gave the class: age, booking, staff, or null.")
    history: list[dict[str, Any]]


class PauseTold(Told):
    reason: str
    until: str | None = Field(description="When service goes on, as it was said.")


class WindowTold(Told):
    window: str
    state: str
    clerk: str
    paused: PauseTold | None
    auto_next: int = Field(description="Idle for so many seconds it calls the next by itself; 0: never.")
    ticket: TicketTold | None
    waiting: int
    seq: int


class RatingTold(Told):
    ticket: str
    grade: str
    channel: str
    seq: int


class StaffCalled(Told):
    kiosk: str
    at: str


class PersonUnblocked(Told):
    blocked: bool
    seq: int


class Unserved(Told):
    number: str
    service: str
    service_name: str
    queue: str
    klass: str = Field(alias="class")
    state: str = Field(description="unserved; of today the state that it is in.")
    taken_at: str
    calls: int
    waited_s: float | None = Field(description="Until its first call, or the last that anybody did on the day.")


class DayTold(Told):
    day: str
    totals: dict[str, int] = Field(description="taken, finished, missed, abandoned, refused, unserved, rated.")
    queues: list[dict[str, Any]] = Field(description="The rows of the view `days` in hall.db.")
    unserved: list[Unserved]


class RollChanged(Told):
    printer: str
    at: str


class AlarmTold(Told):
    id: str = Field(description="Stays the same while it lasts: printer:p1, agent:main, line:l1, ticket:A001.")
    code: str = Field(
        description="A printer's state (docs/devices.md), lost, fault, paper_low, agent_lost, line_lost, not_printed, "
        "print_broken."
    )
    level: Literal["stop", "warn"] = Field(description="stop: something does not work; warn: it soon will not.")
    since: str
    device: str
    place: str = Field(description="The kiosk or window it belongs to, as people call it.")
    sentence: Sentence = Field(description="What it is.")
    todo: Sentence = Field(description="What to do.")


class Health(Told):
    hub: dict[str, Any]
    journal: dict[str, Any]
    agents: list[str]
    devices: list[dict[str, Any]]


class Problem(Told):
    """RFC 9457. `code` is stable; `detail` and `detail_en` are sentences for whoever asked."""

    type: str = "about:blank"
    title: str
    status: int
    code: str
    detail: str
    detail_en: str
    errors: dict[str, Any] | None = None
    facts: dict[str, Any] | None = Field(None, description="For a program: what the sentence speaks of.")
