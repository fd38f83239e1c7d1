"""The wire breaks at each byte, either way, or takes none: nothing is lost, nothing called twice, all said once."""

from collections import defaultdict

import pytest
from structlog.testing import capture_logs

from caller.virtual_keypad import VirtualKeypad
from devices import ff68, ff68_press, opening
from devices.driver import Job
from displays.bars import a090
from displays.bars.a090_bar import VirtualA090

from .tcp_wire import TcpWire, far_end

PRESS = ff68.encode(ff68.Frame(1, ff68.KEY, b"\x0c"))
OLD, NEWER, NEWEST = "请A001到1号窗口", "请A002到1号窗口", "请A003到1号窗口"
TEXT = a090.encode(a090.show(1, OLD, "red"))
PATIENT = {"bounce_s": 60.0}
"""However slow this machine is, a keypad that says its frame again means the same press."""


@pytest.fixture
def tcp_wires(monkeypatch):
    """tcp_wires(n, kind) gives n wires with a far end of that kind at address 1 of each."""
    monkeypatch.setattr(ff68_press, "TRIES", 10_000)  # a keypad that says its frame until it is echoed
    made = []

    def make(number, kind):
        made.extend(TcpWire(far_end(kind)) for _ in range(number))
        return made

    yield make
    for wire in made:
        wire.close()


def lines(wires):
    return [{"id": f"l{n}", "port": wire.port, "speed": 115200} for n, wire in enumerate(wires)]


def keypads(wires):
    return [
        {"id": f"d{n}", "kind": "keypad", "driver": "ff68-keypad", "line": f"l{n}", "address": 1, "options": PATIENT}
        for n, _ in enumerate(wires)
    ]


def bars(wires, **options):
    return [
        {"id": f"d{n}", "kind": "bar", "driver": "a090", "line": f"l{n}", "address": 1, "options": options}
        for n, _ in enumerate(wires)
    ]


def said(logs):
    """What the log says of each line."""
    by_line = defaultdict(list)
    for entry in logs:
        if "line" in entry:
            by_line[entry["line"]].append(entry["event"])
    return by_line


ONCE = ["line is lost", "line is back"]


def test_a_press_cut_off_at_any_byte_is_one_press(racks, ear, until, tcp_wires):
    """Keypad → hub: the keypad says it again when the wire is back; what was heard before is no second press."""
    wires = tcp_wires(len(PRESS) + 1, VirtualKeypad)
    with capture_logs() as logs:
        rack = racks(lines(wires), keypads(wires))
        until(lambda: all(line.up for line in rack.lines.values()))
        for n, wire in enumerate(wires):
            wire.says = n
            wire.ends[0].press("next")
        until(lambda: all(wire.breaks for wire in wires))
        until(lambda: all(wire.ends[0].acknowledged for wire in wires), 20)
    assert sorted(device for device, _ in ear.inputs) == sorted(f"d{n}" for n in range(len(wires)))
    assert said(logs) == {f"l{n}": ONCE for n in range(len(wires))}


def test_an_echo_cut_off_at_any_byte_is_given_again_for_the_same_press(racks, ear, until, tcp_wires):
    """Hub → keypad: the press was heard, its echo broke off; what the keypad says again is not called twice."""
    wires = tcp_wires(len(PRESS) - 1, VirtualKeypad)
    with capture_logs() as logs:
        rack = racks(lines(wires), keypads(wires))
        until(lambda: all(line.up for line in rack.lines.values()))
        for n, wire in enumerate(wires):
            wire.hears = n + 1
            wire.ends[0].press("next")
        until(lambda: all(wire.breaks for wire in wires))
        until(lambda: all(wire.ends[0].acknowledged for wire in wires), 20)
    assert sorted(device for device, _ in ear.inputs) == sorted(f"d{n}" for n in range(len(wires)))
    assert said(logs) == {f"l{n}": ONCE for n in range(len(wires))}


def test_after_a_text_cut_off_at_any_byte_the_bar_shows_the_newest(racks, ear, until, tcp_wires):
    """Hub → bar: texts that came while the wire was broken displace each other, and the last one stands there."""
    wires = tcp_wires(len(TEXT), VirtualA090)
    with capture_logs() as logs:
        rack = racks(lines(wires), bars(wires, answer_s=0.2, tries=1))
        until(lambda: all(line.up for line in rack.lines.values()))
        for n, wire in enumerate(wires):
            wire.hears = n + 1
            rack.put(Job(f"old-{n}", f"d{n}", "show", {"text": OLD}))
        until(lambda: all(wire.breaks for wire in wires))
        for n, _ in enumerate(wires):
            rack.put(Job(f"newer-{n}", f"d{n}", "show", {"text": NEWER}))
            rack.put(Job(f"newest-{n}", f"d{n}", "show", {"text": NEWEST}))
        until(lambda: all(wire.ends[0].text == NEWEST for wire in wires), 20)
        until(lambda: {(f"newest-{n}", True, "") for n, _ in enumerate(wires)} <= set(ear.dones), 20)
    for wire in wires:
        assert wire.ends[0].history[-1] == NEWEST
    assert said(logs) == {f"l{n}": ONCE for n in range(len(wires))}


def test_an_answer_cut_off_at_any_byte_leaves_the_text_on_the_bar(racks, ear, until, tcp_wires):
    """Bar → hub: the text is shown again when the wire is back, and the job is done once."""
    answer = a090.encode(a090.Ack(1, TEXT[5]))
    wires = tcp_wires(len(answer), VirtualA090)
    with capture_logs() as logs:
        rack = racks(lines(wires), bars(wires, answer_s=0.2, tries=1))
        until(lambda: all(line.up for line in rack.lines.values()))
        for n, wire in enumerate(wires):
            wire.says = n
            rack.put(Job(f"j{n}", f"d{n}", "show", {"text": OLD}))
        until(lambda: all(wire.breaks for wire in wires))
        until(lambda: all((f"j{n}", True, "") in ear.dones for n, _ in enumerate(wires)), 20)
        until(lambda: all(wire.ends[0].text == OLD for wire in wires))
    assert all(ear.dones.count((f"j{n}", True, "")) == 1 for n, _ in enumerate(wires))
    assert said(logs) == {f"l{n}": ONCE for n in range(len(wires))}


def test_a_server_that_takes_no_bytes_is_lost_and_the_newest_text_stands_when_it_does(
    racks, ear, until, tcp_wires, monkeypatch
):
    """Stuck write: what the system keeps for it is little, so it is noticed, and the line comes back by itself."""
    monkeypatch.setattr(opening, "WRITE_S", 0.2)
    (wire,) = tcp_wires(1, VirtualA090)
    wire.stuck = True
    with capture_logs() as logs:
        rack = racks([{"id": "l0", "port": wire.port, "speed": 10_000_000}], bars([wire], answers=False))
        until(lambda: rack.lines["l0"].up)
        number = 0
        while rack.lines["l0"].up:
            number += 1
            rack.put(Job(f"j{number}", "d0", "show", {"text": f"{number:030}"}))
            until(lambda number=number: any(done[0] == f"j{number}" for done in ear.dones))
            assert number < 2000, "two thousand texts were written and none was taken"
        wire.cut()
        wire.stuck = False
        rack.put(Job("newest", "d0", "show", {"text": NEWEST}))
        until(lambda: wire.ends[0].text == NEWEST, 20)
    assert said(logs)["l0"] == ONCE
