"""Scanners: codes that end with CR or LF, modules that are told to look."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.driver import DeviceError, DeviceSpec
from kiosk.scanners import commands
from kiosk.scanners.codes import LONGEST, Answer, Code, Codes, encode
from kiosk.scanners.scanners import Gm65, LineScanner, Newland
from kiosk.scanners.virtual import VirtualModule, VirtualNewland, VirtualScanner

ACK = bytes.fromhex("02 00 00 01 00 33 31")
VECTORS = {
    "7E 00 08 01 00 02 01 AB CD": (commands.TRIGGER, False),
    "7E 00 08 01 00 02 01 02 DA": (commands.TRIGGER, True),
    "7E 00 08 01 00 02 02 32 B9": (commands.CANCEL, True),
    "7E 00 07 01 00 2A 02 D8 0F": (commands.ASK_SPEED, True),
}

texts = st.text(st.characters(codec="utf-8"), min_size=1, max_size=30).map(
    lambda text: "".join(char for char in text if char.isprintable()).strip()
).filter(bool)  # fmt: skip
pieces = st.one_of(texts.map(Code), st.just(Answer(0, b"\0")))


@pytest.mark.parametrize("vector", VECTORS)
def test_a_command_is_written_and_read_byte_by_byte_as_the_manual_has_it(vector):
    command, checked = VECTORS[vector]
    raw = bytes.fromhex(vector)
    assert commands.encode(command, checked=checked) == raw
    tokenizer = commands.tokenizer(unchecked=not checked)
    assert [command] == [found for byte in raw for found in tokenizer.feed(bytes((byte,)))]


def test_the_answer_is_that_of_the_manual():
    assert encode(Answer(0, b"\0")) == ACK
    assert [Answer(0, b"\0")] == tokenizer().feed(ACK)


def tokenizer():
    return Codes(answers=True)


@given(st.lists(pieces, max_size=6), st.sampled_from([b"\r", b"\n", b"\r\n"]), st.lists(st.integers(1, 9), max_size=60))
def test_codes_and_answers_are_found_however_the_bytes_are_cut(said, end, cuts):
    stream, codes, found = b"".join(encode(it, end) for it in said), tokenizer(), []
    for cut in [*cuts, len(stream)]:
        piece, stream = stream[:cut], stream[cut:]
        found += codes.feed(piece)
    assert said == found


@given(st.binary(max_size=30), st.integers(0, len(ACK)))
def test_noise_and_a_broken_answer_cost_no_code_but_the_one_they_run_into(noise, kept):
    codes = tokenizer()
    codes.feed(noise + b"\r" + ACK[:kept])
    found = codes.feed(b"\r" + b"K7QM4XPD\r")
    assert found[-1] == Code("K7QM4XPD")


@given(st.integers(0, len(ACK) - 1), st.integers(1, 255))
def test_an_answer_with_a_wrong_byte_is_none(at, change):
    spoilt = bytearray(ACK)
    spoilt[at] ^= change
    assert Answer(0, b"\0") not in tokenizer().feed(bytes(spoilt))


def test_half_an_answer_swallows_no_code():
    """But for the last byte but one: 33h is also the digit 3."""
    for kept in range(1, len(ACK) - 1):
        assert tokenizer().feed(ACK[:kept] + b"K7QM4XPD\r") == [Code("K7QM4XPD")], kept


def test_what_is_too_long_is_no_code_and_the_next_is():
    codes = Codes()
    assert codes.feed(b"A" * (LONGEST + 1) + b"\rB\r") == [Code("B")]
    assert codes.bad == 1


def test_a_code_in_gbk_is_read_too_and_control_characters_are_dropped():
    assert Codes().feed("受理".encode("gbk") + b"\x1d7\r\n") == [Code("受理7")]


def test_a_code_shows_nothing_of_itself_in_a_log():
    assert "K7QM" not in repr(Code("K7QM4XPD"))


@given(st.binary(max_size=12), st.integers(2, 8), st.integers(1, 255))
def test_a_command_with_a_wrong_byte_is_not_obeyed_where_the_crc_is_checked(noise, at, change):
    raw = bytearray(commands.encode(commands.TRIGGER))
    raw[at] ^= change
    good = commands.encode(commands.TRIGGER)
    found = commands.tokenizer(unchecked=False).feed(noise + bytes(raw) + good)
    assert found[-1:] == [commands.TRIGGER]
    assert len(found) == 1


class Bench:
    """A scanner and its driver on a wire without a delay, and a clock that is moved by hand."""

    def __init__(self, driver, far, **options):
        self.up, self.now = True, 100.0
        self.texts, self.states, self.sent = [], [], []
        spec = DeviceSpec("scanner-1", "scanner", "?", "scanner-1", options=options)
        self.driver = driver(spec, self, self, clock=lambda: self.now)
        self.end = far(spec, self)
        self.end.wire = self
        self._back = self.driver.tokenizer()

    def write(self, data):
        if not self.up:
            raise DeviceError("lost", "gone")
        self.sent.append(data)
        if self.end.powered:
            self.end.hear(data)

    def say(self, data):
        for frame in self._back.feed(data):
            self.driver.heard(frame)

    def input(self, event):
        assert event["kind"] == "code"
        self.texts.append(event["text"])

    def state(self, state, error="", **detail):
        self.states.append(state)

    def far(self, **seen):
        """Nobody looks."""

    def pass_s(self, seconds):
        for _ in range(round(seconds * 2)):
            self.now += 0.5
            self.driver.poll()


def test_a_code_that_goes_on_lying_before_the_scanner_is_one():
    bench = Bench(LineScanner, VirtualScanner)
    for _ in range(5):
        bench.end.scan("K7QM4XPD")
        bench.now += 1.5
    bench.end.scan("OTHER")
    bench.now += 3
    bench.end.scan("OTHER")
    assert bench.texts == ["K7QM4XPD", "OTHER", "OTHER"]


@pytest.mark.parametrize(("driver", "far"), [(Gm65, VirtualModule), (Newland, VirtualNewland)])
def test_a_module_is_told_to_look_before_its_time_is_over_and_after_each_code(driver, far):
    bench = Bench(driver, far)
    bench.driver.open()
    bench.driver.poll()
    assert (bench.end.triggers, bench.states[-1]) == (1, "ok")
    bench.pass_s(driver.LOOK_S - 0.5)
    assert bench.end.triggers == 1
    bench.pass_s(1)
    assert bench.end.triggers == 2
    bench.end.scan("K7QM4XPD")
    bench.pass_s(0.5)
    assert (bench.texts, bench.end.triggers) == (["K7QM4XPD"], 3)


def test_a_module_that_says_nothing_is_a_fault_until_it_does():
    bench = Bench(Gm65, VirtualModule)
    bench.driver.open()
    bench.end.power_off()
    bench.pass_s(6)
    assert bench.states == ["fault"] * len(bench.states)
    assert bench.states
    bench.end.power_on()
    bench.pass_s(2)
    assert bench.states[-1] == "ok"


def test_newland_takes_no_command_without_its_crc_and_its_light_goes_out_at_the_end():
    bench = Bench(Newland, VirtualNewland)
    bench.end.hear(commands.encode(commands.TRIGGER, checked=False))
    assert not bench.end.looking
    bench.driver.poll()
    assert bench.end.looking
    bench.driver.close()
    assert not bench.end.looking
    bench.end.scan("K7QM4XPD")
    assert bench.texts == []
    bench.driver.open()
    bench.driver.poll()
    assert bench.texts == ["K7QM4XPD"], "held there until it looks again"
