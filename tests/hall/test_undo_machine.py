"""撤回: a step and its undo leave the hall as it was; what somebody else has acted on stays; replay agrees."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from hall import commands as c
from hall import events as ev
from hall.errors import Refused
from hall.evolve import replay
from hall.plan import Rule, Zone
from hall.state import HallState

from .as_kept import through_json
from .pictures_undone import in_order, stripped

WINDOWS = ("1", "2", "3")
RULE = Rule(parts=("ratio", "class"), ratio={"care": 1, "normal": 2}, run=2)
ZONES = (Zone("z", "A", "综合", rule=RULE), Zone("y", "B", "社保", floor="2"))

Window = st.sampled_from(WINDOWS)
Number = st.sampled_from(["A001", "A002", "A003", "B001", "B002"])
At_a_window = st.one_of(
    st.sampled_from(
        [
            *((c.CallNext, {}),) * 4,
            *((command, {}) for command in (c.Recall, c.Arrive, c.StartService, c.FinishService, c.MarkNoShow)),
            *((command, {}) for command in (c.HoldTicket, c.ResumeTicket, c.OpenWindow, c.PauseWindow, c.CloseWindow)),
            (c.FinishService, {"outcome": "refused", "reason": "材料不全"}),
            *((c.OpenWindow, {"clerk": clerk, "confirm": True}) for clerk in ("0001", "0002", "0003")),
            (c.CloseWindow, {"confirm": True}),
            (c.TransferTicket, {"to_window": "2", "note": "差一份证明"}),
        ]
    ),
    st.tuples(st.just(c.CallNumber), st.fixed_dictionaries({"number": Number})),
    st.tuples(st.just(c.ResumeTicket), st.fixed_dictionaries({"number": Number})),
    st.tuples(
        st.just(c.TransferTicket),
        st.fixed_dictionaries({"queue": st.sampled_from("ab"), "place": st.sampled_from(("front", "end"))}),
    ),
)
By_others = st.sampled_from((c.AbandonTicket, c.ReturnTicket, c.RateVisit))


class Halls(RuleBasedStateMachine):
    """`steps` are the steps that were done, oldest first: [window, minute, tickets, clerk, taken back?]."""

    counter_with: ClassVar[Callable[..., Any]]

    def __init__(self) -> None:
        super().__init__()
        self.counter = type(self).counter_with(zones=ZONES, return_after=1, undo_s=60, recall_spacing_s=0)
        self.steps: list[list[Any]] = []
        for queue, klass in (("a", "normal"), ("a", "care"), ("b", "normal"), ("a", "normal"), ("b", "care")):
            self.counter.take(queue, klass=klass)
        self.last: dict[str, int] = {}
        for window in WINDOWS:
            self.step(window, (c.OpenWindow, {}))

    def do(self, command: type[c.Command], **words: Any) -> list[ev.Event]:
        """What it makes happen; nothing when it is refused."""
        try:
            return self.counter.do(command, **words)
        except Refused:
            return []

    def step(self, window: str, press: tuple[Any, Any]) -> bool:
        command, words = press
        clerk = self.counter.state.windows[window].clerk
        events = self.do(command, window=window, **words)
        if events:
            self.last.pop(getattr(events[-1], "from_window", ""), None)
            self.last[window] = len(self.steps)
            self.steps.append([window, self.counter.at, {n for e in events if (n := getattr(e, "number", ""))}, clerk])
            self.steps[-1].append(False)
        return bool(events)

    def undo(self, window: str) -> None:
        self.counter.do(c.UndoStep, window=window)
        self.steps[self.last.pop(window)][4] = True

    @rule(minutes=st.sampled_from([0.25, 0.25, 0.5, 1.5]))
    def time_passes(self, minutes: float) -> None:
        self.counter.at += minutes

    @rule(queue=st.sampled_from("ab"), klass=st.sampled_from(("normal", "care")))
    def take(self, queue: str, klass: str) -> None:
        self.counter.take(queue, klass=klass)

    @rule(command=By_others, data=st.data())
    def others_act(self, command: type[c.Command], data: st.DataObject) -> None:
        """A visitor returns, gives up or rates."""
        states = {c.ReturnTicket: ["missed"], c.RateVisit: ["finished"]}.get(command, ["called", "held", "waiting"])
        tickets = self.counter.state.tickets
        able = [number for number, ticket in tickets.items() if ticket.state in states]
        if able:
            number = data.draw(st.sampled_from(able[::-1]))
            words = {"grade": "satisfied", "knows": "token"} if command is c.RateVisit else {}
            if self.do(command, number=number, **words):
                self.steps.append(["", self.counter.at, {number}, "", False])

    @rule(window=Window, back=st.integers(0, 2))
    def some_miss_their_call_and_are_back(self, window: str, back: int) -> None:
        self.counter.at += 0.25
        for _ in range(back):
            if self.step(window, (c.CallNext, {})) and self.step(window, (c.MarkNoShow, {})):
                number = self.counter.events[-1].number
                self.counter.do(c.ReturnTicket, number=number)
                self.steps.append(["", self.counter.at, {number}, "", False])

    @rule(window=Window)
    def several_are_held(self, window: str) -> None:
        for command in (c.CallNext, c.HoldTicket, c.CallNext, c.HoldTicket):
            self.step(window, (command, {}))

    @rule(windows=st.permutations(WINDOWS))
    def a_clerk_moves(self, windows: list[str]) -> None:
        here, there = windows[:2]
        clerk = self.counter.state.windows[here].clerk
        self.step(there, (c.CloseWindow, {"confirm": True}))
        if self.step(here, (c.CloseWindow, {"confirm": True})):
            self.step(there, (c.OpenWindow, {"clerk": clerk}))

    @rule(window=Window, press=At_a_window)
    def press(self, window: str, press: tuple[Any, Any]) -> None:
        self.step(window, press)

    @rule(window=Window, press=At_a_window)
    def press_and_undo(self, window: str, press: tuple[Any, Any]) -> None:
        """The same picture as before, but for history, calls told, and what the windows could undo."""
        before = stripped(self.counter.state)
        if self.step(window, press):
            self.undo(window)
            assert stripped(self.counter.state) == before
            assert self.counter.refusal(c.UndoStep, window=window) == "nothing_to_undo"

    @rule(windows=st.permutations(WINDOWS), one=At_a_window, two=At_a_window)
    def two_press_and_both_undo(self, windows: list[str], one: Any, two: Any) -> None:
        """One inside the other."""
        before = stripped(self.counter.state)
        first, second = self.step(windows[0], one), self.step(windows[1], two)
        if second:
            self.undo(windows[1])
        if first and windows[0] not in self.last:
            return  # the second took over the clerk of the first: what was done there before is done
        if first:
            self.undo(windows[0])
        assert stripped(self.counter.state) == before

    @rule(windows=st.permutations(WINDOWS), one=At_a_window, two=At_a_window)
    def two_press_and_undo_in_the_order_they_pressed(self, windows: list[str], one: Any, two: Any) -> None:
        """Where neither is in the other's way everybody stands as before; only a returned visitor whom the first had
        let stand, and for whom the second counts meanwhile, goes on standing."""
        before = in_order(HallState.picture(self.counter.state))
        before = {name: repr(before[name]) for name in ("lanes", "for_window", "returning", "missed", "calling")}
        if self.step(windows[0], one) and self.step(windows[1], two) and windows[0] in self.last:
            first, second = (self.steps[self.last[window]] for window in windows[:2])
            if not first[2] & second[2] and {c.OpenWindow, c.CloseWindow}.isdisjoint((one[0], two[0])):
                self.undo(windows[0])
                self.undo(windows[1])
                after = in_order(HallState.picture(self.counter.state))
                if before["returning"] != "{}":
                    return
                assert {name: repr(after[name]) for name in before} == before

    @rule(window=Window)
    def undo_later(self, window: str) -> None:
        """As an onlooker would say: not twice, not too late, not when anybody has touched its tickets since."""
        expected = None
        if window not in self.last:
            expected = "nothing_to_undo"
        else:
            _, at, numbers, clerk, _ = self.steps[self.last[window]]
            since = self.steps[self.last[window] + 1 :]
            now = self.counter.state.window_of_clerk(clerk)
            if self.counter.at - at > 1:
                expected = "undo_too_late"
            elif any(numbers & touched for *_, touched, _, undone in since if not undone) or now not in ("", window):
                expected = "acted_on"
        if expected:
            assert self.counter.refusal(c.UndoStep, window=window) == expected
        else:
            self.undo(window)

    @invariant()
    def one_step_of_each_window_is_kept(self) -> None:
        assert set(self.counter.state.steps) == set(self.last)

    @invariant()
    def everybody_is_in_one_place(self) -> None:
        state = self.counter.state
        stands = [place[-1] for lane in state.lanes.values() for place in lane]
        stands += [place[-1] for lists in (state.for_window, state.returning) for it in lists.values() for place in it]
        by_state = {number: ticket.state for number, ticket in state.tickets.items()}

        def those(*states: str) -> list[str]:
            return sorted(number for number, it in by_state.items() if it in states)

        assert sorted(stands) == those("waiting")
        assert sorted(state.missed) == those("missed")
        assert sorted(n for now in state.windows.values() for n in now.held) == those("held")
        assert sorted(now.ticket for now in state.windows.values() if now.ticket) == those(
            "called", "arrived", "serving"
        )
        assert all(now.state in ("calling", "serving") for now in state.windows.values() if now.ticket)
        clerks = [now.clerk for now in state.windows.values() if now.clerk]
        assert len(clerks) == len(set(clerks)), "a clerk is at one window"

    @invariant()
    def what_was_undone_is_told_on_no_screen(self) -> None:
        state = self.counter.state
        undone = {call for event in self.counter.events if isinstance(event, ev.StepUndone) for call in event.calls}
        assert not undone & {call["call"] for call in state.recent}
        for number in state.calling.values():
            lines = state.tickets[number].history
            assert any(line["what"] == "called" and "undone" not in line for line in lines), "called last, and undone"
        assert state.calls == sum(isinstance(e, ev.TicketCalled | ev.TicketRecalled) for e in self.counter.events)

    @invariant()
    def counts_are_never_below_nothing(self) -> None:
        state = self.counter.state
        assert all(count >= 0 for count in (*state.queue_calls.values(), *state.runs.values()))
        assert all(count >= 0 for block in state.blocks.values() for count in block.values())

    def teardown(self) -> None:
        """Told again through JSON, as the journal keeps them, the events give the same picture."""
        again = replay(map(through_json, self.counter.events), HallState(self.counter.plan))
        assert repr(again.picture()) == repr(self.counter.state.picture())


def test_a_step_and_its_undo_leave_the_hall_as_it_was(counter_with: Callable[..., Any]) -> None:
    """For every press, in any history, with a rule that counts and visitors who come back."""
    machine = type("BoundHalls", (Halls,), {"counter_with": staticmethod(counter_with)})
    # not shrunk: on a busy machine that takes minutes, and the steps as they came are told either way
    phases = (Phase.reuse, Phase.generate)
    run_state_machine_as_test(machine, settings=settings(max_examples=100, stateful_step_count=40, phases=phases))
