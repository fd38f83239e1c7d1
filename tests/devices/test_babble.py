"""A device that does not stop talking, and two that have one address: the others work, and the log says it once."""

import threading
import time
from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs

from caller.virtual_keypad import VirtualKeypad
from devices import babble, ff68
from devices.answers import MOST, Answers
from devices.babble import FASTER, LONG_S, LOOK_S, SHARE, Babble
from devices.driver import Job
from displays.bars.a090_bar import VirtualA090

from .tcp_wire import TcpWire, far_end

PRESS = ff68.encode(ff68.Frame(1, ff68.KEY, b"\x0c"))
KEYPAD = {"id": "keypad-1", "kind": "keypad", "driver": "ff68-keypad", "line": "l1", "address": 1}
BAR = {"id": "bar-1", "kind": "bar", "driver": "a090", "line": "l1", "address": 1}


@given(st.integers(1200, 115200), st.lists(st.floats(0.001, 1.0), min_size=1, max_size=50))
def test_a_line_that_leaves_half_its_time_to_others_does_not_babble(speed, times):
    wire, now = Babble(speed), 0.0
    for seconds in times:
        now += seconds
        wire.heard(int(seconds * speed / 10 * SHARE), now)
        assert not wire.goes_on


@given(st.integers(1200, 115200), st.floats(0.001, 0.5))
def test_a_line_that_is_never_quiet_is_told_once_and_once_when_it_is(speed, step):
    wire, now, told = Babble(speed), 0.0, []
    while now < 4 * LONG_S:
        now += step
        if wire.heard(-int(-step * speed // 10), now):
            told.append(wire.goes_on)
    assert told == [True]
    assert wire.piece <= max(1, FASTER * LOOK_S * speed / 10)
    assert wire.heard(0, now + LONG_S / SHARE + 0.01)
    assert not wire.goes_on


def test_the_same_answer_is_owed_once_and_never_more_than_can_be_waited_for(until):
    written, gate = [], threading.Event()

    def write(data, device):
        gate.wait(5)
        written.append(data)

    answers = Answers("l1", write)
    for n in range(10 * MOST):
        answers.owe(b"stuck", "keypad-1")
        answers.owe(bytes((n % 256, n // 256)), "keypad-2")
    answers.start()
    gate.set()
    until(lambda: len(written) == MOST)
    answers.stop()
    assert written.count(b"stuck") <= 1


def pouring(wire, data, enough):
    """A thread that says `data` as fast as it is taken, until `enough` is set."""

    def pour():
        while not enough.is_set():
            with suppress(OSError):
                wire._open.send(data)

    thread = threading.Thread(target=pour, daemon=True)
    thread.start()
    return thread


def test_a_keypad_that_never_stops_costs_little_and_its_neighbours_work(racks, ear, until, monkeypatch):
    """A stuck key, poured out by a serial server as fast as it is taken: one press, and the bar shows the newest."""
    monkeypatch.setattr(babble, "LONG_S", 0.3)
    bar, speed = far_end(VirtualA090), 460800
    bar.powered = False  # it hears; what it would say is behind all that the keypad says
    wire, enough = TcpWire(bar), threading.Event()
    try:
        with capture_logs() as logs:
            silent = {**BAR, "options": {"answers": False}}
            rack = racks(
                [{"id": "l1", "port": wire.port, "speed": speed}], [{**KEYPAD, "options": {"bounce_s": 60.0}}, silent]
            )
            line = rack.lines["l1"]
            until(lambda: line.up and wire._open)
            pourer = pouring(wire, PRESS, enough)
            until(lambda: line.babbles, 30)
            assert rack.health()["lines"][0]["state"] == "fault"
            before, began = line.tally.bytes["in"], time.monotonic()
            for n in range(3):
                rack.put(Job(f"j{n}", "bar-1", "show", {"text": f"A00{n}"}))
                until(lambda n=n: bar.text == f"A00{n}", 30)
            taken, seconds = line.tally.bytes["in"] - before, time.monotonic() - began
            assert taken <= FASTER * speed / 10 * seconds + 2 * Babble(speed).piece  # megabytes were there to be had
            enough.set()
            pourer.join()
            until(lambda: not line.babbles, 60)
        assert [event["key"] for _, event in ear.inputs] == ["next"]
        assert [e["event"] for e in logs if "line" in e] == ["line babbles", "line is quiet again"]
        assert rack.health()["lines"][0]["state"] == "ok"
    finally:
        enough.set()
        wire.close()


def test_two_devices_at_one_address_both_show_and_both_are_heard(racks, ear, until):
    """Somebody set two address switches alike: both obey and both answer, and nothing is confused by it."""
    wire = TcpWire(*(far_end(kind) for kind in (VirtualKeypad, VirtualKeypad, VirtualA090, VirtualA090)))
    try:
        rack = racks([{"id": "l1", "port": wire.port, "speed": 115200}], [KEYPAD, BAR])
        until(lambda: rack.lines["l1"].up and wire._open)
        one, two, *bars = wire.ends
        for n in range(3):
            rack.put(Job(f"j{n}", "bar-1", "show", {"text": f"A00{n}"}))
            until(lambda n=n: [bar.text for bar in bars] == [f"A00{n}"] * 2)
            until(lambda n=n: (f"j{n}", True, "") in ear.dones)
        one.press("next")
        two.press("recall")
        until(lambda: one.acknowledged == two.acknowledged == 1)
        assert sorted(event["key"] for _, event in ear.inputs) == ["next", "recall"]
    finally:
        wire.close()
