"""A hall with everything on at once, and somebody who presses anything there: for test_everything.py."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta, timezone
from random import Random
from typing import Any

from hall import commands as c
from hall.hours.shifts import Hours, Shift, SpecialDays
from hall.plan import CLASSES, Clerk, Kiosk, Plan, Queue, Rule, Service, Window, Zone
from hall.slots import Slots
from hall.state import HallState

TZ = timezone(timedelta(hours=8))
EVERY_DAY = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
HOURS = Hours(
    shifts=(
        Shift(9 * 60, 11 * 60 + 30, 12 * 60, "上午", EVERY_DAY),
        Shift(13 * 60, 16 * 60, 17 * 60, "下午", EVERY_DAY),
    ),
    exceptions=(SpecialDays(date(2026, 11, 26), date(2026, 11, 26), "盘点", zones=("y",)),),
)
PLAN = Plan(
    name="大厅",
    zones=(
        Zone(
            "z",
            "A",
            "综合",
            rule=Rule(
                parts=("booked_on_time", "accumulate", "window_priority"), rates={"care": 3}, run=2, extra_wait=20
            ),
        ),
        Zone(
            "y",
            "B",
            "社保",
            floor="2",
            rule=Rule(parts=("class", "ratio", "target"), ratio={"care": 2, "normal": 3}, target={"normal": 20}),
            hours=(Shift(8 * 60, 18 * 60, 18 * 60, "全天", EVERY_DAY),),
        ),
    ),
    queues=(
        Queue("a", "z", "甲", "A", bookings=Slots(minutes=30, capacity=2), booked_letters="K", quota={"": 30}),
        Queue("b", "z", "乙", "B", quota={"上午": 20, "下午": 9}, quota_warning=2),
        Queue("c", "y", "丙", "C", bookings=Slots(minutes=60), quota={"": 20}, quota_counts_bookings=True),
        Queue("d", "y", "出件", "D"),
        Queue("n", "y", "无窗", "N"),
    ),
    services=(
        Service("sa", "甲事", "a"),
        Service("sb", "乙事", "b", person="required"),
        Service("sc", "丙事", "c", person="none"),
        Service("sn", "无窗事", "n"),
        Service("visit", "一件事", "a", steps=(("a",), ("b", "c"), ("d",))),
        Service("behind", "排到后面", "b", steps=(("b", "c"), ("a",)), step_place="end"),
        Service("collect", "取证", "d", collection=True),
    ),
    windows=(
        Window("1", "z", "1", {"a": 1, "b": 2}, clerk="01"),
        Window("2", "z", "2", {"b": 1, "a": 1, "d": 2}, clerk="02", auto_next=30),
        Window("3", "y", "3", {"c": 1, "b": 2}),
        Window("4", "y", "4", {"a": 2, "b": 2, "c": 1, "d": 1}, floor="1", rule=Rule(run=1)),
    ),
    kiosks=(Kiosk("k", "取号机", printer="paper"), Kiosk("bare", "无纸取号机")),
    clerks=(Clerk("01", "王"), Clerk("02", "李", skills=("a", "d")), Clerk("03", "赵", skills=("b", "c"))),
    recall_limit=2,
    recalls_before_no_show=1,
    recall_spacing_s=5,
    no_show_after_s=5,
    return_after=2,
    class_floor={"care": "1", "urgent": "2"},
    hours=HOURS,
    care_age=70,
    daily_limit=4,
    no_shows_to_block=2,
)

HOW_OFTEN = {
    "take": 140,
    "book": 40,
    "check_in": 40,
    "come_back": 40,
    "abandon": 15,
    "cancel": 5,
    "next": 90,
    "finish": 40,
    "recall": 40,
    "no_show": 40,
    "undo": 25,
    "hold": 20,
    "transfer": 25,
    "resume": 20,
    "arrive": 15,
    "start": 15,
    "call": 15,
    "skip": 12,
    "open": 12,
    "pause": 5,
    "close": 5,
    "auto": 3,
    "idle": 8,
    "zone_close": 2,
    "zone_open": 5,
    "unblock": 4,
    "rate": 5,
    "printed": 6,
    "copy": 2,
}
"""What is pressed in a hall, as shares of all that is."""


class Anybody:
    """Presses anything: mostly what is there, now and then what is not. All of it follows from the seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.at = datetime(2026, 11, 23, 8, 30, tzinfo=TZ)
        self.made = 0

    def day(self) -> str:
        """The business day by the clock: it begins at four."""
        return (self.at - timedelta(hours=4)).date().isoformat()

    def time_passes(self) -> None:
        """Seconds mostly; at times the clock is set back a little, or nobody comes until tomorrow."""
        r = self.random.random()
        if r < 0.01:
            self.at -= timedelta(minutes=self.random.randint(1, 60))
        elif r < 0.013 or self.at.hour >= 19:
            self.at = self.at.replace(hour=8, minute=50) + timedelta(days=1)
        else:
            self.at += timedelta(seconds=self.random.choice((0, 1, 6, 31, 61, 200)))

    def wants(self, state: HallState) -> c.Command:
        """The next thing that somebody wants."""
        what = self.random.choices(list(HOW_OFTEN), list(HOW_OFTEN.values()))[0]
        return getattr(self, f"_{what}")(state)

    def _one(self, those: Iterable[str], strange: str = "没有") -> str:
        there = list(those)
        return self.random.choice(there) if there and self.random.random() < 0.97 else strange

    def _some_ticket(self, state: HallState, *states: str) -> str:
        those = [number for number, it in state.tickets.items() if it.state in states]
        return self._one(those if those and self.random.random() < 0.8 else state.tickets)

    def _make(self, command: type[c.Command], **words: Any) -> c.Command:
        return command(at=self.at, actor="anybody", **words)

    def _at_window(self, command: type[c.Command], state: HallState | None = None, **words: Any) -> c.Command:
        """At some window; with `state` mostly at one that has a ticket."""
        busy = [window for window, now in state.windows.items() if now.ticket] if state else []
        there = busy if busy and self.random.random() < 0.8 else PLAN.window
        return self._make(command, window=self._one(there), **words)

    def _next(self, state: HallState) -> c.Command:
        return self._at_window(c.CallNext)

    def _arrive(self, state: HallState) -> c.Command:
        return self._at_window(c.Arrive, state)

    def _start(self, state: HallState) -> c.Command:
        return self._at_window(c.StartService, state)

    def _finish(self, state: HallState) -> c.Command:
        r = self.random
        outcome = r.choice(("done", "done", "accepted", "refused", "eaten"))
        reason, case = r.choice(("", " ", "材料不齐")), r.choice(("", "办-1"))
        return self._at_window(c.FinishService, state, outcome=outcome, reason=reason, case=case, last=r.random() < 0.1)

    def _hold(self, state: HallState) -> c.Command:
        return self._at_window(c.HoldTicket, state)

    def _resume(self, state: HallState) -> c.Command:
        number = self._some_ticket(state, "held") if self.random.random() < 0.6 else ""
        return self._at_window(c.ResumeTicket, number=number)

    def _transfer(self, state: HallState) -> c.Command:
        r = self.random
        queue = self._one(PLAN.queue) if r.random() < 0.6 else ""
        to = self._one(PLAN.window) if not queue or r.random() < 0.1 else ""
        return self._at_window(
            c.TransferTicket, state, queue=queue, to_window=to, place=r.choice(("front", "end")), note="请"
        )

    def _no_show(self, state: HallState) -> c.Command:
        return self._at_window(c.MarkNoShow, state)

    def _recall(self, state: HallState) -> c.Command:
        return self._at_window(c.Recall, state)

    def _undo(self, state: HallState) -> c.Command:
        return self._at_window(c.UndoStep)

    def _open(self, state: HallState) -> c.Command:
        clerk = self._one(("", "", "01", "02", "03"))
        return self._at_window(c.OpenWindow, clerk=clerk, confirm=self.random.random() < 0.5)

    def _pause(self, state: HallState) -> c.Command:
        until = self.at + timedelta(minutes=self.random.randint(-5, 60))
        return self._at_window(c.PauseWindow, reason="午餐", until=self.random.choice(("", until.isoformat())))

    def _close(self, state: HallState) -> c.Command:
        return self._at_window(c.CloseWindow, confirm=self.random.random() < 0.5)

    def _skip(self, state: HallState) -> c.Command:
        return self._at_window(c.SkipStep, state, queue=self.random.choice(("", "b", "c", "d", "没有")))

    def _auto(self, state: HallState) -> c.Command:
        return self._at_window(c.SetAutoNext, seconds=self.random.choice((0, 5, 60)))

    def _idle(self, state: HallState) -> c.Command:
        window = self._one(PLAN.window)
        since = state.windows[window].idle_since if window in state.windows else None
        return self._make(c.CallWhenIdle, window=window, idle_since=since or self.at)

    def _call(self, state: HallState) -> c.Command:
        return self._at_window(c.CallNumber, number=self._some_ticket(state, "waiting", "missed"))

    def _zone_close(self, state: HallState) -> c.Command:
        return self._make(c.CloseZone, zone=self._one(PLAN.zone), reason="停电", confirm=self.random.random() < 0.5)

    def _zone_open(self, state: HallState) -> c.Command:
        return self._make(c.OpenZone, zone=self._one(state.stopped or PLAN.zone))

    def _unblock(self, state: HallState) -> c.Command:
        return self._make(c.UnblockPerson, person=self._person())

    def _rate(self, state: HallState) -> c.Command:
        number = self._some_ticket(state, "finished")
        return self._make(c.RateVisit, number=number, grade="满意", knows=self.random.choice(("", "token")))

    def _copy(self, state: HallState) -> c.Command:
        return self._make(
            c.OrderPrint, number=self._some_ticket(state, "waiting"), kiosk=self.random.choice(("k", "bare"))
        )

    def _printed(self, state: HallState) -> c.Command:
        number = self._one(state.to_print)
        if self.random.random() < 0.5:
            return self._make(c.ConfirmPrint, number=number, printer="paper")
        return self._make(
            c.FailPrint, number=number, printer="paper", error="no_paper", begun=self.random.random() < 0.5
        )

    def _person(self) -> str:
        return self.random.choice(("", "", *(f"p{n}" for n in range(12))))

    def _token(self) -> str:
        self.made += 1
        return f"token-{self.made}"

    def _take(self, state: HallState) -> c.Command:
        r = self.random
        service = self._one(PLAN.service)
        return self._make(
            c.TakeTicket,
            service=service,
            token=self._token(),
            klass=self._one((*CLASSES, "normal", "normal", "normal")),
            kiosk=self._one(("", "", "k", "bare")),
            person=self._person(),
            by_staff=r.random() < 0.2,
            case="办-1" if r.random() < (0.5 if service == "collect" else 0.02) else "",
        )

    def _book(self, state: HallState) -> c.Command:
        r = self.random
        day = (date.fromisoformat(self.day()) + timedelta(days=r.randint(-1, 2))).isoformat()
        hour = r.choice((self.at.hour, self.at.hour + 1, 10, 15)) % 24
        slot = f"{hour:02d}:{r.choice(('00', '30'))}"
        return self._make(
            c.MakeBooking,
            code=self._token(),
            service=self._one(PLAN.service),
            day=day,
            slot=slot,
            person=self._person(),
        )

    def _cancel(self, state: HallState) -> c.Command:
        return self._make(c.CancelBooking, code=self._one(state.bookings.by_code))

    def _check_in(self, state: HallState) -> c.Command:
        today = [it.code for it in state.bookings.of_day(state.day) if it.state == "booked"]
        code = self._one(today or state.bookings.by_code)
        if self.random.random() < 0.3:
            return self._make(c.CheckIn, code="", person=self._person(), token=self._token())
        return self._make(c.CheckIn, code=code, token=self._token(), kiosk=self.random.choice(("", "k")))

    def _come_back(self, state: HallState) -> c.Command:
        return self._make(c.ReturnTicket, number=self._some_ticket(state, "missed"))

    def _abandon(self, state: HallState) -> c.Command:
        return self._make(c.AbandonTicket, number=self._some_ticket(state, "waiting", "held", "missed"))
