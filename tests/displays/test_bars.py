"""LED bars on a090: the wire format, the driver, and a bar that is as strict as the hardware."""

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices import gbk
from devices.driver import DeviceError, DeviceSpec, Job
from displays.bars import a090
from displays.bars.a090_bar import A090Bar, VirtualA090

TEXT = "请A001到3号窗口"
VECTOR = bytes.fromhex(
    "A0 90 03 A5 00 19 C7 EB 00 41 00 30 00 30 00 31 00 B5 BD 00 33 00 BA C5 00 B4 B0 00 BF DA 00 C6"
)
ACK = bytes.fromhex("A0 90 03 A5 AA")

noise = st.binary(max_size=20) | st.integers(0, len(VECTOR) - 1).map(lambda n: VECTOR[:n])
texts = st.text(max_size=40)


def test_the_vector_is_written_and_read_as_the_sample_says():
    assert a090.encode(a090.show(3, TEXT)) == VECTOR
    assert [a090.show(3, TEXT)] == a090.tokenizer().feed(VECTOR)
    assert a090.shown(a090.show(3, TEXT)) == (TEXT, ["red"] * 10)


@pytest.mark.parametrize("raw", [VECTOR, ACK], ids=["show", "ack"])
def test_a_vector_is_read_byte_by_byte(raw):
    tokenizer = a090.tokenizer()
    found = [frame for byte in raw for frame in tokenizer.feed(bytes((byte,)))]
    assert raw == b"".join(map(a090.encode, found))


@given(st.lists(st.sampled_from([VECTOR, ACK]), max_size=5), st.lists(st.integers(1, 30), max_size=40))
def test_the_cuts_between_reads_do_not_matter(parts, cuts):
    stream, tokenizer, found = b"".join(parts), a090.tokenizer(), []
    for cut in [*cuts, len(stream)]:
        piece, stream = stream[:cut], stream[cut:]
        found += tokenizer.feed(piece)
    assert parts == [a090.encode(frame) for frame in found]


@given(st.lists(st.tuples(noise, st.sampled_from([VECTOR, ACK])), max_size=5), noise)
def test_noise_before_between_and_after_swallows_no_frame(parts, after):
    stream = b"".join(before + raw for before, raw in parts) + after
    left = iter([a090.encode(frame) for frame in a090.tokenizer().feed(stream)])
    assert all(raw in left for _, raw in parts)


@given(st.binary(min_size=1, max_size=4), st.integers(1, len(VECTOR) - 1))
def test_noise_inside_a_frame_costs_that_frame_only(inside, at):
    found = a090.tokenizer().feed(VECTOR[:at] + inside + VECTOR[at:] + ACK)
    assert a090.Ack(3) == found[-1]


@given(st.integers(3, len(VECTOR) - 1), st.integers(1, 255))
def test_a_wrong_byte_after_the_head_is_no_text(at, change):
    broken = VECTOR[:at] + bytes((VECTOR[at] ^ change,)) + VECTOR[at + 1 :]
    assert a090.show(3, TEXT) not in a090.tokenizer().feed(broken)


@given(st.integers(0, a090.MAX_ADDRESS), texts, st.sampled_from(sorted(a090.COLOURS)))
def test_any_text_arrives_readable_and_never_gains_a_question_mark(address, text, colour):
    frame = a090.show(address, text, colour)
    assert [frame] == a090.tokenizer().feed(a090.encode(frame))
    arrived, colours = a090.shown(frame)
    assert gbk.readable(text) == arrived
    assert text.count("?") >= arrived.count("?") - text.count("？")
    assert {colour} >= set(colours)


@given(st.integers(0, a090.MAX_ADDRESS), texts)
def test_the_unicode_command_carries_any_text_too(address, text):
    frame = a090.show_unicode(address, text)
    assert [frame] == a090.tokenizer().feed(a090.encode(frame))
    assert len(a090.shown(frame)[0]) == len(frame.data) // 2


def test_a_rare_character_is_spelled_and_an_accent_dropped():
    assert gbk.readable("王䶮①号😀Zöo") == "王Yan①号〓Zoo"


