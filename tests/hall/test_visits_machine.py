"""一票到底 against a model of plain lists, whatever is pressed: who stands where, in which order, what is done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from hall import commands as c
from hall import events as ev
from hall import telling
from hall.decide import decide
from hall.errors import Refused
from hall.evolve import evolve, replay
from hall.plan import Plan
from hall.state import HallState

from .as_kept import through_json
from .linked import PLAN, QUEUES, STEPS, Visitor

WINDOWS = tuple(w.id for w in PLAN.windows)
Windows = st.sampled_from(WINDOWS)


class Visits(RuleBasedStateMachine):
    """Each rule says what must come of it by the model: a code with which it is refused, or None."""

    counter_of: ClassVar[Callable[[Plan], Any]]
    picture_of: ClassVar[Callable[[HallState], str]]

    def __init__(self) -> None:
        super().__init__()
        self.counter = type(self).counter_of(PLAN)
        self.counter.open(*WINDOWS)
        self.visitors: dict[str, Visitor] = {}
        self.calls = dict.fromkeys(QUEUES, 0)
        self.order = 0

    def press(self, expected: str | None, command: type[c.Command], **words: Any) -> list[ev.Event]:
        before = type(self).picture_of(self.counter.state)
        made = command(at=self.counter.now, actor="test", **words)
        try:
            events = decide(made, self.counter.state)
        except Refused as refused:
            assert refused.code == expected
            return []
        assert expected is None, f"{made} should be refused: {expected}"
        assert type(self).picture_of(self.counter.state) == before, "decide changed the state"
        for event in events:
            evolve(event, self.counter.state)
        self.counter.events += events
        return events

    def stand_behind(self) -> tuple[float, int]:
        self.order += 1
        return (self.counter.at, self.order)

    def waiting(self) -> list[Visitor]:
        return [it for it in self.visitors.values() if it.state == "waiting"]

    def let_in(self, it: Visitor, queue: str) -> bool:
        return not (it.to_window or (it.back and it.queue == queue)) and queue in it.queues

    def in_lanes(self, *queues: str) -> list[Visitor]:
        return [it for it in self.waiting() if any(self.let_in(it, queue) for queue in queues)]

    def whom(self, window: str) -> tuple[Visitor, str] | None:
        """Whom the window calls next, and for which queue: its own, then by its ranks, then those not let in yet."""
        own = [it for it in self.waiting() if it.to_window == window]
        if own:
            it = min(own, key=lambda it: it.stood)
            return it, it.queue
        ranks = PLAN.window[window].queues
        heads = [
            (ranks[queue], it.stood, list(ranks).index(queue), it, queue)
            for queue in ranks
            for it in self.in_lanes(queue)
        ]
        if heads:
            *_, it, queue = min(heads, key=lambda head: head[:3])
            return it, queue
        back = [it for it in self.waiting() if it.back and it.queue in ranks and not it.to_window]
        return min(((it, it.queue) for it in back), key=lambda b: (b[0].back, b[0].stood[1]), default=None)

    def at(self, window: str) -> Visitor | None:
        return next((it for it in self.visitors.values() if it.at == window), None)

    def done(self, it: Visitor, last: bool = False) -> None:
        queue = it.sent or it.queue
        it.at, it.sent = "", ""
        it.order.append(queue)
        if it.left:
            it.left[0].remove(queue)
            it.left = [step for step in it.left if step]
        if last or not it.left:
            it.state = "finished"
            return
        it.state, it.queue = "waiting", it.left[0][0]
        if it.place == "end":
            it.stood = self.stand_behind()

    def call(self, window: str, it: Visitor, queue: str) -> None:
        before = self.at(window)
        if before:
            self.done(before)
        it.state, it.at, it.to_window, it.back, it.queue = "called", window, "", 0, queue
        self.calls[queue] += 1
        for other in self.waiting():
            if other.back and other.queue == queue and other.back <= self.calls[queue]:
                other.back = 0

    @initialize(classes=st.lists(st.booleans(), max_size=4))
    def some_are_in_the_second_step(self, classes: list[bool]) -> None:
        """What is worth trying begins where a ticket stands in two queues."""
        for care in classes:
            self.take("visit", care)
            self.next("1")
            self.finish("1", False)

    @rule()
    def time_passes(self) -> None:
        self.counter.at += 1

    @rule(service=st.sampled_from(("visit", "visit", "behind", "sphoto", "spay", "sother")), care=st.booleans())
    def take(self, service: str, care: bool) -> None:
        it = PLAN.service[service]
        words = {"service": service, "token": f"{len(self.visitors)}", "klass": "care" if care else "normal"}
        (taken,) = self.press(None, c.TakeTicket, **words)
        steps = [list(step) for step in it.steps]
        self.visitors[taken.number] = Visitor(taken.number, it.queue, steps, it.step_place, self.stand_behind())

    @rule(window=Windows)
    def next(self, window: str) -> None:
        whom = self.whom(window)
        overtaken = [it for it in self.in_lanes(*PLAN.window[window].queues) if whom and it.stood < whom[0].stood]
        events = self.press(None if whom else "nobody_waiting", c.CallNext, window=window)
        if whom:
            assert events[-1].number == whom[0].number
            assert events[-1].why["overtook"] == len(overtaken), "each overtaken counts once"
            self.call(window, *whom)

    @rule(window=Windows, data=st.data())
    def call_by_number(self, window: str, data: st.DataObject) -> None:
        those = [it for it in self.visitors.values() if it.state in ("waiting", "missed")]
        if those:
            it = data.draw(st.sampled_from(those))
            self.press(None, c.CallNumber, window=window, number=it.number)
            ranks = PLAN.window[window].queues
            own = [queue for queue in it.queues if queue in ranks]
            self.call(window, it, min(own, key=ranks.__getitem__) if own else it.queue)

    @rule(window=Windows, last=st.sampled_from((False, False, False, True)))
    def finish(self, window: str, last: bool) -> None:
        it = self.at(window)
        events = self.press(None if it else "no_ticket", c.FinishService, window=window, last=last)
        if it:
            self.done(it, last)
            prompted = getattr(events[-1], "rate_until", "") != ""
            assert prompted == (it.state == "finished"), "rated once, at the end"

    @rule(window=Windows, queue=st.sampled_from(("", "photo", "pay", "collect")))
    def skip(self, window: str, queue: str) -> None:
        it = self.at(window)
        now = (it.sent or it.queue) if it else ""
        rest = [([q for q in step if q != now] if n == 0 else step) for n, step in enumerate(it.left if it else [])]
        gone = next(((n, hit) for n, step in enumerate(rest) if (hit := [q for q in step if queue in ("", q)])), None)
        no = "no_ticket" if not it else "no_visit" if not it.left else None if gone else "no_such_step"
        self.press(no, c.SkipStep, window=window, queue=queue)
        if it and gone:
            step, queues = gone
            it.left[step] = [q for q in it.left[step] if q not in queues]

    @rule(window=Windows)
    def no_show(self, window: str) -> None:
        it = self.at(window)
        no = "no_ticket" if not it else None if it.state == "called" else "not_called"
        self.press(no, c.MarkNoShow, window=window)
        if it and no is None:
            it.state, it.at = "missed", ""

    @rule(data=st.data())
    def come_back(self, data: st.DataObject) -> None:
        missed = [it for it in self.visitors.values() if it.state == "missed"]
        if missed:
            it = data.draw(st.sampled_from(missed))
            self.press(None, c.ReturnTicket, number=it.number)
            it.state, it.back = "waiting", self.calls[it.queue] + PLAN.return_after

    @rule(window=Windows)
    def start(self, window: str) -> None:
        it = self.at(window)
        no = "no_ticket" if not it else None if it.state == "called" else "already_serving"
        self.press(no, c.StartService, window=window)
        if it:
            it.state = "serving"

    @rule(window=Windows)
    def hold(self, window: str) -> None:
        it = self.at(window)
        self.press(None if it else "no_ticket", c.HoldTicket, window=window)
        if it:
            it.state, it.at = "held", ""

    @rule(window=Windows, data=st.data())
    def resume(self, window: str, data: st.DataObject) -> None:
        held = [it for it in self.visitors.values() if it.state == "held"]
        if held:
            it = data.draw(st.sampled_from(held))
            no = "busy" if self.at(window) else None
            self.press(no, c.ResumeTicket, window=window, number=it.number)
            if no is None:
                it.state, it.at = "serving", window

    @rule(window=Windows, queue=st.sampled_from(QUEUES), place=st.sampled_from(("front", "end")))
    def transfer(self, window: str, queue: str, place: str) -> None:
        it = self.at(window)
        no = None if it else "no_ticket"
        self.press(no, c.TransferTicket, window=window, queue=queue, place=place)
        if it:
            it.sent = (queue if queue in it.left[0] else it.sent or it.queue) if it.left else ""
            it.state, it.at, it.queue = "waiting", "", queue
            it.stood = self.stand_behind() if place == "end" else it.stood

    @rule(window=Windows, to=Windows)
    def send(self, window: str, to: str) -> None:
        it = self.at(window)
        no = "no_ticket" if not it else "same_window" if to == window else None
        self.press(no, c.TransferTicket, window=window, to_window=to)
        if it and no is None:
            it.sent = (it.sent or it.queue) if it.left else ""
            it.state, it.at, it.to_window, it.stood = "waiting", "", to, self.stand_behind()

    @invariant()
    def each_lane_holds_who_waits_for_its_queue(self) -> None:
        state = self.counter.state
        for queue in QUEUES:
            lanes = sorted(place for lane in state.lanes_of.get(queue, ()) for place in lane)
            let_in = sorted(self.in_lanes(queue), key=lambda it: it.stood)
            assert [number for *_, number in lanes] == [it.number for it in let_in]
            back = {number for *_, number in state.returning.get(queue, ())}
            assert back == {it.number for it in self.waiting() if it.back and it.queue == queue}

    @invariant()
    def who_waits_in_several_queues_is_counted_once(self) -> None:
        state = self.counter.state
        for queues in (("photo",), ("photo", "pay"), ("check", "pay", "collect"), QUEUES):
            here = [it for it in self.waiting() if not it.to_window and set(queues) & set(it.queues)]
            assert state.waiting(*queues) == len(here)
        own = [it for it in self.waiting() if it.to_window == "4"]
        here = [it for it in self.waiting() if not it.to_window and {"pay", "collect", "photo"} & set(it.queues)]
        assert telling.waiting_for(state, "4") == len(own) + len(here)

    @invariant()
    def everybody_is_where_they_are(self) -> None:
        state = self.counter.state
        assert {it.number: it.state for it in self.visitors.values()} == {n: t.state for n, t in state.tickets.items()}
        at = {it.number: it.at for it in self.visitors.values() if it.at}
        assert at == {now.ticket: window for window, now in state.windows.items() if now.ticket}, "never at two windows"
        for it in self.waiting():
            if it.to_window or it.back:
                continue
            lines = [sum(o.stood < it.stood for o in self.in_lanes(queue)) for queue in it.queues]
            assert state.ahead(state.tickets[it.number]) == min(lines)

    @invariant()
    def the_steps_are_done_in_their_order(self) -> None:
        rank = {queue: n for n, step in enumerate(STEPS) for queue in step}
        for it in self.visitors.values():
            ticket = self.counter.state.tickets[it.number]
            if ticket.visit:
                done = [queue for step in ticket.visit.done for queue in step]
                assert done == it.order
                assert [rank[queue] for queue in done] == sorted(rank[queue] for queue in done)

    def teardown(self) -> None:
        again = replay(map(through_json, self.counter.events), HallState(PLAN))
        assert type(self).picture_of(again) == type(self).picture_of(self.counter.state)


@pytest.fixture
def counter_of(counter: Any) -> Callable[[Plan], Any]:
    return type(counter)


def test_visits_do_what_the_model_does(counter_of: Callable[[Plan], Any], picture: Callable[[HallState], str]) -> None:
    """Whatever is pressed: one window at a time, the steps in their order, the end only when all is done or ended."""
    bound = type("Bound", (Visits,), {"counter_of": staticmethod(counter_of), "picture_of": staticmethod(picture)})
    run_state_machine_as_test(bound, settings=settings(max_examples=60, stateful_step_count=50, deadline=None))
