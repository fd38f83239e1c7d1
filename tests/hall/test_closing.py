"""Zones that open, stop and finish, windows that close, and what the list of tickets says: nobody is forgotten."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, ClassVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from hall import commands as c
from hall import events as ev
from hall.errors import Refused
from hall.evolve import replay
from hall.hours.shifts import WEEKDAYS, Hours, Shift
from hall.left import left_by_window, phase
from hall.plan import Clerk, Service
from hall.state import HallState, Ticket

from .as_kept import through_json

HERE = ("waiting", "called", "serving", "held")
SHIFT = (510, 570, 630)  # half past eight, when the counter opens; numbers for an hour, the end two hours after
Window = st.sampled_from("123")
Queue = st.sampled_from("abn")


class Closing(RuleBasedStateMachine):
    """Queues a and b in zone z, n in zone y; window 1 serves a and b, 2 serves b, 3 serves b and n."""

    counter_with: ClassVar[Callable[..., Any]]

    def __init__(self) -> None:
        super().__init__()
        base = type(self).counter_with().plan
        serve = {"1": {"a": 1, "b": 1}, "2": {"b": 1}, "3": {"b": 1, "n": 1}}
        self.counter = type(self).counter_with(
            hours=Hours((Shift(*SHIFT, days=WEEKDAYS),)),
            windows=tuple(replace(window, queues=serve[window.id]) for window in base.windows),
            clerks=(Clerk("0001", "王"), Clerk("0002", "李"), Clerk("0003", "赵", skills=("n",))),
            services=(Service("sa", "甲", "a"), Service("sb", "乙", "b"), Service("sn", "丙", "n")),
        )
        self.stopped: set[str] = set()

    @property
    def state(self) -> HallState:
        return self.counter.state

    def here(self, *states: str) -> list[Ticket]:
        return [it for it in self.state.tickets.values() if it.state in (states or HERE)]

    def try_to(self, command: type[c.Command], **words: Any) -> str:
        """The code of the refusal, "" when it was done."""
        try:
            self.counter.do(command, **words)
        except Refused as refused:
            return refused.code
        return ""

    @rule(minutes=st.integers(1, 40))
    def time_passes(self, minutes: int) -> None:
        self.counter.at += minutes

    @rule(queue=Queue)
    def take(self, queue: str) -> None:
        minute = 510 + self.counter.at
        zone = "y" if queue == "n" else "z"
        no = "last_ticket_over" if minute >= SHIFT[1] else ""
        no = "zone_closed" if zone in self.stopped else no
        assert self.try_to(c.TakeTicket, service=f"s{queue}", token=str(len(self.state.tickets))) == no

    @rule(zone=st.sampled_from("zy"), confirm=st.booleans())
    def stop(self, zone: str, confirm: bool) -> None:
        queues = "ab" if zone == "z" else "n"
        left = [it for it in self.here("waiting", "held") if it.queue in queues]
        no = "zone_stopped" if zone in self.stopped else "visitors_left" if left and not confirm else ""
        assert self.try_to(c.CloseZone, zone=zone, confirm=confirm) == no
        if not no:
            self.stopped.add(zone)

    @rule(zone=st.sampled_from("zy"))
    def resume_numbers(self, zone: str) -> None:
        assert self.try_to(c.OpenZone, zone=zone) == ("" if zone in self.stopped else "zone_not_stopped")
        self.stopped.discard(zone)

    @rule(window=Window, clerk=st.sampled_from(("0001", "0002", "0003")))
    def open(self, window: str, clerk: str) -> None:
        self.try_to(c.OpenWindow, window=window, clerk=clerk)

    @rule(
        window=Window,
        command=st.sampled_from(
            (c.CallNext, c.StartService, c.FinishService, c.HoldTicket, c.ResumeTicket, c.PauseWindow)
        ),
    )
    def work(self, window: str, command: type[c.Command]) -> None:
        self.try_to(command, window=window)

    @rule(window=Window, to=Window)
    def send(self, window: str, to: str) -> None:
        self.try_to(c.TransferTicket, window=window, to_window=to)

    @rule(window=Window, confirm=st.booleans())
    def close(self, window: str, confirm: bool) -> None:
        now = self.state.windows[window]
        left = self.forgotten(window)
        no = "window_closed" if now.state == "closed" else "busy" if now.ticket else ""
        no = no or ("visitors_left" if left and not confirm else "")
        assert self.try_to(c.CloseWindow, window=window, confirm=confirm) == no
        if not no:
            closed = self.counter.events[-1]
            assert {number for it in closed.left for number in it["numbers"]} <= left, "what was left is recorded"
            assert sum(it["waiting"] + it["held"] for it in closed.left) == len(left)

    def may_call(self, window: str) -> set[str]:
        """A plain reading of the plan: the window's queues, of those what its clerk has the skill for."""
        now = self.state.windows[window]
        queues = set(self.counter.plan.window[window].queues)
        return queues & {"n"} if now.clerk == "0003" else queues

    def forgotten(self, window: str) -> set[str]:
        """Ticket by ticket: sent here, on hold here, or in a queue of its that no other clerk who is here may call."""
        others = set()
        for other in "123":
            if other != window and self.state.windows[other].state != "closed":
                others |= self.may_call(other)
        lost = self.may_call(window) - others
        return {
            it.number
            for it in self.here("waiting", "held")
            if (it.to_window == window and it.state == "waiting")
            or (it.state == "held" and it.window == window)
            or (it.queue in lost and (it.state == "held" or not it.to_window))
        }

    @invariant()
    def a_zone_is_what_its_tickets_say(self) -> None:
        """Open while numbers are given; else finishing while one ticket is not done with; else closed."""
        for zone, queues in (("z", "ab"), ("y", "n")):
            gives = 510 + self.counter.at < SHIFT[1] and zone not in self.stopped
            somebody = any(it.queue in queues for it in self.here())
            expected = "open" if gives else "finishing" if somebody else "closed"
            assert phase(self.state, zone, self.counter.now) == expected

    @invariant()
    def who_would_be_left_is_known_beforehand(self) -> None:
        for window in "123":
            told = left_by_window(self.state, window)
            assert sum(it["waiting"] + it["held"] for it in told) == len(self.forgotten(window))

    def teardown(self) -> None:
        again = replay(map(through_json, self.counter.events), HallState(self.counter.plan))
        assert repr(again.picture()) == repr(self.state.picture())


