"""Whose turn it is on a line: frames do not run into each other, answers go first, a babbler cannot hold the line."""

import threading

from hypothesis import given
from hypothesis import strategies as st

from devices.turns import BABBLE_S, GAP_S, Turns


class Clock:
    """A clock that a waiting thread moves on: nobody really waits."""

    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


def turns_on(clock, speed=9600):
    turns = Turns(speed, clock)
    turns._gate.wait = lambda pause: setattr(clock, "now", clock.now + pause)
    return turns


@given(st.lists(st.tuples(st.integers(1, 60), st.floats(0, 0.2), st.floats(0, 0.3)), min_size=1, max_size=20))
def test_no_frame_begins_before_the_one_before_it_has_left_and_rested(frames):
    clock = Clock()
    turns, free_at = turns_on(clock), 0.0
    for size, rest, pause in frames:
        clock.now += pause
        with turns.taken(b"x" * size, rest):
            assert clock.now >= free_at - 1e-9
        free_at = clock.now + size * 10 / 9600 + GAP_S + rest


@given(st.integers(1, 60), st.floats(0.01, 0.2))
def test_an_answer_waits_for_the_frame_but_not_for_its_rest(size, rest):
    clock = Clock()
    turns = turns_on(clock)
    with turns.taken(b"x" * size, rest):
        began = clock.now
    with turns.taken(b"y", answer=True):
        assert clock.now - began <= size * 10 / 9600 + GAP_S + 1e-9


def test_a_device_that_never_stops_talking_is_waited_for_only_so_long():
    clock = Clock()
    turns = turns_on(clock)

    def babble(pause):
        clock.now += min(pause, 0.001)
        turns.heard(clock.now)

    turns._gate.wait = babble
    with turns.taken(b"x"):
        assert clock.now - 100.0 <= BABBLE_S + 0.01


def test_whoever_waits_is_let_go_when_the_line_ends():
    turns = Turns(9600, lambda: 0.0)
    with turns.taken(b"x" * 1000):
        pass
    waiting = threading.Thread(target=lambda: turns.taken(b"y").__enter__())
    waiting.start()
    turns.end()
    waiting.join(5)
    assert not waiting.is_alive()
