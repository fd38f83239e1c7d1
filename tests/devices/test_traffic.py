"""What went over a line, read again: whose frame, what it means, which bytes are bad; and captures in a file."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices import ff68
from devices.capture import Head, NoCapture, head_of, head_told, line_of, passed_of, read
from devices.driver import DeviceSpec, Job
from devices.tap import Taps
from devices.traffic import HALF_S, Passed, Reading

LOOSE_WIRE = Path(__file__).parent / "captures" / "loose_wire.jsonl"
SPECS = (
    DeviceSpec("keypad-7", "keypad", "ff68-keypad", address=7),
    DeviceSpec("bar-7", "bar", "a090", address=7),
)
NEXT = ff68.encode(ff68.Frame(7, ff68.KEY, b"\x0c"))
KEYPAD = {"id": "keypad-7", "kind": "keypad", "driver": "ff68-keypad", "line": "l1", "address": 7}
READER = {"id": "reader-1", "kind": "reader", "driver": "sdt-reader", "port": "virtual"}


def pieces_of(reading, passed):
    return [piece for it in passed for piece in reading.feed(it)] + reading.end()


def test_the_capture_of_a_site_with_a_loose_wire_reads_as_it_happened():
    """A press and its bar; a grade whose checksum a bad contact has broken, pressed again; a frame that broke off."""
    head, passing = read(LOOSE_WIRE.read_text(encoding="utf-8").splitlines())
    told = [(it.direction, it.good, it.device, it.means) for it in pieces_of(Reading(head.devices), passing)]
    assert told == [
        ("in", True, "keypad-7", "key next"),
        ("out", True, "keypad-7", "address=7 command=01 data=0c"),
        ("out", True, "keypad-7", "waiting=2 number=015"),
        ("out", True, "bar-7", "text=A015 colour=red"),
        ("in", True, "bar-7", "address=7 command=a5"),
        ("in", False, "", ""),
        ("in", False, "", ""),
        ("in", True, "pad-7", "grade satisfied"),
        ("out", True, "pad-7", "address=7 command=01 data=03"),
        ("in", False, "", ""),
    ]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.just(NEXT), st.binary(max_size=12)), max_size=6), st.data())
def test_no_byte_is_lost_and_frames_do_not_depend_on_how_reads_were_cut(parts, data):
    wire = b"".join(parts)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(wire)), max_size=8)))
    edges = [0, *cuts, len(wire)]
    chunks = [wire[a:b] for a, b in pairwise(edges) if a < b]
    cut = pieces_of(Reading(SPECS), [Passed(0.0, "in", chunk) for chunk in chunks])
    whole = pieces_of(Reading(SPECS), [Passed(0.0, "in", wire)] if wire else [])
    assert b"".join(piece.data for piece in cut) == wire
    assert [(it.data, it.good, it.device) for it in cut] == [(it.data, it.good, it.device) for it in whole]
    if set(parts) <= {NEXT, b""}:
        assert sum(it.good for it in cut) == parts.count(NEXT)


def test_the_beginning_of_a_frame_is_bad_once_nothing_follows():
    reading = Reading(SPECS)
    assert reading.feed(Passed(1.0, "in", NEXT[:4])) == []
    assert reading.silence(1.0 + HALF_S / 2) == []
    [half] = reading.silence(1.1 + HALF_S)
    assert (half.data, half.good) == (NEXT[:4], False)
    [whole] = reading.feed(Passed(9.0, "in", NEXT))
    assert (whole.good, whole.means) == (True, "key next")


def test_a_device_that_the_config_does_not_have_is_told_by_its_address():
    [piece] = Reading(SPECS).feed(Passed(0.0, "in", ff68.encode(ff68.Frame(9, ff68.KEY, b"\x0c"))))
    assert (piece.device, piece.means) == ("nobody at 9", "address=9 command=01 data=0c")
    [piece] = Reading((), ["ff68-keypad"]).feed(Passed(0.0, "in", NEXT))
    assert (piece.device, piece.means) == ("ff68-keypad@7", "key next")


@given(
    st.lists(
        st.builds(
            Passed,
            st.floats(0, 1e6, allow_nan=False).map(lambda t: round(t, 6)),
            st.sampled_from(["in", "out"]),
            st.binary(max_size=30),
            st.text(max_size=5),
        ),
        max_size=5,
    )
)
def test_what_was_recorded_is_read_again(passed):
    head = Head("l1", 9600, "2026-11-22T09:00:00+08:00", SPECS)
    lines = [json.dumps(head_told(head)), "", *(json.dumps(line_of(it)) for it in passed)]
    again, passing = read(lines)
    assert (again.line, [it.id for it in again.devices]) == ("l1", ["keypad-7", "bar-7"])
    assert list(passing) == passed
    assert head_of(head_told(again)) == again


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "line 1 is not the head"),
        ("no capture", "line 1 is not the head"),
        ('{"capture": 2, "line": "l1"}', "this program reads 1"),
        ("[]", "line 1 is not the head"),
    ],
)
def test_what_is_no_capture_is_told_with_its_line(text, told):
    with pytest.raises(NoCapture, match=told):
        read(text.splitlines())


@pytest.mark.parametrize(
    "line", ["{}", "x", '{"t": 1, "dir": "up", "hex": ""}', '{"t": 1, "dir": "in", "hex": "0"}', "7"]
)
def test_a_line_of_a_capture_that_is_none_is_told(line):
    _, passing = read([*LOOSE_WIRE.read_text(encoding="utf-8").splitlines()[:2], line])
    with pytest.raises(NoCapture, match="line 3 is not what passed"):
        list(passing)


@pytest.fixture
def tapped(racks, until):
    """tapped(line, lines, devices): a running rack and the taps of its agent."""

    def start(line, lines, devices):
        rack = racks(lines, devices)
        taps = Taps(lambda: None)
        taps.want(line, True)
        taps.belong_to(rack.lines, {"lines": lines, "devices": devices})
        until(lambda: rack.lines[line].up)
        return rack, taps

    return start


def test_a_tap_hears_both_directions_with_the_name_of_who_writes(tapped, ear, until):
    rack, taps = tapped("l1", [{"id": "l1", "port": "virtual"}], [KEYPAD])
    rack.wires["l1"].say(NEXT)
    seen = []
    until(lambda: seen.extend(it for batch in taps.take() for it in batch["seen"]) or len(seen) >= 2)
    passed = [passed_of(it) for it in seen]
    assert b"".join(it.data for it in passed if it.direction == "in") == NEXT
    assert [(it.data, it.device) for it in passed if it.direction == "out"] == [(NEXT, "keypad-7")]
    taps.want("l1", False)
    rack.put(Job("j", "keypad-7", "beep", {}))
    until(lambda: ear.dones)
    assert taps.take() == []


def test_what_a_card_reader_says_is_counted_and_not_told(tapped, until):
    """An ID card's text goes to no screen and into no file, also not by way of a maintainer."""
    rack, taps = tapped("reader-1", [], [READER])
    rack.wires["reader-1"].say(b"\xaa\xaa\xaa\x96\x69 a visitor's name")
    seen = []
    until(lambda: seen.extend(it for b in taps.take() for it in b["seen"] if it["dir"] == "in") or seen)
    assert {it["hex"] for it in seen} == {""} and seen[0]["hidden"] > 0
    [piece] = Reading((DeviceSpec("reader-1", "reader", "sdt-reader"),)).feed(passed_of(seen[0]))
    assert piece.data == b""


def test_a_tap_that_was_wanted_follows_a_new_config(tapped, racks, until):
    lines = [{"id": "l1", "port": "virtual"}]
    _, taps = tapped("l1", lines, [KEYPAD])
    fresh = racks(lines, [KEYPAD])
    taps.belong_to(fresh.lines, {"lines": lines, "devices": [KEYPAD]})
    until(lambda: fresh.lines["l1"].up)
    fresh.wires["l1"].say(NEXT)
    until(lambda: taps.take())
