"""The bytes of ESC/POS, both ways: every vector of the protocol page, and no other command whatever a slip says."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from printers import escpos, native, raster
from printers.decode import Command, Tokenizer
from printers.slip import Slip


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (escpos.status(1), "10 04 01"),
        (escpos.status(2), "10 04 02"),
        (escpos.status(3), "10 04 03"),
        (escpos.status(4), "10 04 04"),
        (escpos.PAPER_WHEN_REACHED, "1D 72 01"),
        (escpos.CHINESE_ON, "1C 26"),
        (escpos.CHINESE_OFF, "1C 2E"),
        (escpos.size(2), "1D 21 11 1C 57 01"),
        (escpos.size(1), "1D 21 00 1C 57 00"),
        (escpos.CUT, "1D 56 42 00"),
        (escpos.text("请A001到3号窗口"), "1C 26 C7 EB 41 30 30 31 B5 BD 33 BA C5 B4 B0 BF DA 1C 2E"),
        (escpos.text("，：￥①"), "1C 26 A3 AC A3 BA A3 A4 A2 D9 1C 2E"),
        (
            escpos.qr("A", 5, "m"),
            " ".join(
                (
                    "1D 28 6B 04 00 31 41 32 00",
                    "1D 28 6B 03 00 31 43 05",
                    "1D 28 6B 03 00 31 45 31",
                    "1D 28 6B 04 00 31 50 30 41",
                    "1D 28 6B 03 00 31 51 30",
                )
            ),
        ),
    ],
)
def test_vectors(made, expected):
    """PROTOCOLS §6, byte for byte."""
    assert made.hex(" ").upper() == expected


def test_chinese_is_never_sent_as_japanese():
    """1C 43 selects JIS codes; a Chinese printer that is sent it prints nonsense."""
    tokens = Tokenizer()

    tokens.feed(b"\x1cC\x01")

    assert tokens.errors


@pytest.mark.parametrize(("size", "bands"), [((16, 3), 1), ((576, 240), 1), ((570, 241), 2), ((384, 1000), 5)])
def test_a_picture_goes_in_bands_of_whole_rows(size, bands):
    """1D 76 30: width in bytes, height in rows, both little end first, one bit a dot, 1 is black."""
    commands = Tokenizer().feed(escpos.picture(Image.new("1", size, 0)))

    assert [c.name for c in commands] == ["picture"] * bands
    assert sum(c.values[2] for c in commands) == size[1]
    assert {c.values[1] for c in commands} == {(size[0] + 7) // 8}
    assert commands[0].data[0] == 0xFF


@given(st.binary(max_size=400))
def test_a_picture_never_hides_a_command_that_acts_at_once(dots):
    """10 04, 10 05 and 10 14 are obeyed inside a picture too, so the picture is thickened by a dot there."""
    calmed = escpos.calm(dots)

    assert len(calmed) == len(dots)
    assert not any(trigger in calmed for trigger in (b"\x10\x04", b"\x10\x05", b"\x10\x14"))
    assert sum((a ^ b).bit_count() for a, b in zip(dots, calmed, strict=True)) == sum(
        a != b for a, b in zip(dots, calmed, strict=True)
    )


ODD = st.text(max_size=60) | st.text(
    alphabet="\x1b\x1c\x1d\x10\x04@!(kvV\n\r\x00\x7f\x9b请①￥，𠮷㛃😀\u202e\ue000é", max_size=60
)


@pytest.fixture(scope="module")
def printer():
    """A virtual printer that is spoken to directly; the wire is another test's matter."""
    from devices.driver import DeviceSpec
    from printers.virtual import VirtualPrinter

    class Nobody:
        def slip(self, png, lines): ...
        def far(self, **seen): ...

    it = VirtualPrinter(DeviceSpec("p", "printer", "escpos"), Nobody())
    yield it
    it.close()


@settings(max_examples=60, deadline=None)
@given(data=st.data(), mode=st.sampled_from(["native 9600", "native 1200", "raster"]))
def test_no_words_in_any_field_become_a_command(printer, slip_data, data, mode):
    """Names cannot inject: whatever the fields hold, the printer finds our commands, no error, and one slip."""
    fields = ("hall", "service", "zone", "floor", "windows", "check", "wifi", "class", "kiosk", "url", "letter")
    odd = {key: data.draw(ODD, label=key) for key in fields} | {"materials": data.draw(st.lists(ODD, max_size=4))}
    slip = Slip.of(slip_data | odd)
    slips, wrong = len(printer.slips), list(printer.errors)
    if mode == "raster":
        sent = escpos.RESET + escpos.picture(raster.draw(slip)) + escpos.CUT
    else:
        sent = native.compose(slip, 80, int(mode.split()[1]))

    printer.hear(sent)

    assert printer.errors == wrong
    assert len(printer.slips) == slips + 1
    names = {command.name for command in Tokenizer().feed(sent)}
    assert names <= {
        *("reset", "char", "line", "feed", "pitch", "size", "double", "bold", "reverse", "align"),
        *("chinese", "latin", "picture", "symbol", "cut"),
    }


@given(seed=st.integers())
@settings(max_examples=30, deadline=None)
def test_it_does_not_matter_how_the_bytes_arrive(slip_data, seed):
    """Byte by byte, in random pieces or at once: the same commands."""
    sent = native.compose(Slip.of(slip_data)) + escpos.status(1) + escpos.PAPER_WHEN_REACHED
    chance = random.Random(seed)
    tokens, pieces, at = Tokenizer(), [], 0
    while at < len(sent):
        step = chance.choice((1, 2, 3, 50, 500))
        pieces += tokens.feed(sent[at : at + step])
        at += step

    assert pieces == Tokenizer().feed(sent)
    assert pieces[-2:] == [Command("status", (1,)), Command("paper", (1,))]
    assert tokens.errors == []


@given(st.binary(max_size=200))
def test_noise_is_errors_and_never_a_crash(noise):
    """A strict printer survives what is not ESC/POS, and the next slip after a clear is heard."""
    tokens = Tokenizer()
    tokens.feed(noise)

    heard = tokens.feed(b"\x00" + escpos.CLEAR + escpos.RESET + escpos.CUT)

    assert [c.name for c in heard][-2:] == ["reset", "cut"]
