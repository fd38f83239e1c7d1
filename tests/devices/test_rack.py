"""Lines and devices together: newest wins, silence, missing ports, configs that cannot be."""

import os
import pty
import tty
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from devices import ff68
from devices.driver import Job

KEYPAD = {"id": "keypad-1", "kind": "keypad", "driver": "ff68-keypad", "line": "l1", "address": 1}
PAD = {"id": "pad-1", "kind": "pad", "driver": "ff68-pad", "line": "l1", "address": 1}
BAR = {"id": "bar-1", "kind": "bar", "driver": "a090", "line": "l1", "address": 1, "options": {"answer_s": 0.05}}
VIRTUAL = {"id": "l1", "port": "virtual", "speed": 9600}


def state(rack, device):
    return rack.sinks[device].health()["state"]


def show(rack, id_, text, device="bar-1"):
    rack.put(Job(id_, device, "show", {"text": text, "colour": "red"}))


def test_keypad_pad_and_bar_share_one_line_and_one_address(racks, ear, until):
    rack = racks([VIRTUAL], [KEYPAD, PAD, BAR])
    until(lambda: rack.lines["l1"].up)
    rack.move("keypad-1", "press", key="call", digits="023")
    rack.move("pad-1", "grade", grade="dissatisfied")
    show(rack, "j1", "请A001到1号窗口")
    until(lambda: len(ear.inputs) == 2 and rack.far_ends["bar-1"].text)
    assert sorted(ear.inputs, key=str) == [
        ("keypad-1", {"kind": "key", "key": "call", "digits": "023"}),
        ("pad-1", {"kind": "grade", "grade": "dissatisfied"}),
    ]
    until(lambda: rack.far_ends["keypad-1"].acknowledged == rack.far_ends["pad-1"].acknowledged == 1)


def test_a_press_on_the_far_end_whose_echo_is_lost_is_one_input(racks, ear, until):
    rack = racks([VIRTUAL], [KEYPAD])
    until(lambda: rack.lines["l1"].up)
    keypad = rack.far_ends["keypad-1"]
    keypad.deaf = True
    rack.move("keypad-1", "press", key="next")
    until(lambda: keypad._unanswered is None, what="the keypad has sent it three times and given up")
    assert ear.inputs == [("keypad-1", {"kind": "key", "key": "next", "digits": ""})]


def test_of_many_texts_in_a_hurry_the_bar_ends_with_the_newest_and_each_is_accounted_for(racks, ear, until):
    rack = racks([VIRTUAL], [BAR])
    until(lambda: rack.lines["l1"].up)
    for n in range(40):
        show(rack, f"j{n}", f"请A{n:03}到1号窗口")
    until(lambda: rack.far_ends["bar-1"].text == "请A039到1号窗口")
    until(lambda: len(ear.dones) == 40)
    assert {f"j{n}" for n in range(40)} == {id_ for id_, _, _ in ear.dones}
    assert {"", "superseded"} == {error for _, _, error in ear.dones}
    assert len(rack.far_ends["bar-1"].history) < 40
    assert ("j39", True, "") in ear.dones


def test_a_bar_without_power_is_a_fault_and_gets_its_text_when_the_power_is_back(racks, ear, until):
    rack = racks([VIRTUAL], [BAR, {**BAR, "id": "bar-2", "address": 2}])
    until(lambda: rack.lines["l1"].up)
    rack.move("bar-1", "power_off")
    with capture_logs() as logs:
        show(rack, "j1", "请A001到1号窗口")
        show(rack, "j2", "请A002到2号窗口", "bar-2")
        until(lambda: {("j1", False, "no_answer"), ("j2", True, "")} <= set(ear.dones))
        assert (state(rack, "bar-1"), state(rack, "bar-2")) == ("fault", "ok")
        rack.move("bar-1", "power_on")
        until(lambda: ("j1", True, "") in ear.dones)
    assert (rack.far_ends["bar-1"].text, state(rack, "bar-1")) == ("请A001到1号窗口", "ok")
    assert [entry["event"] for entry in logs if entry.get("device") == "bar-1"] == [
        "device is no_answer",
        "device is back",
    ]