class Bench:
    """A bar and its driver on a wire without a delay: what one writes the other hears."""

    def __init__(self, address=3, heard_address=None, **options):
        spec = DeviceSpec("bar-1", "bar", "a090", "l1", address, options={"answer_s": 0.02, **options})
        self.up, self.states, self.far_seen, self.sent = True, [], {}, []
        self.driver = A090Bar(spec, self, self)
        far = DeviceSpec("bar-1", "bar", "a090", "l1", heard_address or address)
        self.bar = VirtualA090(far, self)
        self.bar.wire = self
        self._back = a090.tokenizer()

    def wake(self):
        """This wire has no thread: nothing is repeated."""

    def write(self, data):
        if not self.up:
            raise DeviceError("lost", "gone")
        self.sent.append(data)
        if self.bar.powered:
            self.bar.hear(data)

    def say(self, data):
        for frame in self._back.feed(data):
            self.driver.heard(frame)

    def state(self, state, error="", **detail):
        self.states.append(state)

    def far(self, **seen):
        self.far_seen.update(seen)

    def show(self, text, colour="red"):
        return self.driver.do(Job("1", "bar-1", "show", {"text": text, "colour": colour}))


def test_a_text_is_shown_once_and_acknowledged():
    bench = Bench()
    assert bench.show(TEXT, "yellow") == {"acknowledged": True}
    assert (bench.bar.text, bench.bar.colour, list(bench.bar.history)) == (TEXT, "yellow", [TEXT])
    assert bench.far_seen == {"text": TEXT, "colour": "yellow"}
    assert bench.states == ["ok"]


def test_a_bar_that_says_nothing_is_tried_again_and_then_a_fault():
    bench = Bench()
    bench.bar.power_off()
    with pytest.raises(DeviceError, match="没有应答") as failed:
        bench.show(TEXT)
    assert (failed.value.code, bench.states, len(bench.sent)) == ("no_answer", ["fault"], 3)


def test_a_bar_known_to_be_silent_is_sent_its_text_and_not_waited_for():
    bench = Bench(answer_s=0.3)
    bench.bar.power_off()
    with pytest.raises(DeviceError):
        bench.show(TEXT)
    waited = []
    bench.driver._answered.wait = waited.append
    with pytest.raises(DeviceError):
        bench.show(TEXT)
    assert (len(bench.sent), waited) == (4, [0])


def test_an_answer_that_comes_late_makes_a_silent_bar_well_again_and_its_text_is_due():
    bench, revived = Bench(), []
    bench.driver.revived = lambda: revived.append(True)
    bench.bar.power_off()
    with pytest.raises(DeviceError):
        bench.show(TEXT)
    bench.driver.heard(a090.Ack(3))
    assert (revived, bench.states) == ([True], ["fault", "ok"])
    bench.bar.power_on()
    assert bench.show(TEXT) == {"acknowledged": True}


def test_an_answer_to_the_second_try_is_enough():
    bench = Bench()
    bench.bar.power_off()
    threading.Timer(0.03, bench.bar.power_on).start()
    assert bench.show(TEXT) == {"acknowledged": True}


def test_another_bars_text_is_not_shown():
    bench = Bench(address=3, heard_address=4)
    with pytest.raises(DeviceError):
        bench.show(TEXT)
    assert bench.bar.text == ""


def test_a_bar_wired_one_way_is_not_waited_for():
    bench = Bench(answers=False)
    bench.bar.power_off()
    assert bench.show(TEXT) == {"acknowledged": False}


def test_a_wrong_checksum_or_colour_changes_nothing_on_the_bar():
    bench = Bench()
    bench.bar.hear(VECTOR[:-1] + b"\x00")
    bench.bar.hear(a090.encode(a090.Frame(3, a090.SHOW, b"A\x09")))
    assert bench.bar.text == ""


def test_a_colour_that_no_bar_has_is_refused():
    with pytest.raises(DeviceError) as refused:
        Bench().show(TEXT, "purple")
    assert refused.value.code == "cannot"


def test_the_power_on_text_is_stored_once_and_shown_when_the_bar_is_switched_on():
    bench = Bench(power_on_text="欢迎光临")
    for _ in range(2):
        bench.driver.open()
    assert bench.sent == [a090.encode(a090.store(3, "欢迎光临"))]
    bench.show(TEXT)
    bench.bar.power_off()
    bench.bar.power_on()
    assert bench.bar.text == "欢迎光临"


def test_the_answer_to_something_else_is_no_answer_to_a_text():
    bench = Bench()
    bench.driver.heard(a090.Ack(3, a090.STORE))
    assert not bench.driver.is_answer(a090.Ack(3, a090.SPEAK))
    assert bench.driver.is_answer(a090.Ack(3))
