"""The contract every family on a line keeps: over a real pseudo-terminal, with pyserial, in good and bad weather."""

from dataclasses import dataclass
from typing import Any

import pytest

from devices import ff68, registry
from devices.driver import Job
from displays.bars import a090


@dataclass(frozen=True)
class Case:
    """How to see each family at work: a job and what the far end shows of it; a move and what is heard of it."""

    driver: str
    kind: str
    job: tuple[str, dict[str, Any]]
    shows: tuple[str, Any]
    frame: bytes
    heard: dict[str, Any] | None = None


CASES = [
    Case("ff68-keypad", "keypad", ("display", {"waiting": 7, "number": "A023"}), ("number", "023"),
         ff68.encode(ff68.Frame(2, ff68.KEY, b"\x0c")), {"kind": "key", "key": "next", "digits": ""}),
    Case("ff68-pad", "pad", ("stars", {"stars": 4}), ("stars", 4),
         ff68.encode(ff68.Frame(2, ff68.GRADE, b"\x03")), {"kind": "grade", "grade": "satisfied"}),
    Case("a090", "bar", ("show", {"text": "A001→3号窗口", "colour": "green"}), ("text", "A001→3号窗口"),
         a090.encode(a090.Ack(2))),
]  # fmt: skip
LINE = [{"id": "l1", "port": "virtual", "speed": 9600}]


@pytest.fixture(params=CASES, ids=lambda case: case.driver)
def case(request):
    return request.param


@pytest.fixture
def rack(racks, case):
    two = [{"id": f"d{n}", "kind": case.kind, "driver": case.driver, "line": "l1", "address": n} for n in (2, 3)]
    return racks(LINE, two)


def state(rack, device="d2"):
    return rack.sinks[device].health()["state"]


def do(rack, case, id_="j1", device="d2"):
    rack.put(Job(id_, device, *case.job))


def test_every_family_on_a_line_has_a_case_here():
    assert {row.name for row in registry.families().values() if row.place == "line"} == {c.driver for c in CASES}


def test_a_job_travels_the_wire_to_its_address_only(rack, case, ear, until):
    until(lambda: rack.lines["l1"].up)
    do(rack, case)
    attribute, wanted = case.shows
    until(lambda: getattr(rack.far_ends["d2"], attribute) == wanted)
    until(lambda: ("j1", True, "") in ear.dones)
    assert wanted != getattr(rack.far_ends["d3"], attribute)


SPEAKING = pytest.mark.parametrize(
    "case", [case for case in CASES if case.heard], ids=lambda case: case.driver, indirect=True
)


@SPEAKING
def test_what_a_device_sends_is_heard_from_its_address(rack, case, ear, until):
    until(lambda: rack.lines["l1"].up)
    rack.wires["l1"].say(case.frame)
    until(lambda: ear.inputs)
    assert [("d2", case.heard)] == ear.inputs
    assert (state(rack, "d2"), state(rack, "d3")) == ("ok", "unknown")


@SPEAKING
@pytest.mark.parametrize("weather", ["wrong checksum", "half a frame", "noise", "wrong tail"])
def test_bad_weather_is_not_heard_and_the_good_frame_after_it_is(rack, case, ear, until, weather):
    bad = {
        "wrong checksum": case.frame[:-2] + bytes((case.frame[-2] ^ 1,)) + case.frame[-1:],
        "half a frame": case.frame[:6],
        "noise": bytes(range(256)),
        "wrong tail": case.frame[:-1] + b"\x17",
    }[weather]
    until(lambda: rack.lines["l1"].up)
    rack.wires["l1"].say(bad + case.frame)
    until(lambda: ear.inputs)
    assert [("d2", case.heard)] == ear.inputs


def test_an_unplugged_line_is_lost_and_comes_back_by_itself(rack, case, ear, until):
    until(lambda: rack.lines["l1"].up)
    rack.far_ends["d2"].unplug()
    until(lambda: state(rack) == state(rack, "d3") == "lost")
    do(rack, case)
    until(lambda: ("j1", False, "lost") in ear.dones)
    rack.far_ends["d2"].plug()
    until(lambda: state(rack) in ("unknown", "ok"))
    if case.heard is not None:
        rack.wires["l1"].say(case.frame)
        until(lambda: ear.inputs)


def test_what_was_to_be_shown_while_unplugged_appears_on_return(rack, case, ear, until):
    until(lambda: rack.lines["l1"].up)
    rack.move("l1", "unplug")
    until(lambda: state(rack) == "lost")
    do(rack, case)
    until(lambda: ear.dones == [("j1", False, "lost")])
    rack.move("l1", "plug")
    attribute, wanted = case.shows
    until(lambda: getattr(rack.far_ends["d2"], attribute) == wanted)
    until(lambda: ear.dones == [("j1", False, "lost"), ("j1", True, "")])
