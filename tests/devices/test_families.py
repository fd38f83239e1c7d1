"""The contract every family on a line keeps: over a real pseudo-terminal, with pyserial, in good and bad weather."""

from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from devices import ff68, registry
from devices.driver import DeviceSpec, Job
from devices.tray import KEPT
from displays.bars import a090, onbon
from kiosk.readers import sdt
from kiosk.readers.card import build
from kiosk.readers.virtual import SAMPLES


@dataclass(frozen=True)
class Case:
    """How to see each family at work: a job and what the far end shows of it; a frame and what is heard of it.

    `job` is None for what only speaks; `heard` is None where nothing that it sends is an input. `checked` says whether
    its frames carry a checksum, in each direction (to the device, from it).
    """

    driver: str
    kind: str
    job: tuple[str, dict[str, Any]] | None = None
    shows: tuple[str, Any] = ("", None)
    frame: bytes = b""
    heard: dict[str, Any] | None = None
    checked: tuple[bool, bool] = (True, True)

    @property
    def row(self) -> registry.Family:
        return registry.family(self.driver)


SHOW = ("show", {"text": "A001→3号窗口", "colour": "green", "number": "A001"}), ("text", "A001→3号窗口")
ROWS = ("rows", {"rows": [{"text": "A001→3号窗口", "colour": "red"}]}), ("text", "A001→3号窗口")
PANEL = ROWS[0], ("rows", ["A001→3号窗口", "", "", ""])
"""What a bar of one line, and a panel that takes one text, are told and show."""
SAY = ("say", {"announcement": 17, "area": "hall", "number": "A001", "window": "3", "languages": ["zh"], "times": 1})
CALLS = {"rows": [{"text": "A001→3号窗口", "colour": "yellow"}, {"text": "B012→4号窗口", "colour": "yellow"}]}

CASES = [
    Case("ff68-keypad", "keypad", ("display", {"waiting": 7, "number": "A023"}), ("number", "023"),
         ff68.encode(ff68.Frame(2, ff68.KEY, b"\x0c")), {"kind": "key", "key": "next", "digits": ""}),
    Case("ff68-pad", "pad", ("stars", {"stars": 4}), ("stars", 4),
         ff68.encode(ff68.Frame(2, ff68.GRADE, b"\x03")), {"kind": "grade", "grade": "satisfied"}),
    Case("a090", "bar", ("show", {"text": "A001→3号窗口", "colour": "green"}), ("text", "A001→3号窗口"),
         a090.encode(a090.Ack(2))),
    Case("sdt-reader", "reader", frame=sdt.encode(sdt.Answer(sdt.OK, sdt.card_data(build(SAMPLES["old"])))),
         heard={"kind": "card", "number": SAMPLES["old"].number, "name": "王小海"}),
    *(Case(driver, "scanner", frame=b"K7QM4XPD\r", heard={"kind": "code", "text": "K7QM4XPD"}, checked=(True, False))
      for driver in ("line-scanner", "gm65", "newland")),
    Case("onbon-bx", "bar", *SHOW, onbon.encode(onbon.Packet(onbon.ASKING, 2, onbon.answer()))),
    Case("onbon-bx-panel", "panel", *PANEL, onbon.encode(onbon.Packet(onbon.ASKING, 2, onbon.answer()))),
    Case("aabb", "bar", *SHOW),
    Case("aabb-panel", "panel", *ROWS),
    Case("ruize-1a", "bar", *SHOW, checked=(False, False)),
    Case("ruize-1a-panel", "panel", *ROWS, checked=(False, False)),
    Case("zhongyi-fe", "bar", *SHOW),
    Case("zhongyi-fe-panel", "panel", *ROWS),
    Case("yongtai-aa55", "bar", *SHOW, checked=(False, False)),
    Case("f001d0", "panel", ("rows", CALLS), ("rows", ["A001→3号窗口", "B012→4号窗口", "", ""]), checked=(True, False)),
    Case("fk-64", "bar", *SHOW),
    Case("armfly-led485", "bar", SHOW[0], ("text", " 001"), checked=(False, False)),
    Case("armfly-modbus", "bar", SHOW[0], ("text", " 001")),
    Case("dwin-5aa5", "bar", *SHOW, checked=(False, False)),
    Case("syn6288", "voice", SAY, ("text", "请A零零一号到三号窗口。")),
    Case("xfs5152", "voice", SAY, ("text", "请A001号到三号窗口。"), checked=(False, False)),
    Case("a090-voice", "voice", SAY, ("text", "请A零零一号到三号窗口。")),
]  # fmt: skip
"""One for each row of the registry that stands on a line. Families that come later put theirs at the end."""

