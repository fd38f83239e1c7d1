"""Four families of bars that are told a text and never answer: their wire formats, and what is theirs alone."""

import random
import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices import gbk
from devices.driver import DeviceSpec, Job
from devices.line import Line
from displays.bars import aabb, ruize, yongtai, zhongyi
from displays.bars.aabb_bar import AabbBar, VirtualAabb
from displays.bars.bar import OneTextPanel
from displays.bars.yongtai_bar import VirtualYongtai, YongtaiBar
from displays.bars.zhongyi_bar import ZhongyiBar, ZhongyiPanel

TEXT = "请A001到3号窗口"
VECTORS = {
    aabb: ("AA 03 BB 51 54 A1 01 00 99 00 63 C7 EB 41 30 30 31 B5 BD 33 BA C5 B4 B0 BF DA FF", aabb.Frame(3, TEXT)),
    ruize: (
        "83 C0 44 0C 07 0E 0B 41 30 30 31 0B 05 0B 0D 33 0B 0A 0C 05 0B 04 0B 00 0B 0F 0D 0A 1A",
        ruize.Frame(3, TEXT),
    ),
    zhongyi: (
        "03 FE 1B 01 86 3C 00 05 00 C7 EB 41 30 30 31 B5 BD 33 BA C5 B4 B0 BF DA 00 BD C9",
        zhongyi.Frame(3, TEXT),
    ),
    yongtai: ("AA 55 14 03 F8 21 00 C7 EB 41 30 30 31 B5 BD 33 BA C5 B4 B0 BF DA 00", yongtai.Text(3, TEXT)),
}
MOST = {aabb: 255, ruize: ruize.MAX_ADDRESS, zhongyi: 255, yongtai: 255}
NEVER = b"\x00\x10\x20"  # no frame of these families begins or ends within such bytes

families = pytest.mark.parametrize("codec", VECTORS, ids=lambda codec: codec.__name__.rpartition(".")[2])


def vector(codec):
    raw, frame = VECTORS[codec]
    return bytes.fromhex(raw), frame


def fed(codec, *pieces):
    tokenizer = codec.tokenizer()
    return [frame for piece in pieces for frame in tokenizer.feed(piece)]


@families
def test_the_vector_is_written_and_read(codec):
    raw, frame = vector(codec)
    assert raw == codec.encode(frame)
    assert [frame] == fed(codec, raw)


def test_the_other_frames_are_written_as_the_source_says():
    """A panel's P1 P2 and 8C 00, and the announcement of 15 bytes that goes before a text of yongtai."""
    assert bytes.fromhex("08 02 99 00 63 C7 EB") in aabb.encode(aabb.Frame(3, TEXT, aabb.EFFECTS["now"], 2))
    assert bytes.fromhex("03 FE 18 01 8C 00 C7 EB") == zhongyi.encode(zhongyi.Frame(3, TEXT, 1, zhongyi.PANEL))[:8]
    assert bytes.fromhex("AA 55 04 03 F8 51 0F 00") == yongtai.encode(yongtai.show(3, TEXT)[0])


@families
def test_a_vector_is_read_byte_by_byte(codec):
    raw, frame = vector(codec)
    assert [frame] == fed(codec, *(bytes((byte,)) for byte in raw))


def frames(codec, address, text, size):
    """Frames of every kind that a family has."""
    kinds = {
        aabb: [aabb.Frame(address, text), aabb.Frame(address, text, 8, 2, size % 128, 1, 99)],
        ruize: [ruize.Frame(address, text)],
        zhongyi: [zhongyi.Frame(address, text, size), zhongyi.Frame(address, text, size, zhongyi.PANEL)],
        yongtai: [yongtai.Announcement(address, size), yongtai.Text(address, text)],
    }
    return kinds[codec]


@families
@given(data=st.data(), text=st.text(max_size=200), size=st.integers(0, 255))
def test_any_text_to_any_address_arrives_as_much_as_fits(codec, data, text, size):
    address = data.draw(st.integers(0, MOST[codec]))
    shown = gbk.fitted(text, codec.MAX_TEXT).decode("gbk")
    sent = frames(codec, address, text, size)
    assert frames(codec, address, shown, size) == [codec.decode(codec.encode(frame)) for frame in sent]
    assert frames(codec, address, shown, size) == fed(codec, b"".join(map(codec.encode, sent)))