def test_nobody_is_forgotten_whatever_closes(counter_with: Callable[..., Any]) -> None:
    bound = type("BoundClosing", (Closing,), {"counter_with": staticmethod(counter_with)})
    run_state_machine_as_test(bound, settings=settings(max_examples=50, stateful_step_count=40, deadline=None))


def test_a_clerk_who_goes_to_another_window_is_told_who_is_left(counter_with: Callable[..., Any]) -> None:
    """Unless the other window serves them; who is on hold goes along and is not left."""
    serve = {"1": {"a": 1}, "2": {"a": 1}, "3": {"b": 1}}
    plan = counter_with().plan
    counter = counter_with(windows=tuple(replace(window, queues=serve[window.id]) for window in plan.windows))
    counter.open("1")
    held = counter.take("a")
    counter.next()
    counter.do(c.HoldTicket, window="1")
    waits = counter.take("a")

    def left(window: str) -> list[str]:
        try:
            counter.do(c.OpenWindow, window=window, clerk="0001")
        except Refused as refused:
            assert refused.code == "clerk_elsewhere"
            return [number for it in refused.facts["left"] for number in it["numbers"]]
        raise AssertionError("it is asked first")

    assert left("2") == []
    assert left("3") == [waits] and held != waits
    counter.do(c.OpenWindow, window="3", clerk="0001", confirm=True)
    (closed,) = [event for event in counter.events if isinstance(event, ev.WindowClosed)]
    assert [it["numbers"] for it in closed.left] == [[waits]]
