"""A line's worker on a clock of its own: whatever the dead do, the living are told in time and asked alike."""

import random

from hypothesis import example, given, settings
from hypothesis import strategies as st

from devices.driver import DeviceSpec, Job, LineDriver
from devices.tray import URGENT_IN_A_ROW
from devices.worker import POLL_SHARE, Worker
from displays.bars.a090_bar import A090Bar

FRAME_S = 0.06
ANSWER_S = 0.02


class Clock:
    """Time goes on when somebody writes or waits, and only then."""

    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


class Sink:
    """What a driver tells is not looked at here."""

    def state(self, *args, **kwargs):
        pass


class Ledger:
    def begun(self, job):
        pass

    def done(self, *args):
        pass


class Wire:
    """A line that takes FRAME_S for whatever is written."""

    up = True

    def __init__(self, clock):
        self.clock = clock

    def write(self, data, rest_s=0.0):
        self.clock.now += FRAME_S


class Answer:
    """In place of the event that a bar's answer sets: the living answer in ANSWER_S, the dead never."""

    def __init__(self, clock, alive):
        self.clock, self.alive = clock, alive

    def wait(self, patience):
        if self.alive and patience >= ANSWER_S:
            self.clock.now += ANSWER_S
            return True
        self.clock.now += patience
        return False

    def clear(self):
        pass


class ToldBar(A090Bar):
    """An a090 bar that notes when it was told what."""

    def __init__(self, clock, number, alive):
        super().__init__(DeviceSpec(f"bar-{number}", "bar", "a090", address=number), Sink(), Wire(clock), clock)
        self._answered, self.told = Answer(clock, alive), {}

    def do(self, job):
        done = super().do(job)
        self.told.setdefault(job.id, self.clock())
        return done


class Asked(LineDriver):
    """A device that is asked; each question costs `cost_s` of its line."""

    def __init__(self, clock, number, cost_s):
        super().__init__(DeviceSpec(f"it-{number}", "reader", "none"), Sink(), Wire(clock), clock)
        self.cost_s, self.asked = cost_s, 0

    def do(self, job):
        return {}

    def poll(self):
        self.clock.now += self.cost_s
        self.asked += 1


def worker_of(clock, drivers):
    """A worker without a thread: where it would wait, the clock goes on, to `worker.until` at most."""
    worker = Worker("l1", drivers, Ledger(), clock=clock, chance=lambda: 0.5)
    take = worker._tray.take

    def take_or_wait(timeout_s):
        if (job := take(0)) is None:
            clock.now = min(clock.now + max(timeout_s, 0.0), max(worker.until, clock.now))
        return job

    worker._tray.take = take_or_wait
    worker.until = 0.0
    return worker


def run_until(worker, clock, end):
    worker.until = end
    while clock.now < end:
        worker._step()


@settings(deadline=None, max_examples=50)
@given(
    st.integers(1, 12),
    st.sets(st.integers(0, 11)),
    st.lists(st.tuples(st.floats(0, 0.3), st.integers(0, 11), st.booleans()), max_size=60),
)
@example(2, {0}, [(0, 0, True), (0, 1, True)])
@example(12, set(range(11)), [(0, n, True) for n in range(12)])
def test_every_living_bar_has_its_newest_text_in_time_whatever_the_dead_do(number, dead, script):
    """In time: a call when every bar had a turn and some texts between; a text when the calls went before it."""
    clock = Clock()
    bars = [ToldBar(clock, n, n not in dead) for n in range(number)]
    worker = worker_of(clock, bars)
    for n in range(number):  # once the dead are known
        worker.put(Job(f"first-{n}", f"bar-{n}", "show", {"text": "A000", "call": 1}))
    run_until(worker, clock, clock.now + number * 3 * (FRAME_S + 0.5) + 1)
    newest = {}
    for place, (pause, n, urgent) in enumerate(script):
        run_until(worker, clock, clock.now + pause)
        bar = n % number
        newest[bar] = (f"j{place}", clock.now, urgent)
        worker.put(Job(f"j{place}", f"bar-{bar}", "show", {"text": f"A{place:03}", "call": place + 1 if urgent else 0}))
    most = number * (URGENT_IN_A_ROW + 1) + 3
    run_until(worker, clock, clock.now + most * (FRAME_S + ANSWER_S) + 1)
    for bar, (job, put_at, urgent) in newest.items():
        turns = number * (1 + 1 / URGENT_IN_A_ROW) + 3 if urgent else most
        if bar not in dead:
            assert bars[bar].told[job] - put_at <= turns * (FRAME_S + ANSWER_S)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.floats(0.001, 0.2), min_size=1, max_size=12), st.randoms(use_true_random=False))
def test_all_that_are_asked_are_asked_alike_and_leave_the_line_to_others(costs, chance: random.Random):
    """Of questions that cost the same, none is asked more than once oftener; together they take their share."""
    cost = chance.choice(costs)
    clock = Clock()
    asked = [Asked(clock, n, cost) for n in range(len(costs))]
    worker = worker_of(clock, asked)
    began = clock.now
    run_until(worker, clock, began + 60)
    counts = [it.asked for it in asked]
    assert min(counts) > 0
    assert max(counts) - min(counts) <= 1
    assert sum(counts) * cost <= POLL_SHARE * (clock.now - began) + (len(asked) + 1) * cost


@settings(deadline=None, max_examples=30)
@given(st.lists(st.floats(0.001, 0.2), min_size=2, max_size=8))
def test_who_answers_slowly_is_asked_seldom_and_nobody_is_forgotten(costs):
    clock = Clock()
    asked = [Asked(clock, n, cost) for n, cost in enumerate(costs)]
    worker = worker_of(clock, asked)
    run_until(worker, clock, clock.now + 120)
    for one in asked:
        for other in asked:
            if one.cost_s < other.cost_s:
                assert one.asked >= other.asked - 1
    assert min(it.asked for it in asked) >= 120 / (len(costs) * max(costs) / POLL_SHARE + 1) / 2