@families
@given(data=st.data())
def test_a_frame_that_breaks_off_costs_no_frame_after_it(codec, data):
    """Noise before, between and after, whatever the cuts: each whole frame is found."""
    raw, frame = vector(codec)
    noise = st.sampled_from([raw[:n] for n in range(len(raw))]) | st.just(NEVER)
    parts = data.draw(st.lists(noise, min_size=1, max_size=4))
    stream = b"".join(before + raw for before in parts) + data.draw(noise)
    cut = data.draw(st.integers(0, len(stream)))
    assert [frame] * len(parts) == [found for found in fed(codec, stream[:cut], stream[cut:]) if found == frame]


@families
@given(data=st.data())
def test_noise_inside_a_frame_costs_that_frame_only(codec, data):
    raw, frame = vector(codec)
    at, inside = data.draw(st.integers(1, len(raw) - 1)), data.draw(st.binary(min_size=1, max_size=4))
    # Without a length, or with one that has been hit, a broken frame may go on into the first good one.
    assert frame == fed(codec, raw[:at] + inside + raw[at:] + NEVER + raw + NEVER + raw)[-1]


@pytest.mark.parametrize("codec", [aabb, zhongyi], ids=["aabb", "zhongyi"])
@given(data=st.data())
def test_with_a_checksum_no_wrong_byte_is_taken_for_the_text(codec, data):
    raw, frame = vector(codec)
    wrong = bytearray(raw)
    wrong[data.draw(st.integers(0, len(raw) - 1))] ^= data.draw(st.integers(1, 255))
    assert all(found.address != 3 or found == frame for found in fed(codec, bytes(wrong)))


@families
def test_a_wrong_tail_is_no_frame(codec):
    raw, _ = vector(codec)
    assert fed(codec, raw[:-1] + b"\x07") == []


@pytest.mark.parametrize(
    ("codec", "raw"),
    [
        (ruize, "83 C0 44 0C 07 0E 1A"),  # three nibbles
        (ruize, "83 C0 44 0C 41 0E 0B 1A"),  # a letter among nibbles
        (ruize, "83 C0 44 41 07 1A"),
        (yongtai, "AA 55 07 03 F8 21 01 41 30 00"),
        (yongtai, "AA 55 06 03 F8 21 00 C7 00"),
        (yongtai, "AA 55 05 03 F8 51 0F 00 00"),
        (aabb, "AA 03 BB 51 54 3F 01 00 99 00 63 01 42 FF"),
        (aabb, "AA 03 BB 51 44 A1 08 00 99 00 41 42 FF"),
        (zhongyi, "03 FE 08 01 8C 00 76 A4"),
    ],
)
def test_what_is_no_text_is_no_frame(codec, raw):
    assert fed(codec, bytes.fromhex(raw)) == []


@families
def test_endless_bytes_are_not_kept(codec):
    """A stream that looks like a frame without an end is given up at the longest frame there is."""
    raw, _ = vector(codec)
    tokenizer = codec.tokenizer()
    tokenizer.feed(raw[:-1] + b"A" * 5000)
    assert len(tokenizer._held) <= 600


class Seen:
    """A wire that keeps what is written and when; a sink that keeps nothing."""

    up, is_open, in_waiting = True, True, 0

    def __init__(self):
        self.frames, self.times = [], []

    def write(self, data, rest_s=0.0):
        self.frames.append(data)
        self.times.append(time.monotonic())

    def read(self, most):
        threading.Event().wait(0.02)
        return b""

    def close(self):
        pass

    state = far = lambda self, *a, **k: None


def spec(driver, kind="bar", address=3, **options):
    return DeviceSpec("d", kind, driver, "l1", address, options=options)


