"""The wire formats of bars and panels: what every one of them keeps, byte by byte, in good and bad weather."""

from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices import gbk
from displays.bars import armfly, dwin, f001d0, fk64

TEXT = "请A001到3号窗口"


@dataclass(frozen=True)
class Wire:
    """A format: its functions, and vectors with the frame each one is; `checked`: its frames carry a checksum."""

    name: str
    tokenizer: Any
    encode: Any
    decode: Any
    vectors: dict[str, Any]
    checked: bool = True

    @property
    def raws(self):
        return [bytes.fromhex(vector) for vector in self.vectors]


WIRES = [
    Wire("f001d0", f001d0.tokenizer, f001d0.encode, f001d0.decode, {
        "F0 01 D0 01 01 01 10 00 C7 EB 41 30 30 31 B5 BD 33 BA C5 B4 B0 BF DA 79": f001d0.Line(1, TEXT),
        "F0 01 D0 02 02 01 03 01 41 30 3B": f001d0.Line(2, "A0", "green", f001d0.LEFT),
    }),
    Wire("fk-64", fk64.tokenizer, fk64.encode, fk64.decode, {
        "00 64 FF FF 62 22 00 15 01 00 05 00 01 03 00 FF 00 00 00 00 00 00 00 0F 00"
        "C7 EB 41 30 30 31 B5 BD 33 BA C5 B4 B0 BF DA B7 EB": fk64.Show(0, TEXT),
        "03 64 FF FF 62 01 00 A4 6A": fk64.Answer(3),
    }),
    Wire("armfly ASCII", armfly.ascii_tokenizer, armfly.encode_ascii, armfly.decode_ascii, {
        b"$001,8.8.8.#".hex(): armfly.Show(1, "8.8.8."),
        b"$001,02&".hex(): armfly.Ask(1, armfly.MODEL),
    }, checked=False),
    Wire("armfly Modbus, to the tubes", armfly.requests, armfly.encode_modbus, armfly.decode_request, {
        "01 10 00 70 00 04 08 38 2E 38 2E 38 2E 38 2E 29 BE": armfly.Show(1, "8.8.8.8."),
    }),
    Wire("armfly Modbus, from the tubes", armfly.answers, armfly.encode_modbus, armfly.decode_answer, {
        "01 10 00 70 00 04 C0 11": armfly.Taken(1, 4),
        "01 90 02 CD C1": armfly.Refused(1, 2),
    }),
    Wire("dwin-5aa5", dwin.tokenizer, dwin.encode, dwin.decode, {
        "5A A5 07 82 10 00 41 30 FF FF": dwin.Write(0x1000, b"A0\xff\xff"),
        "5A A5 03 82 4F 4B": dwin.Taken(),
        "5A A5 04 83 00 0F 01": dwin.Read(dwin.VERSION),
    }, checked=False),
]  # fmt: skip

wires = pytest.mark.parametrize("wire", WIRES, ids=lambda wire: wire.name)
checked = pytest.mark.parametrize("wire", [wire for wire in WIRES if wire.checked], ids=lambda wire: wire.name)


@wires
def test_each_vector_is_written_and_read_byte_by_byte(wire):
    for raw, frame in zip(wire.raws, wire.vectors.values(), strict=True):
        tokenizer = wire.tokenizer()
        assert wire.encode(frame) == raw
        assert [frame] == [found for byte in raw for found in tokenizer.feed(bytes((byte,)))]


@wires
@given(data=st.data())
def test_the_cuts_between_reads_do_not_matter(wire, data):
    parts = data.draw(st.lists(st.sampled_from(wire.raws), max_size=5))
    stream, tokenizer, found = b"".join(parts), wire.tokenizer(), []
    for cut in [*data.draw(st.lists(st.integers(1, 30), max_size=40)), len(stream)]:
        piece, stream = stream[:cut], stream[cut:]
        found += tokenizer.feed(piece)
    assert parts == [wire.encode(frame) for frame in found]


@wires
@given(data=st.data())
def test_noise_before_and_between_swallows_no_frame(wire, data):
    longest = max(wire.raws, key=len)
    noise = st.binary(max_size=20) | st.integers(0, len(longest) - 1).map(lambda n: longest[:n])
    parts = data.draw(st.lists(st.tuples(noise, st.sampled_from(wire.raws)), max_size=4))
    found = wire.tokenizer().feed(b"".join(before + raw for before, raw in parts))
    left = iter([wire.encode(frame) for frame in found])
    assert all(raw in left for _, raw in parts)


