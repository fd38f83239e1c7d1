"""What the hub is told of a device beside its state: counters, the last error, what it says of itself."""

from datetime import UTC, datetime

import pytest

from devices import ff68
from devices.driver import DeviceSpec, Job
from devices.health import DeviceSink
from devices.versions import what_runs_here

KEYPAD = {"id": "keypad-1", "kind": "keypad", "driver": "ff68-keypad", "line": "l1", "address": 1}
BAR = {"id": "bar-1", "kind": "bar", "driver": "a090", "line": "l1", "address": 1, "options": {"answer_s": 0.05}}
VIRTUAL = {"id": "l1", "port": "virtual", "speed": 9600}
NEXT = ff68.encode(ff68.Frame(1, ff68.KEY, b"\x0c"))


@pytest.fixture
def rack(racks, until):
    rack = racks([VIRTUAL], [KEYPAD, BAR])
    until(lambda: rack.lines["l1"].up)
    return rack


def line(rack):
    return rack.health()["lines"][0]


def test_frames_are_counted_for_their_device_and_their_line(rack, ear, until):
    rack.put(Job("j1", "bar-1", "show", {"text": "A001", "colour": "red"}))
    until(lambda: ear.dones)
    rack.wires["l1"].say(NEXT)
    until(lambda: ear.inputs)
    until(lambda: line(rack)["counts"]["frames_out"] == 2)  # the text, and the keypad's acknowledgement
    bar, keypad = rack.sinks["bar-1"].counts(), rack.sinks["keypad-1"].counts()
    assert bar == {"done": 1, "failed": 0, "reconnects": 0, "frames_in": 1, "frames_out": 1}
    assert (keypad["frames_in"], keypad["frames_out"]) == (1, 1)
    counts = line(rack)["counts"]
    assert (counts["frames_in"], counts["bad_frames"], counts["reconnects"]) == (2, 0, 0)
    assert counts["bytes_in"] == len(NEXT) + 5


def test_a_frame_that_does_not_verify_is_a_bad_frame_of_its_line(rack, ear, until):
    rack.wires["l1"].say(NEXT[:-2] + b"\x00\x16" + NEXT)
    until(lambda: ear.inputs)
    assert line(rack)["counts"]["bad_frames"] == 1
    assert line(rack)["counts"]["frames_in"] == 1


def test_jobs_that_fail_are_counted_and_the_last_error_stays_when_all_is_well(rack, ear, until):
    rack.move("bar-1", "power_off")
    rack.put(Job("j1", "bar-1", "show", {"text": "A001", "colour": "red"}))
    until(lambda: ("j1", False, "no_answer") in ear.dones)
    rack.move("bar-1", "power_on")
    until(lambda: ("j1", True, "") in ear.dones)
    told = rack.sinks["bar-1"].health()
    assert (told["state"], told["error"], told["counts"]["done"], told["counts"]["failed"]) == ("ok", "", 1, 1)
    assert "没有应答" in told["last_error"]["error"] and told["last_error"]["at"]


def test_a_return_is_counted_and_the_first_arrival_is_not_one(rack, until):
    rack.move("l1", "unplug")
    until(lambda: line(rack)["state"] == "lost")
    rack.move("l1", "plug")
    until(lambda: line(rack)["state"] == "ok")
    assert line(rack)["counts"]["reconnects"] == 1
    until(lambda: rack.sinks["bar-1"].counts()["reconnects"] == 1)
    assert "未接通" in line(rack)["last_error"]["error"]


def test_what_a_device_says_of_itself_is_in_its_row(ear):
    sink = DeviceSink(DeviceSpec("d", "printer", "escpos"), ear, lambda: datetime(2026, 11, 22, 9, tzinfo=UTC))
    sink.about(firmware="2.01")
    sink.about(model="T80")
    assert sink.health()["about"] == {"firmware": "2.01", "model": "T80"}


def test_the_hub_hears_what_is_only_counted_without_a_change_of_state(agent, hub, until, monkeypatch):
    monkeypatch.setattr("devices.agent.COUNTS_S", 0.1)
    hub.send("virtual", {"device": "keypad-1", "do": "press", "key": "next"})
    until(lambda: hub.healths[-1]["keypad-1"]["counts"]["frames_in"] >= 1)


def test_an_agent_tells_its_version_its_python_and_its_packages(agent, hub):
    assert hub.auth["runs"] == what_runs_here()
    assert {"pyserial", "python-escpos"} <= set(hub.auth["runs"]["packages"])
    assert hub.auth["runs"]["python"] and hub.auth["runs"]["platform"]
