"""Who is heard: a clock that only the test moves, calls as clerks make them, and what the hall hears."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from displays.voice import arbiter as rules
from displays.voice.arbiter import Arbiter

HALL = "hall"
unhurried = settings(deadline=None)  # a busy machine is no bug


@pytest.fixture
def arbiter():
    return Arbiter()


def call(arbiter, id, number, now, *, area=HALL, window="3", seconds=3.0):  # noqa: A002
    """A call whose sound is there at once."""
    made = arbiter.call(area, id, number, window, now)
    arbiter.ready(id, f"/voice/{id}.wav", seconds, f"请{number}号到{window}号窗口")
    return made


def heard(arbiter, now, area=HALL):
    it = arbiter.current(area, now)
    return it.number if it else None


def test_a_call_is_heard_as_soon_as_its_sound_is_there(arbiter):
    arbiter.call(HALL, 1, "A001", "3", 0.0)
    assert arbiter.current(HALL, 0.1) is None
    assert arbiter.ready(1, "/voice/ab12.wav", 3.2, "请A零零一号到三号窗口")
    it = arbiter.current(HALL, 0.2)
    assert (it.id, it.call, it.number, it.window, it.url) == (1, 1, "A001", "3", "/voice/ab12.wav")
    assert (it.text, it.seconds, it.times, it.started_at) == ("请A零零一号到三号窗口", 3.2, 2, 0.2)


def test_a_second_call_waits_for_the_receipt_of_the_first_and_a_breath(arbiter):
    call(arbiter, 1, "A001", 0.0)
    call(arbiter, 2, "A002", 0.1)
    assert heard(arbiter, 0.1) == "A001"
    assert heard(arbiter, 6.0) == "A001"
    assert arbiter.spoken(HALL, 1, 6.5)
    assert heard(arbiter, 6.6) is None
    assert heard(arbiter, 6.5 + rules.GAP_S) == "A002"
    assert [(o.announcement.number, o.how) for o in arbiter.outcomes()] == [("A001", "spoken")]


def test_without_a_receipt_it_is_over_by_the_clock(arbiter):
    call(arbiter, 1, "A001", 0.0)
    call(arbiter, 2, "A002", 0.0)
    heard(arbiter, 0.0)
    over = 2 * 3.0 + rules.MARGIN_S
    assert arbiter.next_change(0.0) == over
    assert heard(arbiter, over - 0.01) == "A001"
    assert heard(arbiter, over + rules.GAP_S) == "A002"
    assert [o.how for o in arbiter.outcomes()] == ["assumed"]


def test_a_receipt_that_comes_too_early_does_not_cut_the_sound_off(arbiter):
    """Anybody may watch a panel; and of two panels one may be ahead."""
    call(arbiter, 1, "A001", 0.0)
    call(arbiter, 2, "A002", 0.0)
    heard(arbiter, 0.0)
    arbiter.spoken(HALL, 1, 0.5)
    assert heard(arbiter, 5.9) == "A001"
    assert heard(arbiter, 6.0 + rules.GAP_S) == "A002"


def test_a_receipt_for_another_announcement_or_area_is_none(arbiter):
    call(arbiter, 1, "A001", 0.0)
    heard(arbiter, 0.0)
    assert not arbiter.spoken(HALL, 2, 7.0)
    assert not arbiter.spoken("elsewhere", 1, 7.0)
    assert heard(arbiter, 7.0) == "A001"


def test_areas_do_not_wait_for_each_other(arbiter):
    call(arbiter, 1, "A001", 0.0, area="1F")
    call(arbiter, 2, "B001", 0.0, area="2F")
    assert (heard(arbiter, 0.0, "1F"), heard(arbiter, 0.0, "2F")) == ("A001", "B001")


def test_a_sound_that_does_not_come_holds_nobody_up_for_long(arbiter):
    arbiter.call(HALL, 1, "A001", "3", 0.0)
    call(arbiter, 2, "A002", 0.5)
    assert heard(arbiter, 1.0) is None
    assert arbiter.next_change(1.0) == rules.READY_S
    assert heard(arbiter, rules.READY_S) == "A002"
    (outcome,) = arbiter.outcomes()
    assert (outcome.announcement.number, outcome.how, outcome.heard) == ("A001", "not_ready", False)
    assert outcome.reason == "5 秒内没有得到语音"
    assert not arbiter.ready(1, "/voice/late.wav", 3.0, "")


@unhurried
@given(st.floats(0, 1e9))
def test_at_the_moment_it_names_the_line_moves_on(called_at):
    """A difference of floats may fall short of the sum it came from: the hub would ask again and again."""
    arbiter = Arbiter()
    arbiter.call(HALL, 1, "A001", "3", called_at)
    arbiter.current(HALL, arbiter.next_change(called_at))
    assert arbiter.waiting(HALL) == ()


def test_a_sound_that_cannot_be_made_is_skipped_at_once(arbiter):
    arbiter.call(HALL, 1, "A001", "3", 0.0)
    call(arbiter, 2, "A002", 0.0)
    arbiter.failed(1, "语音设备未接通")
    assert heard(arbiter, 0.1) == "A002"
    assert [(o.how, o.reason) for o in arbiter.outcomes()] == [("failed", "语音设备未接通")]


def test_a_ticket_already_served_is_not_called_any_more(arbiter):
    call(arbiter, 1, "A001", 0.0)
    call(arbiter, 2, "A002", 0.0)
    call(arbiter, 3, "A003", 0.0)
    heard(arbiter, 0.0)
    arbiter.drop("A002")
    arbiter.spoken(HALL, 1, 6.0)
    assert heard(arbiter, 7.0) == "A003"


def test_one_that_has_begun_is_heard_to_its_end_although_its_ticket_is_served(arbiter):
    call(arbiter, 1, "A001", 0.0)
    heard(arbiter, 0.0)
    arbiter.drop("A001")
    assert heard(arbiter, 5.0) == "A001"


def test_a_recall_takes_the_place_of_a_call_that_still_waits_wherever_it_waits(arbiter):
    call(arbiter, 1, "A001", 0.0)
    call(arbiter, 2, "A002", 0.0)
    heard(arbiter, 0.0)
    call(arbiter, 3, "A002", 1.0, area="2F", window="9")
    assert arbiter.waiting(HALL) == ()
    assert heard(arbiter, 1.0, "2F") == "A002"
    assert [o.how for o in arbiter.outcomes()] == ["superseded"]


def test_a_call_told_twice_is_one(arbiter):
    assert call(arbiter, 1, "A001", 0.0)
    assert arbiter.call(HALL, 1, "A001", "3", 0.1) is None
    assert len(arbiter.waiting(HALL)) == 1


def test_when_many_wait_each_is_said_once(arbiter):
    for n in range(1, 6):
        call(arbiter, n, f"A00{n}", 0.0)
    times, now = [], 0.0
    while it := arbiter.current(HALL, now):
        times.append(it.times)
        now += it.seconds * it.times
        arbiter.spoken(HALL, it.id, now)
        now += rules.GAP_S
    assert times == [1, 1, 1, 2, 2]


def test_a_call_that_waited_too_long_is_left_to_the_screens(arbiter):
    call(arbiter, 1, "A001", 0.0)
    assert heard(arbiter, rules.LAG_S + 1) is None
    assert [o.how for o in arbiter.outcomes()] == ["late"]


def test_a_full_line_lets_the_oldest_go(arbiter):
    for n in range(rules.WAITING + 1):
        call(arbiter, n, f"A{n:03}", 0.0)
    assert [it.number for it in arbiter.waiting(HALL)] == [f"A{n:03}" for n in range(1, rules.WAITING + 1)]
    assert [(o.announcement.number, o.how) for o in arbiter.outcomes()] == [("A000", "full")]


def test_a_silent_area_says_nothing():
    arbiter = Arbiter(times_of={"quiet": 0})
    assert arbiter.call("quiet", 1, "A001", "3", 0.0) is None
    assert arbiter.next_change(0.0) is None


class Hall(RuleBasedStateMachine):
    """Clerks, agents, panels and the clock in any order; `playing` is what a visitor in the area hears."""

    @initialize()
    def open(self):
        self.arbiter = Arbiter()
        self.now = 0.0
        self.calls = 0
        self.called_at = {}
        self.served = set()
        self.started = {"1F": [], "2F": []}
        self.ends = {"1F": 0.0, "2F": 0.0}
        self.ended = []

    @rule(area=st.sampled_from(["1F", "2F"]), ticket=st.integers(1, 6), ready=st.booleans())
    def call(self, area, ticket, ready):
        self.calls += 1
        self.called_at[self.calls] = self.now
        self.served.discard(f"A{ticket}")
        self.arbiter.call(area, self.calls, f"A{ticket}", "3", self.now)
        if ready:
            self.arbiter.ready(self.calls, "/voice/x.wav", 3.0, "")

    @rule(back=st.integers(0, 5))
    def ready(self, back):
        self.arbiter.ready(self.calls - back, "/voice/x.wav", 3.0, "")

    @rule(ticket=st.integers(1, 6))
    def serve(self, ticket):
        self.arbiter.drop(f"A{ticket}")
        self.served.add(f"A{ticket}")

    @rule(area=st.sampled_from(["1F", "2F"]), back=st.integers(0, 4))
    def receipt(self, area, back):
        self.arbiter.spoken(area, self.calls - back, self.now)

    @rule(s=st.sampled_from([0.1, 0.6, 1.0, 3.0, 7.0, 30.0]))
    def wait(self, s):
        self.now += s

    @rule()
    def wait_for_the_next_change(self):
        at = self.arbiter.next_change(self.now)
        if at is not None:
            assert at >= self.now
            self.now = at

    @invariant()
    def one_voice_in_order_and_never_stale(self):
        for area, started in self.started.items():
            it = self.arbiter.current(area, self.now)
            if it and (not started or started[-1] != it.id):
                assert self.now >= self.ends[area], "two voices at once"
                assert not started or it.id > started[-1], "out of order"
                assert it.number not in self.served, "a ticket already served was called"
                assert self.now - self.called_at[it.id] <= rules.LAG_S, "too late"
                assert it.url
                assert it.times >= 1
                started.append(it.id)
                self.ends[area] = self.now + it.seconds * it.times
            if not it and started:
                assert self.now >= self.ends[area], "cut off"
            assert len(self.arbiter.waiting(area)) <= rules.WAITING
        self.ended += self.arbiter.outcomes()

    @invariant()
    def each_call_ends_once_or_is_still_there(self):
        going = [it.id for area in self.started if (it := self.arbiter.current(area, self.now))]
        going += [it.id for area in self.started for it in self.arbiter.waiting(area)]
        self.ended += self.arbiter.outcomes()
        assert sorted([o.announcement.id for o in self.ended] + going) == list(range(1, self.calls + 1))

    def teardown(self):
        """Whatever happened, the line empties by itself: nothing stalls it."""
        for _ in range(200):
            at = self.arbiter.next_change(self.now)
            if at is None:
                break
            self.now = at
            for area in self.started:
                self.arbiter.current(area, self.now)
        assert all(not self.arbiter.waiting(area) for area in self.started)


TestHall = Hall.TestCase
TestHall.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