def test_a_port_that_is_missing_at_the_start_is_lost_until_it_is_there(racks, ear, until, tmp_path):
    port = tmp_path / "ttyUSB0"
    with capture_logs() as logs:
        rack = racks([{"id": "l1", "port": str(port)}], [KEYPAD, BAR])
        until(lambda: state(rack, "keypad-1") == state(rack, "bar-1") == "lost")
        master, slave = pty.openpty()
        tty.setraw(slave)
        port.symlink_to(os.ttyname(slave))
        until(lambda: rack.lines["l1"].up)
        os.write(master, ff68.encode(ff68.Frame(1, ff68.KEY, b"\x0c")))
        until(lambda: ear.inputs)
    assert [(e["event"], e["log_level"]) for e in logs] == [("line is lost", "warning"), ("line is back", "info")]
    os.close(master)
    os.close(slave)


def test_plugging_in_and_out_many_times_is_lost_and_back_each_time_once(racks, until):
    with capture_logs() as logs:
        rack = racks([VIRTUAL], [KEYPAD])
        for _ in range(3):
            until(lambda: rack.lines["l1"].up)
            path = Path(rack.wires["l1"].path)
            assert path.exists()
            rack.move("keypad-1", "unplug")
            assert not path.is_symlink()
            until(lambda: state(rack, "keypad-1") == "lost")
            rack.move("keypad-1", "plug")
        until(lambda: rack.lines["l1"].up)
    assert [e["event"] for e in logs] == ["line is lost", "line is back"] * 3


def test_a_driver_nobody_knows_is_a_fault_with_a_suggestion_and_the_others_work(racks, ear, until):
    rack = racks([VIRTUAL], [{**BAR, "id": "bar-9", "driver": "a09"}, {**BAR, "id": "bar-8", "line": "l9"}, BAR])
    assert (
        state(rack, "bar-9"),
        rack.sinks["bar-9"].health()["error"],
    ) == ("fault", "no driver 'a09'. Did you mean 'a090'?")
    assert state(rack, "bar-8") == "fault"
    show(rack, "j1", "x", "bar-9")
    show(rack, "j2", "x", "bar-7")
    assert ear.dones == [("j1", False, "fault"), ("j2", False, "unknown_device")]
    until(lambda: rack.lines["l1"].up)


def test_only_virtual_hardware_can_be_moved_and_only_in_ways_it_has(racks):
    rack = racks([VIRTUAL], [KEYPAD])
    for device, do, how in [
        ("keypad-1", "grade", {"grade": "satisfied"}),
        ("keypad-1", "say", {"data": b""}),
        ("nobody", "press", {"key": "next"}),
    ]:
        with pytest.raises(LookupError):
            rack.move(device, do, **how)
    with pytest.raises(ValueError, match="no key 'dance'"):
        rack.move("keypad-1", "press", key="dance")
    with pytest.raises(ValueError):
        rack.move("keypad-1", "press")


def test_a_bar_that_lost_its_power_with_the_line_gets_its_text_back(racks, ear, until):
    rack = racks([VIRTUAL], [BAR])
    until(lambda: rack.lines["l1"].up)
    show(rack, "j1", "请A001到1号窗口")
    until(lambda: ("j1", True, "") in ear.dones)
    rack.move("bar-1", "unplug")
    rack.far_ends["bar-1"].text = "欢迎光临"
    rack.move("bar-1", "plug")
    until(lambda: rack.far_ends["bar-1"].text == "请A001到1号窗口")
    assert ear.dones == [("j1", True, "")]


def test_jobs_that_come_before_the_port_is_open_are_not_lost(racks, ear, until):
    rack = racks([VIRTUAL], [BAR])
    show(rack, "j1", "请A001到1号窗口")  # as the hub does: the config, and at once what is to be shown
    until(lambda: ear.dones)
    assert ear.dones == [("j1", True, "")]


def test_a_device_of_a_line_family_may_have_a_port_to_itself(racks, ear, until):
    alone = [{"id": "bar-1", "kind": "bar", "driver": "a090", "port": "virtual", "address": 7}]
    rack = racks([], alone)
    show(rack, "j1", "A001")
    until(lambda: rack.far_ends["bar-1"].text == "A001")
    rack.move("bar-1", "unplug")
    until(lambda: state(rack, "bar-1") == "lost")
    rack.move("bar-1", "plug")
    show(rack, "j2", "A002")
    until(lambda: rack.far_ends["bar-1"].text == "A002")


def test_a_device_that_cannot_be_put_together_leaves_its_port_alone(racks, until):
    wrong = {"id": "key", "kind": "keypad", "driver": "ff68-keypad", "port": "virtual", "options": {"keys": {"x": "y"}}}
    rack = racks([], [wrong])
    assert state(rack, "key") == "fault"
    assert not rack.lines
