"""Packets and areas of onbon BX cards: as the sources have them, and found in any stream."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices import gbk
from displays.bars import onbon, onbon_area
from displays.bars.onbon import ASKING, TELLING, Packet, request
from displays.bars.onbon_area import Area

TEXT = "请A001到3号窗口"


def wire(body):
    return bytes.fromhex("A5" * 8 + body)


PING = wire("01 00 00 80 00 00 00 00 00 00 FE 02 05 00 A2 00 01 00 00 68 F8 5A")
DYNAMIC = wire(
    "01 00 01 80 00 00 00 00 00 00 61 02 36 00 A3 06 01 00 00 00 01 2D 00 00 00 80 00 00 40 80 10 00 00 00 00 00 00"
    "00 00 00 02 02 01 00 0A 0A 12 00 00 00 5C 43 31 C7 EB 41 30 30 31 B5 BD 33 BA C5 B4 B0 BF DA DC 7E 5A"
)
# From independent firmware (docs/wire/onbon-bx.md).
STATUS = wire("01 00 00 80 00 00 00 00 00 00 FE 02 05 00 A1 02 01 00 00 2D 40 5A")
ANSWER = wire("00 80 01 00 00 00 00 00 00 00 FE 02 05 00 A0 00 00 00 00 64 DC 5A")
ALL_AWAY = wire("01 00 00 80 00 00 00 00 00 00 FE 02 07 00 A3 06 01 02 00 FF 00 67 CC 5A")
LEVEL_12 = wire("01 00 00 80 00 00 00 00 00 00 FE 02 07 00 A3 02 01 02 00 01 0C 26 2D 5A")
TEMPERATURE = wire(
    "01 00 00 80 00 00 00 00 00 00 FE 02 35 00 A3 06 02 00 00 00 01 2C 00 00 00 00 0C 00 40 00 0C 00 01 0A 01 02 00"
    "00 00 00 01 01 01 00 17 02 11 00 00 00 5C 46 4F 30 30 30 54 45 4D 50 45 52 3A 32 31 A1 E6 82 DA 5A"
)
VECTORS = [PING, DYNAMIC, STATUS, ANSWER, ALL_AWAY, LEVEL_12, TEMPERATURE]

area = Area(onbon_area.marked([(TEXT, "red")]), width=64, height=16)
numbers = st.integers(0, 0xFFFF)
packets = st.builds(
    Packet, numbers, numbers,
    st.binary(max_size=60) | st.lists(st.sampled_from(b"\xa5\xa6\x5a\x5b\x01\x02")).map(bytes),
    st.integers(0, 255), st.integers(0, 1),
)  # fmt: skip
areas = st.builds(
    Area, st.text(max_size=40).map(gbk.readable), st.integers(1, 0x7FFF), st.integers(1, 0xFFFF),
    st.integers(0, 0x7FFF), numbers, st.integers(0, 255), st.sampled_from(sorted(onbon_area.RUN_MODES)), numbers,
    st.sampled_from(sorted(onbon_area.EFFECTS)), st.integers(0, 24), st.integers(0, 255), st.integers(0, 255),
    st.integers(1, 2), st.integers(1, 2),
)  # fmt: skip


def fed(*pieces):
    tokenizer = onbon.tokenizer()
    return [packet for piece in pieces for packet in tokenizer.feed(piece)]


def test_the_vectors_are_written():
    assert onbon.encode(Packet(1, ASKING, request(onbon.PING))) == PING
    assert onbon.encode(Packet(1, TELLING, onbon_area.show(area), card=0x61)) == DYNAMIC
    assert onbon.encode(Packet(1, ASKING, request(onbon.STATUS))) == STATUS
    assert onbon.encode(Packet(ASKING, 1, onbon.answer())) == ANSWER


def test_the_vectors_are_read():
    assert fed(*VECTORS) == [onbon.decode(raw) for raw in VECTORS]
    assert onbon_area.told(onbon.decode(DYNAMIC).data) == ([], [area])
    assert onbon_area.told(onbon.decode(ALL_AWAY).data) == (None, [])
    assert onbon.decode(LEVEL_12).data[5:] == onbon.brightness(12)[5:]


def test_an_area_of_other_firmware_is_read_in_units_of_8_pixels():
    _, (read,) = onbon_area.told(onbon.decode(TEMPERATURE).data)
    assert (read.y, read.width, read.height, read.id, read.run_mode) == (12, 64 * 8, 12, 1, "hold")
    assert onbon_area.rows_of(read.text) == [("TEMPER:21℃", "red")]


@pytest.mark.parametrize("raw", VECTORS, ids=range(len(VECTORS)))
def test_a_vector_is_read_byte_by_byte(raw):
    assert fed(*(bytes((byte,)) for byte in raw)) == [onbon.decode(raw)]


@given(packets)
def test_any_packet_arrives_and_nothing_inside_looks_like_a_begin_or_an_end(packet):
    raw = onbon.encode(packet)
    assert fed(raw) == [packet]
    assert not {0xA5, 0x5A} & set(raw[8:-1])


@given(areas, st.integers(0, 3))
def test_any_area_arrives(one, more):
    assert onbon_area.told(onbon_area.show(*[one] * more)) == ([], [one] * more)


@given(st.lists(st.integers(0, 255), min_size=1, max_size=9))
def test_what_is_taken_away_is_read(ids):
    assert onbon_area.told(onbon_area.take_away(*ids)) == (ids, [])
    assert onbon_area.told(onbon_area.take_away()) == (None, [])


@given(st.lists(st.tuples(st.text(max_size=30), st.sampled_from(sorted(onbon_area.COLOURS))), min_size=1, max_size=4))
def test_rows_are_shown_as_told_whatever_marks_visitors_write(rows):
    shown = [(gbk.readable(text.replace("\\", "＼")), colour) for text, colour in rows]
    assert onbon_area.rows_of(onbon_area.marked(rows)) == shown
    assert onbon_area.rows_of(onbon_area.marked(rows, font=2)) == shown


@given(st.lists(st.just(("很长" * 500, "green")), min_size=1, max_size=8))
def test_rows_too_long_for_a_packet_end_after_a_whole_character(rows):
    packet = Packet(1, TELLING, onbon_area.show(Area(onbon_area.marked(rows, 1))))
    _, (read,) = onbon_area.told(onbon.decode(onbon.encode(packet)).data)
    shown = [text for text, _ in onbon_area.rows_of(read.text)]
    assert len(shown) == len(rows)
    assert all(len(text) > 40 and ("很长" * 500).startswith(text) for text in shown)


noise = st.binary(max_size=20) | st.sampled_from([raw[:n] for raw in VECTORS for n in range(len(raw))])


@given(st.lists(st.tuples(noise, st.sampled_from(VECTORS)), max_size=4), noise, st.integers(0, 300))
def test_noise_before_between_and_after_and_cuts_swallow_no_packet(parts, after, cut):
    stream = b"".join(before + raw for before, raw in parts) + after
    left = iter(fed(stream[:cut], stream[cut:]))
    assert all(onbon.decode(raw) in left for _, raw in parts)


@given(st.sampled_from(VECTORS), st.data())
def test_noise_inside_a_packet_costs_that_packet_only(raw, data):
    at, inside = data.draw(st.integers(1, len(raw) - 1)), data.draw(st.binary(min_size=1, max_size=4))
    assert fed(raw[:at] + inside + raw[at:] + PING)[-1] == onbon.decode(PING)


@given(st.sampled_from(VECTORS), st.data())
def test_no_wrong_byte_is_taken_for_the_packet_or_another(raw, data):
    at, change = data.draw(st.integers(8, len(raw) - 1)), data.draw(st.integers(1, 255))
    assert fed(raw[:at] + bytes((raw[at] ^ change,)) + raw[at + 1 :]) == []


def test_first_bytes_lost_when_the_wire_turns_cost_nothing():
    assert [fed(PING[lost:]) for lost in range(8)] == [[onbon.decode(PING)]] * 8
    assert fed(PING[8:]) == []


@pytest.mark.parametrize(
    "body",
    [
        "01 00 00 80 00 00 00 00 00 00 FE 02 06 00 A2 00 01 00 00",  # a size that is not that of the data
        "01 00 00 80 00 00 00 00 01 00 FE 02 05 00 A2 00 01 00 00",  # a sum where we want a CRC
        "01 00 00 80 00 00 00 00 00 00 FE 05 05 00 A2 00 01 00 00",  # another version
        "01 00",
    ],
)
def test_a_packet_with_a_right_crc_and_a_wrong_head_is_none(body):
    plain = bytes.fromhex(body)
    crc = onbon.crc16_arc(plain).to_bytes(2, "little")
    assert fed(b"\xa5" * 8 + onbon._escaped(plain + crc) + b"\x5a") == []


@pytest.mark.parametrize("escape", ["A6 03", "A6 A6", "5B 00", "A6"])
def test_an_unknown_escape_is_no_packet(escape):
    with pytest.raises(ValueError):
        onbon.decode(PING[:-1] + bytes.fromhex(escape) + PING[-1:])


def test_a_stuck_wire_is_not_kept():
    tokenizer = onbon.tokenizer()
    for stuck in (b"\xa5" * 3000, b"\x00" * 6000):
        tokenizer.feed(stuck)
        assert len(tokenizer._held) < 2100


@pytest.mark.parametrize(
    "wrong",
    [
        {"width": 0}, {"width": 0x8000}, {"speed": 25}, {"effect": "jump"}, {"run_mode": "never"}, {"id": 256},
        {"timeout_s": -1},
    ],
)  # fmt: skip
def test_what_no_card_can_do_is_told_with_its_name(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Area("A001", **wrong)


@given(st.binary(max_size=60))
def test_whatever_stands_in_an_area_is_read_or_refused(data):
    try:
        onbon_area.told(request(onbon.AREA, data))
    except ValueError:
        return
