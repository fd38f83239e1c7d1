"""The hall against a model of plain lists, whatever is pressed: who waits in which order, who is where, what is no."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from hall import commands as c
from hall.decide import decide
from hall.errors import Refused
from hall.evolve import evolve, replay
from hall.state import HallState

from .as_kept import through_json
from .model import WINDOWS, Model

Window = st.sampled_from(WINDOWS)
Queue = st.sampled_from("ab")


class Hall(RuleBasedStateMachine):
    """Each rule says what must come of it, by the model: a code with which it is refused, or None."""

    counter_with: ClassVar[Callable[..., Any]]
    picture_of: ClassVar[Callable[[HallState], str]]

    def __init__(self) -> None:
        super().__init__()
        self.counter = type(self).counter_with(recalls_before_no_show=1)
        self.model = Model({w.id: w.queues for w in self.counter.plan.windows})
        self.stood: dict[str, tuple[int, int]] = {}
        self.order = 0

    def stand(self, number: str) -> tuple[int, int]:
        self.order += 1
        self.stood[number] = (int(self.counter.at), self.order)
        return self.stood[number]

    def press(self, expected: str | None, command: type[c.Command], **words: Any) -> None:
        before = type(self).picture_of(self.counter.state)
        made = command(at=self.counter.now, actor="test", **words)
        try:
            events = decide(made, self.counter.state)
        except Refused as refused:
            assert refused.code == expected
            assert type(self).picture_of(self.counter.state) == before, "a refusal changed the state"
            return
        assert expected is None, f"{made} should be refused: {expected}"
        assert type(self).picture_of(self.counter.state) == before, "decide changed the state"
        assert decide(made, self.counter.state) == events, "decided twice, decided otherwise"
        for event in events:
            evolve(event, self.counter.state)
        self.counter.events += events

    def not_working(self, window: str) -> str | None:
        doing = self.model.doing[window]
        return f"window_{doing}" if doing in ("closed", "paused") else None

    @rule(minutes=st.integers(1, 3))
    def time_passes(self, minutes: int) -> None:
        self.counter.at += minutes

    @rule(queue=Queue, klass=st.sampled_from(("normal", "care")))
    def take(self, queue: str, klass: str) -> None:
        m = self.model
        m.taken[queue] += 1
        number = f"{queue.upper()}{m.taken[queue]:03d}"
        m.waiting.append([number, queue, "", self.stand(number)])
        m.queue[number] = queue
        self.press(None, c.TakeTicket, service=f"s{queue}", token=number, klass=klass)
        assert number in self.counter.state.tickets

    @rule(window=Window, clerk=st.sampled_from(("", "", "", "0001", "0002", "0003")), confirm=st.booleans())
    def open(self, window: str, clerk: str, confirm: bool) -> None:
        m = self.model
        works, there = self.not_working(window) is None, m.clerk[window]
        who = clerk or there or self.counter.plan.window[window].clerk
        elsewhere = next((w for w in WINDOWS if w != window and who and m.clerk[w] == who), "")
        no = "other_clerk" if works and there and not confirm else "clerk_elsewhere"
        no = None if confirm or not ((works and there) or elsewhere) else no
        no = "window_open" if works and who == there else no
        self.press(no, c.OpenWindow, window=window, clerk=clerk, confirm=confirm)
        if no is None:
            if elsewhere:
                m.move(elsewhere, window)
            m.clerk[window] = who
            m.doing[window] = m.doing[window] if works else "open"

    @rule(window=Window)
    def next(self, window: str) -> None:
        line = self.model.line(window)
        no = self.not_working(window) or (None if line else "nobody_waiting")
        self.press(no, c.CallNext, window=window)
        if no is None:
            self.model.call(window, line[0], int(self.counter.at))

    @rule(window=Window, data=st.data())
    def call_by_number(self, window: str, data: st.DataObject) -> None:
        m = self.model
        number = data.draw(st.sampled_from(sorted(m.queue) or ["A001"]))
        callable_ = number in m.missed or any(it[0] == number for it in m.waiting)
        unknown = "unknown_ticket" if number not in m.queue else "not_waiting"
        no = self.not_working(window) or (None if callable_ else unknown)
        self.press(no, c.CallNumber, window=window, number=number)
        if no is None:
            m.call(window, number, int(self.counter.at))

    @rule(window=Window)
    def recall(self, window: str) -> None:
        m = self.model
        number = m.at.get(window, "")
        no = m.not_called(window)
        if no is None and m.again[number] > self.counter.plan.recall_limit:
            no = "recall_limit"
        elif no is None and m.last_call[number] == self.counter.at:
            no = "recall_too_soon"
        self.press(no, c.Recall, window=window)
        if no is None:
            m.again[number] += 1
            m.last_call[number] = int(self.counter.at)
            m.calls += 1

    @rule(window=Window)
    def arrive(self, window: str) -> None:
        m = self.model
        number = m.at.get(window, "")
        no = "no_ticket" if not number else "already_arrived" if number in m.arrived else None
        no = "already_serving" if number and m.doing[window] == "serving" else no
        self.press(no, c.Arrive, window=window)
        if no is None:
            m.arrived.add(number)

    @rule(data=st.data())
    def abandon(self, data: st.DataObject) -> None:
        m = self.model
        number = data.draw(st.sampled_from(sorted(m.queue) or ["A001"]))
        window = next((w for w, at in m.at.items() if at == number), "")
        over = number in m.finished | m.abandoned or m.doing.get(window) == "serving"
        no = "unknown_ticket" if number not in m.queue else "cannot_abandon" if over else None
        self.press(no, c.AbandonTicket, number=number)
        if no is None:
            if window:
                m.leave(window)
            m.waiting = [it for it in m.waiting if it[0] != number]
            m.held = [it for it in m.held if it[0] != number]
            m.missed.discard(number)
            m.abandoned.add(number)

    @rule(window=Window)
    def start(self, window: str) -> None:
        m = self.model
        no = "no_ticket" if window not in m.at else "already_serving" if m.doing[window] == "serving" else None
        self.press(no, c.StartService, window=window)
        if no is None:
            m.doing[window] = "serving"
            m.arrived.discard(m.at[window])

    @rule(window=Window)
    def finish(self, window: str) -> None:
        m = self.model
        self.press(None if window in m.at else "no_ticket", c.FinishService, window=window)
        if window in m.at:
            m.finished.add(m.leave(window))
            m.doing[window] = "rating"

    @rule(window=Window)
    def no_show(self, window: str) -> None:
        m = self.model
        no = m.not_called(window)
        again = self.counter.plan.recalls_before_no_show + 1
        if no is None and m.again[m.at[window]] < again:
            no = "recalls_first"
        self.press(no, c.MarkNoShow, window=window)
        if no is None:
            m.missed.add(m.leave(window))

    @rule(window=Window)
    def hold(self, window: str) -> None:
        m = self.model
        self.press(None if window in m.at else "no_ticket", c.HoldTicket, window=window)
        if window in m.at:
            m.held.append((m.leave(window), window))

    @rule(window=Window, data=st.data())
    def resume(self, window: str, data: st.DataObject) -> None:
        m = self.model
        number = data.draw(st.sampled_from(["", *(held for held, _ in m.held)]))
        meant = number or next((held for held, by in reversed(m.held) if by == window), "")
        no = self.not_working(window) or ("busy" if window in m.at else None) or (None if meant else "no_ticket")
        self.press(no, c.ResumeTicket, window=window, number=number)
        if no is None:
            m.held = [it for it in m.held if it[0] != meant]
            m.at[window], m.doing[window] = meant, "serving"

    @rule(window=Window, queue=Queue, place=st.sampled_from(("front", "end")))
    def transfer(self, window: str, queue: str, place: str) -> None:
        m = self.model
        self.press(None if window in m.at else "no_ticket", c.TransferTicket, window=window, queue=queue, place=place)
        if window in m.at:
            number = m.leave(window)
            m.queue[number] = queue
            m.waiting.append([number, queue, "", self.stood[number] if place == "front" else self.stand(number)])

    @rule(window=Window, to=Window)
    def send(self, window: str, to: str) -> None:
        m = self.model
        no = "no_ticket" if window not in m.at else "same_window" if to == window else None
        self.press(no, c.TransferTicket, window=window, to_window=to)
        if no is None:
            number = m.leave(window)
            m.waiting.append([number, m.queue[number], to, self.stand(number)])

    @rule(window=Window)
    def pause(self, window: str) -> None:
        m = self.model
        no = self.not_working(window) or ("busy" if window in m.at else None)
        self.press(no, c.PauseWindow, window=window, reason="午餐")
        if no is None:
            m.doing[window] = "paused"

    @rule(window=Window, confirm=st.booleans())
    def close(self, window: str, confirm: bool) -> None:
        m = self.model
        no = "window_closed" if m.doing[window] == "closed" else "busy" if window in m.at else None
        if no is None and not confirm and m.left_by(window):
            no = "visitors_left"
        self.press(no, c.CloseWindow, window=window, confirm=confirm)
        if no is None:
            m.doing[window], m.clerk[window] = "closed", ""

    @invariant()
    def the_same_people_wait_in_the_same_order(self) -> None:
        state, m = self.counter.state, self.model
        for queue in "ab":
            mine = sorted((it for it in m.waiting if it[1] == queue and not it[2]), key=m.stood)
            lanes = sorted(place for lane in state.lanes_of.get(queue, ()) for place in lane)
            assert [number for *_, number in lanes] == [it[0] for it in mine]
            assert state.waiting(queue) == len(mine)
            for ahead, it in enumerate(mine):
                assert state.ahead(state.tickets[it[0]]) == ahead
        for window in WINDOWS:
            own = sorted((it for it in m.waiting if it[2] == window), key=m.stood)
            assert [number for *_, number in state.for_window.get(window, ())] == [it[0] for it in own]

    @invariant()
    def the_same_people_are_at_the_same_windows(self) -> None:
        state, m = self.counter.state, self.model
        assert {w: now.ticket for w, now in state.windows.items() if now.ticket} == m.at
        assert {w: now.state for w, now in state.windows.items()} == m.doing
        assert {w: now.clerk for w, now in state.windows.items()} == m.clerk
        idle = {w for w in WINDOWS if m.doing[w] in ("open", "rating") and w not in m.at}
        assert {w for w, now in state.windows.items() if now.idle_since} == idle
        assert {(number, w) for w, now in state.windows.items() for number in now.held} == set(m.held)
        assert (set(state.missed), state.calls) == (m.missed, m.calls)
        arrived = {number for number, ticket in state.tickets.items() if ticket.state == "arrived"}
        assert arrived == {number for w, number in m.at.items() if number in m.arrived and m.doing[w] == "calling"}

    @invariant()
    def a_window_serves_one_and_nobody_is_served_at_two(self) -> None:
        """Others are held: whoever is called, at the window or served is at exactly one, and it at them."""
        tickets, windows = self.counter.state.tickets, self.counter.state.windows
        there = sorted((t.window, n) for n, t in tickets.items() if t.state in ("called", "arrived", "serving"))
        assert there == sorted((w, now.ticket) for w, now in windows.items() if now.ticket)
        assert len({w for w, _ in there}) == len(there)

    @invariant()
    def everybody_is_in_one_place(self) -> None:
        m = self.model
        places = [*(it[0] for it in m.waiting), *m.at.values(), *(it[0] for it in m.held), *m.missed, *m.finished]
        places += m.abandoned
        assert sorted(places) == sorted(self.counter.state.tickets), "lost, or in two places at once"

    def teardown(self) -> None:
        """Told again from the beginning, through JSON as the journal keeps them, the events give the same picture."""
        again = replay(map(through_json, self.counter.events), HallState(self.counter.plan))
        assert type(self).picture_of(again) == type(self).picture_of(self.counter.state)


def test_the_hall_does_what_the_model_does(
    counter_with: Callable[..., Any], picture: Callable[[HallState], str]
) -> None:
    """Whatever is pressed in whatever order."""
    bound = type(
        "BoundHall", (Hall,), {"counter_with": staticmethod(counter_with), "picture_of": staticmethod(picture)}
    )
    run_state_machine_as_test(bound, settings=settings(max_examples=60, stateful_step_count=40, deadline=None))
