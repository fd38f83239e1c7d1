"""ESC/POS, host to printer: every command this product sends, as bytes. Pure; nothing here touches a wire.

    1B 40            reset                1C 26 / 1C 2E    Chinese mode on / off
    1B 61 n          align 0 1 2          1C 57 n          Chinese characters double size
    1B 45 n          bold                 1D 21 wh         size: (w-1)<<4 | (h-1), 1 to 8 times
    1B 33 n          line pitch, dots     1D 42 n          white on black
    1B 64 n          feed n lines         1D 76 30 m xL xH yL yH data   a picture, x bytes wide, y rows
    1D 28 6B pL pH 31 fn …   QR           1D 56 42 n       feed to the cutter and n dots on, cut
    10 04 n          status, at once      1D 72 01         paper status, when the buffer comes to it
    10 14 08 …       clear the buffers    10 05 02         recover from an error, buffers cleared

Sources: PROTOCOLS §6; Epson's ESC/POS reference for 10 14 08, 10 05 02, 1D 42, 1B 33. See docs/wire/escpos.md.
"""

from __future__ import annotations

from collections.abc import Iterator

from PIL import Image

from printers import gb18030

RESET = b"\x1b@"
CHINESE_ON, CHINESE_OFF = b"\x1c&", b"\x1c."
CUT = b"\x1dVB\x00"
CUTS = {"part": CUT, "full": b"\x1dVA\x00", "none": b"\x1bd\x05"}
"""How a slip ends, by the option `cut`; none feeds it out far enough to be torn off."""
PAPER_WHEN_REACHED = b"\x1dr\x01"
CLEAR = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"
RECOVER = b"\x10\x05\x02"
LEFT, CENTRE, RIGHT = 0, 1, 2
BAND = 240  # rows in one 1D 76 30: small printers have a 256-row buffer
QR_LEVELS = {"l": 0x30, "m": 0x31, "q": 0x32, "h": 0x33}


def ended(slip: bytes, how: str) -> bytes:
    """A slip that ends in CUT, ended as this printer can."""
    return slip.removesuffix(CUT) + CUTS[how]


def status(n: int) -> bytes:
    """DLE EOT n, n 1 to 4. Answered at once, also when the printer is off-line."""
    return bytes((0x10, 0x04, n))


def align(where: int) -> bytes:
    return bytes((0x1B, 0x61, where))


def bold(on: bool) -> bytes:
    return bytes((0x1B, 0x45, on))


def reverse(on: bool) -> bytes:
    return bytes((0x1D, 0x42, on))


def pitch(dots: int) -> bytes:
    return bytes((0x1B, 0x33, dots))


def feed(lines: int) -> bytes:
    return bytes((0x1B, 0x64, lines))


def size(times: int) -> bytes:
    """1 to 8 times as wide and high. Chinese follows 1D 21 on some printers and only 1C 57 on others: both are sent."""
    if not 1 <= times <= 8:
        raise ValueError(f"ESC/POS characters grow 1 to 8 times, not {times}")
    return bytes((0x1D, 0x21, (times - 1) << 4 | (times - 1))) + bytes((0x1C, 0x57, times > 1))


def text(words: str) -> bytes:
    """Words without a line end, in Chinese mode: FS & … FS . (`FS &` each time: some printers forget it on FS W)."""
    return CHINESE_ON + gb18030.encode(words) + CHINESE_OFF


def line(words: str = "") -> bytes:
    return (text(words) if words else b"") + b"\n"


def qr(data: str, module: int, level: str = "m") -> bytes:
    """A QR by the printer itself: model 2, `module` dots a module, error level l m q h. `data` is ASCII."""
    stored = data.encode("ascii")
    return b"".join(
        (
            _symbol(0x41, b"\x32\x00"),
            _symbol(0x43, bytes((module,))),
            _symbol(0x45, bytes((QR_LEVELS[level],))),
            _symbol(0x50, b"0" + stored),
            _symbol(0x51, b"0"),
        )
    )


def picture(image: Image.Image, times: int = 1) -> bytes:
    """A mode "1" image (0 is black) as raster bands, printed 1 or 2 times as large. Width is padded to 8 dots."""
    if image.mode != "1":
        raise ValueError(f"a thermal head knows black and white, not mode {image.mode}")
    return b"".join(_bands(image, times))


def _bands(image: Image.Image, times: int) -> Iterator[bytes]:
    across = (image.width + 7) // 8
    mode = 3 if times == 2 else 0
    for top in range(0, image.height, BAND):
        rows = min(BAND, image.height - top)
        band = Image.new("1", (across * 8, rows), 1)
        band.paste(image.crop((0, top, image.width, top + rows)))
        black = bytes(byte ^ 0xFF for byte in band.tobytes())
        yield bytes((0x1D, 0x76, 0x30, mode, across & 0xFF, across >> 8, rows & 0xFF, rows >> 8)) + calm(black)


def calm(dots: bytes) -> bytes:
    """Picture data without a real-time command in it: one lone dot before an 04, 05 or 14 is made two dots wide.

    Printers obey 10 04, 10 05 and 10 14 the moment they arrive, also inside a picture: the answer would be taken for
    one we asked for, and 10 05 02 would empty the buffer.

    >>> calm(bytes.fromhex("FF 10 04 10 10 14")).hex(" ")
    'ff 18 04 10 18 14'
    """
    for trigger in (b"\x10\x04", b"\x10\x05", b"\x10\x14"):
        dots = dots.replace(trigger, b"\x18" + trigger[1:])
    return dots


def _symbol(function: int, data: bytes) -> bytes:
    length = len(data) + 2
    return bytes((0x1D, 0x28, 0x6B, length & 0xFF, length >> 8, 0x31, function)) + data
