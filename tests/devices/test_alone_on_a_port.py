"""Hardware with a port to itself, over a pseudo-terminal: a speech chip from call to end, a screen's version."""

import pytest

from devices.driver import Job

CHIP = {"id": "chip", "kind": "voice", "driver": "syn6288", "port": "virtual"}
SCREEN = {"id": "screen", "kind": "bar", "driver": "dwin-5aa5", "port": "virtual"}


@pytest.fixture
def rack(racks, until):
    rack = racks([], [CHIP, SCREEN])
    until(lambda: all(line.up for line in rack.lines.values()))
    rack.far_ends["chip"].tick = lambda now: None  # the test says when a text has ended
    return rack


def call(rack, announcement, number="A001"):
    data = {"announcement": announcement, "area": "hall", "number": number, "window": "3", "times": 1}
    rack.put(Job(f"play-{announcement}", "chip", "say", data))


def test_a_chip_says_one_call_after_the_other_and_tells_when_each_has_ended(rack, ear, until):
    chip = rack.far_ends["chip"]
    call(rack, 1)
    call(rack, 2, "B012")
    for announcement, text in ((1, "请A零零一号到三号窗口。"), (2, "请B零一二号到三号窗口。")):
        until(lambda text=text: chip.text == text)
        until(lambda: chip.speaking)
        chip.finish()
        heard = ("chip", {"kind": "spoken", "area": "hall", "announcement": announcement})
        until(lambda heard=heard: ear.inputs[-1:] == [heard])
    assert chip.cut_off == []


def test_a_wire_pulled_in_the_middle_of_a_call_is_told_and_the_next_call_is_heard(rack, ear, until):
    chip = rack.far_ends["chip"]
    call(rack, 1)
    until(lambda: chip.speaking)
    chip.unplug()
    until(lambda: ear.inputs and ear.inputs[0][1]["kind"] == "unspoken")
    chip.finish()
    chip.plug()
    until(lambda: rack.sinks["chip"].health()["state"] == "ok")
    call(rack, 2, "B012")
    until(lambda: chip.text == "请B零一二号到三号窗口。")


def test_a_screen_tells_its_version(rack, until):
    until(lambda: rack.sinks["screen"].health()["about"].get("firmware") == "6512")
