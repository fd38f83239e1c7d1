"""The wire format `yongtai-aa55` of LED bars: encoder and tokenizer, no I/O.

    AA 55 04  ADDR F8 51 TEXTLEN 00        so many bytes of text come now
    AA 55 LEN ADDR F8 21 00 TEXT 00        LEN counts ADDR to the last 00

There is no checksum, TEXT is GBK. One public source (docs/wire/yongtai-aa55.md).
"""

from __future__ import annotations

from dataclasses import dataclass

from devices.gbk import fitted, legible
from devices.scan import IMPOSSIBLE, Scanner

MAX_TEXT = 255 - 5

_HEAD = b"\xaa\x55"
_ANNOUNCE = 0x51
_SHOW = 0x21


@dataclass(frozen=True)
class Announcement:
    """To the bar at this address: so many bytes of text come in the next frame."""

    address: int
    size: int


@dataclass(frozen=True)
class Text:
    """What the bar at this address shall show."""

    address: int
    text: str


def show(address: int, text: str) -> tuple[Announcement, Text]:
    """The two frames that show a text. One that is too long ends after a whole character."""
    raw = fitted(text, MAX_TEXT)
    return Announcement(address, len(raw)), Text(address, raw.decode("gbk"))


def encode(frame: Announcement | Text) -> bytes:
    """The frame on the wire.

    >>> [encode(frame).hex(" ") for frame in show(3, "A0")]
    ['aa 55 04 03 f8 51 02 00', 'aa 55 07 03 f8 21 00 41 30 00']
    """
    if isinstance(frame, Announcement):
        return _HEAD + bytes((4, frame.address, 0xF8, _ANNOUNCE, frame.size, 0))
    raw = fitted(frame.text, MAX_TEXT)
    return _HEAD + bytes((len(raw) + 5, frame.address, 0xF8, _SHOW, 0)) + raw + b"\x00"


def decode(raw: bytes) -> Announcement | Text:
    """The frame of exactly these bytes. Raises ValueError when head, length, end or text is wrong."""
    if _length(raw) != len(raw) or raw[-1]:
        raise ValueError("not one whole frame")
    if raw[5] == _ANNOUNCE:
        return Announcement(raw[3], raw[6])
    if raw[6]:
        raise ValueError("no 00 before the text")
    return Text(raw[3], legible(raw[7:-1]))


def tokenizer() -> Scanner[Announcement | Text]:
    """A fresh tokenizer for one line."""
    return Scanner(_length, decode)


def _length(begun: bytes) -> int | None:
    if not _HEAD.startswith(begun[:2]) or (len(begun) > 4 and begun[4] != 0xF8):
        return IMPOSSIBLE
    if len(begun) < 6:
        return None
    if begun[5] == _ANNOUNCE:
        return 8 if begun[2] == 4 else IMPOSSIBLE
    return begun[2] + 3 if begun[5] == _SHOW and begun[2] >= 5 else IMPOSSIBLE