LINE = [{"id": "l1", "port": "virtual", "speed": 9600}]


@pytest.fixture(params=CASES, ids=lambda case: case.driver)
def case(request):
    return request.param


@pytest.fixture
def rack(racks, case):
    """Two devices: on one line at addresses 2 and 3 or, where the family has no addresses, each on its own."""
    place = {"line": "l1"} if case.row.addresses else {"port": "virtual"}
    two = [
        {"id": f"d{n}", "kind": case.kind, "driver": case.driver, "address": n if case.row.addresses else 0, **place}
        for n in (2, 3)
    ]
    return racks(LINE, two)


def wire(rack, device="d2"):
    return rack.far_ends[device].wire


def up(rack):
    return all(line.up for line in rack.lines.values())


def state(rack, device="d2"):
    return rack.sinks[device].health()["state"]


def do(rack, case, id_="j1", device="d2"):
    rack.put(Job(id_, device, *case.job))


def test_every_family_on_a_line_has_a_case_here():
    assert {row.name for row in registry.families().values() if row.place == "line"} == {c.driver for c in CASES}


DOING = pytest.mark.parametrize(
    "case", [case for case in CASES if case.job], ids=lambda case: case.driver, indirect=True
)
SIGNS = pytest.mark.parametrize(
    "case", [case for case in CASES if case.kind in ("bar", "panel")], ids=lambda case: case.driver
)
SPEAKING = pytest.mark.parametrize(
    "case", [case for case in CASES if case.heard], ids=lambda case: case.driver, indirect=True
)


@DOING
def test_a_job_travels_the_wire_to_its_address_only(rack, case, ear, until):
    until(lambda: up(rack))
    do(rack, case)
    attribute, wanted = case.shows
    until(lambda: getattr(rack.far_ends["d2"], attribute) == wanted)
    until(lambda: ("j1", True, "") in ear.dones)
    assert wanted != getattr(rack.far_ends["d3"], attribute)


@SPEAKING
def test_what_a_device_sends_is_heard_from_its_address(rack, case, ear, until):
    until(lambda: up(rack))
    wire(rack).say(case.frame)
    until(lambda: ear.inputs)
    assert [("d2", case.heard)] == ear.inputs
    assert state(rack, "d2") == "ok"
    assert state(rack, "d3") != "lost"