@wires
@given(data=st.data())
def test_noise_inside_a_frame_costs_that_frame_only(wire, data):
    raw = data.draw(st.sampled_from(wire.raws))
    at = data.draw(st.integers(1, len(raw) - 1))
    inside = data.draw(st.binary(min_size=1, max_size=4))
    found = wire.tokenizer().feed(raw[:at] + inside + raw[at:] + raw)
    assert wire.decode(raw) == found[-1]


@checked
@given(data=st.data())
def test_a_wrong_byte_is_no_frame(wire, data):
    raw = bytearray(data.draw(st.sampled_from(wire.raws)))
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= data.draw(st.integers(1, 255))
    assert wire.tokenizer().feed(bytes(raw)) == []


@wires
@given(data=st.data())
def test_what_is_not_one_whole_frame_is_refused(wire, data):
    raw = data.draw(st.sampled_from(wire.raws))
    for wrong in (raw[:-1], raw + b"\x00", raw[1:], b"\x00" * len(raw)):
        with pytest.raises(ValueError, match=r"\w"):
            wire.decode(wrong)


CARRIES = {
    "f001d0": (f001d0, lambda text: f001d0.Line(3, text, "green"), lambda frame: frame.text, f001d0.MAX_TEXT),
    "fk-64": (fk64, lambda text: fk64.Show(3, text, "yellow"), lambda frame: frame.text, fk64.MAX_TEXT),
    "dwin gbk": (dwin, lambda text: dwin.show(0x1000, text), dwin.shown, dwin.MAX_TEXT),
}


@pytest.mark.parametrize("name", CARRIES)
@given(text=st.text(max_size=40) | st.text("→号A王䶮😀", min_size=100, max_size=200))
def test_any_text_arrives_readable_and_whole_up_to_the_last_character_that_fits(name, text):
    codec, make, read, most = CARRIES[name]
    raw = codec.encode(make(text))
    (arrived,) = codec.tokenizer().feed(raw)
    assert codec.encode(arrived) == raw
    whole, seen = gbk.readable(text), read(arrived)
    assert whole.startswith(seen.rstrip(" ")) or seen == whole + " "
    if seen.rstrip(" ") != whole.rstrip(" "):
        assert len(whole[: len(seen) + 1].encode("gbk")) > most


@given(st.text(max_size=200))
def test_a_screen_with_unicode_shows_rare_characters_as_they_are(text):
    seen = dwin.shown(dwin.decode(dwin.encode(dwin.show(0x1000, text, "ucs2"))), "ucs2")
    assert "䶮" not in text or "䶮" in seen or len(seen) == dwin.MAX_TEXT // 2
    assert all(char.isprintable() or ord(char) >= 0x20 for char in seen)


def test_a_sample_of_a_public_receiver_of_fk_64_is_read():
    raw = bytes.fromhex("0064FFFF6225001501000215010300FF000000000000001200BBB6D3ADB9E2C1D9C7EBC8EBB3A1CDA3B3B5F4F5")
    assert [fk64.Show(0, "欢迎光临请入场停车")] == fk64.tokenizer().feed(raw)


@pytest.mark.parametrize(
    ("number", "count", "letters", "seen"),
    [
        ("A001", 4, False, " 001"),
        ("A001", 4, True, "A001"),
        ("A001", 3, True, "001"),
        ("VIP1207", 4, False, "1207"),
        ("①12", 4, True, "  12"),
        ("", 4, True, "    "),
    ],
)
def test_tubes_show_the_digits_of_a_number_and_the_last_ones_if_they_are_few(number, count, letters, seen):
    assert seen == armfly.tubes(number, count, letters)


@given(st.text(max_size=20), st.integers(1, armfly.MAX_TUBES), st.booleans(), st.integers(1, 255))
def test_whatever_the_number_both_forms_can_carry_it(number, count, letters, address):
    frame = armfly.Show(address, armfly.tubes(number, count, letters))
    assert [frame] == armfly.ascii_tokenizer().feed(armfly.encode_ascii(frame))
    assert [frame] == armfly.requests().feed(armfly.encode_modbus(frame))


def test_tubes_and_screens_are_found_by_what_they_answer():
    assert armfly.PROBE.ask(3) == b"$003,02&"
    assert armfly.PROBE.recognise(b"\x00LED-485-054\r\n") == "LED-485-054"
    assert armfly.PROBE.recognise(b"LED-4") == ""
    assert dwin.PROBE.recognise(b"\x00" + dwin.encode(dwin.Read(dwin.VERSION, 1, b"\x65\x12"))).endswith("6512")
    assert dwin.PROBE.recognise(dwin.PROBE.ask(0)) == ""
