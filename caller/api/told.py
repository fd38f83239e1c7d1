"""What the API answers, as models: the OpenAPI document is made from these."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Told(BaseModel):
    model_config = ConfigDict(populate_by_name=True)


class Estimate(Told):
    p50_s: int = Field(description="Half of the visitors are called within so many seconds.")
    p90_s: int | None = Field(None, description="Nine of ten are.")


class ServiceTold(Told):
    id: str
    name: str
    name_en: str
    initials: str = Field(description="Pinyin initials, to search by.")
    department: str
    zone: str
    queue: str
    letters: str
    open: bool
    bookings: bool = Field(description="May it be booked? See GET bookings/slots.")
    waiting: int
    estimate: Estimate | None
    materials: list[str]
    time_limit: str
    fee: str


class ZoneTold(Told):
    id: str
    letter: str
    name: str
    name_en: str
    floor: str
    waiting: int
    windows: list[str]


class KioskTold(Told):
    id: str
    name: str
    floor: str
    printer: str = Field(description="ok, near_end, no_paper, cover_open, fault, lost, unknown, or none.")


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
    history: list[dict[str, Any]]


class WindowTold(Told):
    window: str
    state: str
    clerk: str
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