WEATHER = {
    "wrong checksum": lambda frame: frame[:-2] + bytes((frame[-2] ^ 1,)) + frame[-1:],
    "half a frame": lambda frame: frame[: len(frame) // 2 + 1],
    "noise": lambda frame: bytes(range(256)),
    "wrong tail": lambda frame: frame[:-1] + bytes((frame[-1] ^ 1,)),
}


@SPEAKING
@pytest.mark.parametrize("weather", WEATHER)
def test_bad_weather_is_not_heard_and_the_good_frame_after_it_is(rack, case, ear, until, weather):
    if not case.checked[1]:
        pytest.skip("its frames carry no checksum: any bytes are what somebody said")
    until(lambda: up(rack))
    wire(rack).say(WEATHER[weather](case.frame) + case.frame)
    until(lambda: ear.inputs)
    assert [("d2", case.heard)] == ear.inputs


class Paper:
    """A wire that keeps what is written on it: the bytes a driver sends, to be spoilt and given to its far end."""

    up = True

    def __init__(self):
        self.frames = []

    def write(self, data, rest_s=0.0):
        self.frames.append(data)


class Silence:
    """A sink and a wire to nowhere for a far end that is looked at by itself."""

    def input(self, event):
        """Nobody listens."""

    state = far = slip = say = wake = lambda self, *a, **k: None


def alone(case, data=None):
    """A fresh far end of the family, and the frames that the case's job, or one with other data, sends it."""
    kind, own = case.job
    spec = DeviceSpec("d2", case.kind, case.driver, "l1", 2 if case.row.addresses else 0, options={"answers": False})
    paper, silence = Paper(), Silence()
    case.row.load_driver()(spec, silence, paper).do(Job("j1", "d2", kind, data or own))
    far = case.row.load_virtual()(spec, silence)
    far.wire = silence
    return far, paper.frames


@DOING
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_far_end_takes_a_frame_however_it_is_cut_and_whatever_came_before(case, data):
    far, frames = alone(case)
    before = data.draw(st.binary(max_size=12) | st.sampled_from([f[:n] for f in frames for n in range(len(f))]))
    stream = before + b"".join(frames)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=6)))
    for start, end in zip([0, *cuts], [*cuts, len(stream)], strict=True):
        far.hear(stream[start:end])
    attribute, wanted = case.shows
    assert getattr(far, attribute) == wanted


@DOING
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_frame_with_one_wrong_byte_shows_nothing_wrong(case, data):
    if not case.checked[0]:
        pytest.skip("its frames carry no checksum: a wrong byte is a wrong letter")
    far, frames = alone(case)
    at = data.draw(st.integers(0, len(frames) - 1))
    spoilt = bytearray(frames[at])
    spoilt[data.draw(st.integers(0, len(spoilt) - 1))] ^= data.draw(st.integers(1, 255))
    attribute, wanted = case.shows
    before = getattr(far, attribute)
    for frame in [*frames[:at], bytes(spoilt), *frames[at + 1 :]]:
        far.hear(frame)
    assert nothing_wrong(getattr(far, attribute), before, wanted)


def nothing_wrong(now, before, wanted):
    """What it shows is what it showed or what it shall show; of a panel, in each row (a row that is lost is blank)."""
    if not isinstance(wanted, list):
        return now in (before, wanted)
    return len(now) <= len(wanted) and all(row in ("", right) for row, right in zip(now, wanted, strict=False))


@SIGNS
@settings(max_examples=20, deadline=None)
@given(text=st.text(max_size=20) | st.text(min_size=1, max_size=3).map(lambda some: some * 700))
def test_any_text_of_any_length_is_taken(case, text):
    """What does not fit is cut and what the sign cannot draw is replaced: nothing is an error, something is shown."""
    call = {"text": text, "colour": "red"}
    far, frames = alone(case, call if case.job[0] == "show" else {"rows": [call, call]})
    for frame in frames:
        far.hear(frame)
    assert far.history


def test_an_unplugged_line_is_lost_and_comes_back_by_itself(rack, case, ear, until):
    until(lambda: up(rack))
    rack.far_ends["d2"].unplug()
    until(lambda: state(rack) == "lost")
    if case.row.addresses:
        until(lambda: state(rack, "d3") == "lost")
    if case.job:
        do(rack, case)
        until(lambda: ("j1", False, "lost") in ear.dones)
    rack.far_ends["d2"].plug()
    until(lambda: state(rack) in ("unknown", "ok"))
    if case.heard is not None:
        wire(rack).say(case.frame)
        until(lambda: ear.inputs)


@DOING
def test_what_was_to_be_shown_while_unplugged_appears_on_return(rack, case, ear, until):
    if case.job[0] not in KEPT:
        pytest.skip("what is for now or never is not kept")
    until(lambda: up(rack))
    wire(rack).unplug()
    until(lambda: state(rack) == "lost")
    do(rack, case)
    until(lambda: ear.dones == [("j1", False, "lost")])
    wire(rack).plug()
    attribute, wanted = case.shows
    until(lambda: getattr(rack.far_ends["d2"], attribute) == wanted)
    until(lambda: ear.dones == [("j1", False, "lost"), ("j1", True, "")])