def test_after_a_frame_of_aabb_the_line_rests_a_tenth_of_a_second():
    """Two bars are told at once; the second hears it when the first's frame has left the wire and 100 ms more."""
    port = Seen()
    line = Line("l1", "here", 9600, opener=lambda *_: port, chance=random.random)
    line.start()
    try:
        while not line.up:
            threading.Event().wait(0.01)
        for address in (3, 4):
            AabbBar(spec("aabb", address=address), port, line).do(Job("1", "d", "show", {"text": TEXT}))
    finally:
        line.stop()
    assert len(port.frames) == 2
    assert port.times[1] - port.times[0] >= 0.1 + len(port.frames[0]) * 10 / 9600


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("AA 01 BB 51 54 72 01 00 00 02 63 41 42 BB B6 D3 AD B9 E2 C1 D9 31 32 FF", "AB欢迎光临12"),
        ("AA 01 BB 51 54 D5 0B 07 63 01 63 BF D5 B3 B5 FF", "空车"),
    ],
)
def test_frames_of_other_programs_for_aabb_do_not_count_the_tail(raw, text):
    """Two public programs that know nothing of each other; their bars are told by option what counts."""
    frame = aabb.decode(bytes.fromhex(raw), tail_counted=False)
    assert (frame.address, frame.text) == (1, text)
    bars = [VirtualAabb(spec("aabb", address=1, tail_in_sum=counts), Seen()) for counts in (False, True)]
    for bar in bars:
        bar.hear(bytes.fromhex(raw))
    assert [bar.text for bar in bars] == [text, ""]


def test_the_options_of_an_aabb_bar_reach_it():
    wire = Seen()
    options = {"effect": "flash", "effect_speed": 5, "tail_in_sum": False}
    AabbBar(spec("aabb", **options), wire, wire).do(Job("1", "d", "show", {"text": TEXT}))
    assert [aabb.encode(aabb.Frame(3, TEXT, 7, 5), tail_counted=False)] == wire.frames
    for wrong in ({"effect": "jump"}, {"effect_speed": 8}):
        with pytest.raises(ValueError):
            AabbBar(spec("aabb", **wrong), wire, wire)


def test_zeros_after_the_announcement_of_yongtai_are_nothing_to_the_bar():
    wire, bar = Seen(), VirtualYongtai(spec("yongtai-aa55"), Seen())
    YongtaiBar(spec("yongtai-aa55", zeros=21), wire, wire).do(Job("1", "d", "show", {"text": TEXT}))
    assert bytes.fromhex("AA 55 04 03 F8 51 0F 00") + bytes(21) == wire.frames[0]
    for raw in wire.frames:
        bar.hear(raw)
    assert bar.text == TEXT


def test_each_frame_of_zhongyi_has_the_next_number_from_1_to_255():
    wire = Seen()
    bar = ZhongyiBar(spec("zhongyi-fe"), wire, wire)
    for _ in range(256):
        bar.do(Job("1", "d", "show", {"text": "A001"}))
    assert [*range(1, 256), 1] == [zhongyi.decode(raw).sequence for raw in wire.frames]


def test_a_text_of_yongtai_that_was_not_announced_so_long_is_not_shown():
    bar = VirtualYongtai(spec("yongtai-aa55"), Seen())
    announcement, text = map(yongtai.encode, yongtai.show(3, TEXT))
    bar.hear(text)
    assert bar.text == ""
    bar.hear(yongtai.encode(yongtai.Announcement(3, 14)) + text)
    assert bar.text == ""
    bar.hear(announcement + text)
    assert bar.text == TEXT


def test_a_panel_of_one_text_shows_the_newest_call_or_as_many_as_it_is_told():
    rows = {"rows": [{"text": "A003→1号窗口"}, {"text": "A002→2号窗口"}, {"text": ""}]}
    for options, wanted in (({}, "A003→1号窗口"), ({"rows": 3}, "A003→1号窗口  A002→2号窗口")):
        wire = Seen()
        panel = ZhongyiPanel(spec("zhongyi-fe-panel", "panel", **options), wire, wire)
        assert isinstance(panel, OneTextPanel)
        panel.do(Job("1", "d", "rows", rows))
        assert [wanted] == [zhongyi.decode(raw).text for raw in wire.frames]
