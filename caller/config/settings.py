"""The schema of hall_config.yaml: every key, its meaning, its default. docs/config.md is generated from it."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from caller.config.bookings import BookingsPart
from caller.config.departments import DepartmentPart, GroupPart
from caller.config.floors import FloorPart, LiftPart
from caller.config.hours import HoursPart, ShiftPart
from caller.config.people import ClerkPart
from caller.config.rule import RulePart
from caller.config.slip import SlipPart
from caller.config.steps import Steps
from caller.config.values import (
    LETTERS,
    Flag,
    Id,
    Letter,
    Letters,
    Mistake,
    Name,
    Options,
    Part,
    Port,
    Quota,
    Ranked,
    Ref,
    Speed,
    Text,
    Time,
    Timezone,
    Url,
    Whole,
)
from hall.plan import PAUSE_REASONS, ClassName


class HallPart(Part):
    """The hall itself (大厅): its names, its day, and the rules that hold everywhere."""

    name: Name = Field(description="The hall's name, on every screen and slip.")
    name_en: Text = Field("", description="The same in English.")
    timezone: Timezone = Field("Asia/Shanghai", description="The hall's time zone; the machine's own does not matter.")
    day_starts: Time = Field("04:00", description="When the business day begins and numbers start again at 1.")
    notice: Text = Field("", description="The line that runs at the foot of panels and kiosks.")
    notice_en: Text = Field("", description="The same in English.")
    wifi: Text = Field("", description="The Wi-Fi that visitors may use, printed on the slip.")
    public_url: Url = Field(
        "", description="The address that phones reach the hub at, in the slip's QR. Empty: the address it listens on."
    )
    rating_s: Whole = Field(30, ge=5, le=600, description="For how many seconds the pad asks for a rating.")
    rating_days: Whole = Field(
        5, ge=0, le=60, description="For how many days a visit may be rated; so far within its business day only."
    )
    recall_limit: Whole = Field(3, ge=0, le=20, description="How often a ticket may be called again.")
    recall_spacing_s: Whole = Field(5, ge=0, le=300, description="Seconds between two calls of the same ticket.")
    recalls_before_no_show: Whole = Field(
        0, ge=0, le=20, description="How often a ticket must be called again before 过号. 0: at once."
    )
    no_show_after_s: Whole = Field(
        0, ge=0, le=300, description="No 过号 within so many seconds of the last call. 0: at once."
    )
    care_age: Whole = Field(
        0, ge=0, le=150, description="From this age on the ID card gives the class care (爱心): 70. 0: at no age."
    )
    daily_limit: Whole = Field(
        0, ge=0, le=999, description="So many numbers a person may take in a day; given-up ones do not count. 0: any."
    )
    no_shows_to_block: Whole = Field(
        0, ge=0, le=99, description="Who does not come so often takes no numbers for a while. 0: nobody is blocked."
    )
    no_show_days: Whole = Field(30, ge=1, le=366, description="… so often within so many days, today one of them,")
    block_days: Whole = Field(7, ge=1, le=366, description="… for the so many days that follow.")
    undo_s: Whole = Field(
        60, ge=0, le=600, description="For how many seconds a clerk may take the last step back (撤回). 0: never."
    )
    unserved: Literal["close", "keep"] = Field(
        "close",
        description="Who still waits or is held when the day turns: `close` as not served (当天未办), or `keep` for "
        "the next day, with the old numbers.",
    )
    reprint_s: Whole = Field(
        300,
        ge=0,
        le=3600,
        description="A slip that broke off (no paper, a pulled plug) is printed once more, marked 补打, if its printer "
        "is well within so many seconds and its visitor still waits. 0: never.",
    )
    return_after: Whole = Field(3, ge=0, le=99, description="A visitor who missed the call is next after so many.")
    class_floor: dict[ClassName, Text] = Field(
        {}, description="The floor that a class is called on (老年人窗口在一楼): `{care: 1}`; docs/people.md."
    )
    pause_reasons: list[Name] = Field(
        list(PAUSE_REASONS), description="Why a window pauses: the list to choose from at the desk."
    )

    @model_validator(mode="after")
    def _a_visitor_can_be_missed(self) -> Self:
        if self.recalls_before_no_show > self.recall_limit:
            raise Mistake(
                f"'recalls_before_no_show' is {self.recalls_before_no_show}, but a ticket may be called again only "
                f"{self.recall_limit} times ('recall_limit'): nobody could ever be marked as missed"
            )
        return self


class ZonePart(Part):
    """服务区: a zone of windows with its own letter and panel."""

    id: Id = Field(description="What the rest of this file calls it; also in addresses: `/panel/ID`.")
    letter: Letter = Field(description=f"On its tile on every screen: one of {LETTERS}.")
    name: Name = Field(description="Its name.")
    name_en: Text = Field("", description="The same in English.")
    floor: Text = Field("1", description="The floor it is on.")
    area: Id = Field("hall", description="The loudspeaker area (语音分区) its calls are spoken in.")
    rule: RulePart | None = Field(None, description="Which ticket next, at its windows.")
    hours: list[ShiftPart] = Field([], description="Its own shifts. Empty: those of `hours`.")


class QueuePart(Part):
    """队列: a line of waiting tickets. Many services feed one queue."""

    id: Id = Field(description="What services and windows call it.")
    zone: Ref = Field(description="The zone it belongs to.")
    name: Name = Field(description="Its name, for clerks.")
    name_en: Text = Field("", description="The same in English.")
    letters: Letters = Field(
        description="What its numbers begin with, in the hall its own: the zone's letter, perhaps with a second: A, AZ."
    )
    digits: Whole = Field(3, ge=2, le=6, description="At least so many digits.")
    bookings: BookingsPart | None = Field(None, description="The slots that may be booked. Left out: none may.")
    booked_letters: Letters = Field(
        "", description="What the numbers of booked visitors on time begin with. Empty: they have the queue's numbers."
    )
    quota: Quota = Field(
        {},
        description="限号: so many numbers a shift, `120`, or by its name, `{上午: 80, 下午: 40}`. Empty: any number.",
    )
    quota_warning: Whole = Field(
        0, ge=0, le=9999, description="So many left are few: kiosks and the log say so. 0: a tenth of the quota."
    )
    quota_counts_bookings: Flag = Field(False, description="`true`: a booking takes one of the quota.")


class ServicePart(Part):
    """事项: what a visitor comes for."""

    id: Id = Field(description="Its id, in the API and the records; keep it when the name changes.")
    name: Name = Field(description="What the visitor chooses.")
    name_en: Text = Field("", description="The same in English.")
    queue: Ref = Field(description="The queue its tickets wait in.")
    department: Text = Field("", description="The department that answers for it: an id, or its name.")
    path: list[Name] = Field(
        [], max_length=9, description="The groups it stands in under its department, outermost first: [公积金, 提取]."
    )
    materials: list[Annotated[str, Field(min_length=1, max_length=80)]] = Field(
        [], description="What to bring (一次性告知), one line each: shown before the ticket is printed, and on it."
    )
    time_limit: Text = Field("", description="How long it takes, as it is promised: 即办, 5 个工作日.")
    fee: Text = Field("", description="What it costs: 不收费.")
    person: Literal["required", "optional", "none"] = Field(
        "optional", description="Does a number need an ID card? With `none` nobody is asked, and nothing of it is used."
    )
    steps: Steps = Field(
        [],
        description="一票到底: the queues one ticket visits in order, its own first; those of an inner list in any "
        "order: `[check, [photo, pay], collect]`.",
    )
    step_place: Literal["front", "end"] = Field(
        "front", description="Where it stands in the next queue: `front` keeps the time taken, `end` does not."
    )
    collection: Flag = Field(False, description="出件: its tickets may name the case that is collected (办件编号).")


class WindowPart(Part):
    """窗口: where visitors are served."""

    id: Id = Field(description="Its id; also in addresses: `/window/ID`.")
    name: Text = Field("", description="What is said and shown: 3. Empty: the id.")
    zone: Ref = Field(description="The zone it stands in.")
    queues: Ranked = Field(
        description="The queues it serves: `[A, B]` calls whoever has waited longest in either; "
        "`{A: 1, B: 2}` calls A first; `all` is every queue of its zone (综合窗口), also after one: `{A: 1, all: 2}`."
    )
    floor: Text = Field("", description="Its floor. Empty: the zone's.")
    clerk: Ref = Field("", description="The staff number of the clerk who usually sits here.")
    rule: RulePart | None = Field(None, description="Its own rule instead of its zone's.")
    auto_next: Whole = Field(
        0, ge=0, le=600, description="Seconds without a visitor after which it calls the next by itself. 0: never."
    )


class KioskPart(Part):
    """取号机: where visitors take their numbers."""

    id: Id = Field(description="Its id; also in addresses: `/kiosk/ID`.")
    name: Name = Field(description="Its name, on its slips.")
    floor: Text = Field("1", description="The floor it stands on.")
    printer: Ref = Field("", description="The printer it prints on. Empty: the printer that names this kiosk, or none.")
    slip: SlipPart | None = Field(None, description="What it prints, where that is not the hall's.")


class LinePart(Part):
    """A serial line that devices share."""

    id: Id = Field(description="What devices call it.")
    port: Port = Field(
        description="`/dev/ttyS0`, `COM3`, a serial server as `socket://10.0.0.5:4001` or `rfc2217://…`, or `virtual`."
    )
    speed: Speed = Field(9600, description="Bits a second, 8N1.")
    agent: Id = Field("main", description="The agent that holds it: `main` is the hub's own machine.")


class DevicePart(Part):
    """A keypad, evaluator, bar, panel, printer, voice, reader or scanner. docs/devices.md lists the drivers."""

    id: Id = Field(description="Its id, in logs and alarms.")
    kind: Literal["", "keypad", "pad", "bar", "panel", "printer", "voice", "reader", "scanner"] = Field(
        "", description="What it is to the hall. Empty: what its driver is for."
    )
    driver: Ref = Field(description="The row of docs/devices.md that speaks to it.")
    line: Ref = Field("", description="The shared line it stands on …")
    address: Whole = Field(0, ge=0, le=4095, description="… and its address there: to 255, for a090 to 4095.")
    port: Port = Field(
        "", description="Or a port of its own: a path, `tcp://10.0.0.9:9100`, `usb:0416:5011`, `virtual`."
    )
    agent: Ref = Field("", description="The agent that holds it. Empty: its line's, or `main`.")
    window: Ref = Field("", description="The window it serves: keypads, pads and bars.")
    kiosk: Ref = Field("", description="The kiosk it stands at: printers, ID readers and scanners.")
    area: Ref = Field("", description="The loudspeaker area it speaks in: voices.")
    zone: Ref = Field("", description="The zone whose calls it shows: LED panels. Empty: the whole hall.")
    options: Options = Field({}, description="What only this driver knows; see its page.")


class AreaPart(Part):
    """How a loudspeaker area speaks."""

    languages: list[Literal["zh", "en"]] = Field(["zh"], min_length=1, description="The languages, in this order.")
    times: Whole = Field(2, ge=1, le=3, description="How often each call is said.")
    one: Literal["一", "幺"] = Field("一", description="How the digit 1 of a number is said.")


class VoicePart(Part):
    """语音."""

    areas: dict[str, AreaPart] = Field({}, description="Loudspeaker areas by id; one not listed has the defaults.")


class Settings(Part):
    """The whole file."""

    hall: HallPart = Field(description="The hall itself.")
    hours: HoursPart = Field(HoursPart(), description="取号时间.")
    zones: list[ZonePart] = Field(min_length=1, description="服务区.")
    queues: list[QueuePart] = Field(min_length=1, description="队列.")
    departments: list[DepartmentPart] = Field([], description="部门.")
    groups: list[GroupPart] = Field([], description="Groups.")
    services: list[ServicePart] = Field(min_length=1, description="事项.")
    clerks: list[ClerkPart] = Field([], description="工作人员.")
    windows: list[WindowPart] = Field(min_length=1, description="窗口.")
    kiosks: list[KioskPart] = Field([], description="取号机.")
    floors: list[FloorPart] = Field([], description="楼层.")
    lifts: list[LiftPart] = Field([], description="电梯.")
    slip: SlipPart = Field(SlipPart(), description="号票.")
    lines: list[LinePart] = Field([], description="Serial lines.")
    devices: list[DevicePart] = Field([], description="The hardware.")
    voice: VoicePart = Field(VoicePart(), description="语音.")
