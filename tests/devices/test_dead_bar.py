"""A bar that loses its power while nothing is called: noticed by a question, told again on its return, no burden."""

import pytest

from devices.driver import Job
from displays.bars.onbon_bar import OnbonBar


@pytest.fixture
def line(racks, monkeypatch):
    """Two onbon bars and one that never answers, on one line, asked often so that the test need not wait."""
    monkeypatch.setattr(OnbonBar, "poll_s", 0.05)
    options = {"ping_s": 0.2, "answer_s": 0.3, "tries": 2, "brightness": 7}
    bars = [{"id": f"b{n}", "kind": "bar", "driver": "onbon-bx", "line": "l1", "address": n} for n in (1, 2)]
    deaf = {"id": "b3", "kind": "bar", "driver": "ruize-1a", "line": "l1", "address": 3}
    return racks(
        [{"id": "l1", "port": "virtual", "speed": 9600}], [*({**bar, "options": options} for bar in bars), deaf]
    )


def show(rack, device, text):
    rack.put(Job(f"{device} {text}", device, "show", {"text": text, "colour": "red"}))


def state(rack, device):
    return rack.sinks[device].health()["state"]


def test_it_is_a_fault_before_the_next_call_and_shows_its_text_again_when_power_is_back(line, until):
    show(line, "b1", "A001")
    until(lambda: (line.far_ends["b1"].text, line.far_ends["b1"].brightness) == ("A001", 7))
    until(lambda: state(line, "b1") == state(line, "b2") == "ok")
    line.far_ends["b1"].power_off()
    until(lambda: state(line, "b1") == "fault")
    for device in ("b2", "b3"):
        show(line, device, "A002")
        until(lambda device=device: line.far_ends[device].text == "A002")
    line.far_ends["b1"].power_on()
    until(lambda: (line.far_ends["b1"].text, line.far_ends["b1"].brightness) == ("A001", 7), limit=20)
    until(lambda: state(line, "b1") == state(line, "b2") == "ok")


def test_a_text_called_while_it_was_dead_is_what_it_shows(line, ear, until):
    show(line, "b1", "A001")
    until(lambda: ("b1 A001", True, "") in ear.dones)
    line.far_ends["b1"].power_off()
    show(line, "b1", "A002")
    until(lambda: ("b1 A002", False, "no_answer") in ear.dones)
    line.far_ends["b1"].power_on()
    until(lambda: ("b1 A002", True, "") in ear.dones)
    until(lambda: state(line, "b1") == "ok")
    assert line.far_ends["b1"].text == "A002"
