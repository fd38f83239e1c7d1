"""The wire format `aabb` of LED bars and hall panels: encoder and tokenizer, no I/O.

    AA ADDR BB 51 54 CS P1 P2 99 00 63 TEXT FF        CS = sum(P1..FF) & FF

P1 P2 is 01 00 for a window's bar, 08 02 for a hall's panel; TEXT is GBK, where no byte is FF. One public source
(docs/wire/aabb.md).
"""

from __future__ import annotations

from dataclasses import dataclass

from devices.checks import sum8
from devices.gbk import fitted, legible
from devices.scan import IMPOSSIBLE, Scanner

BAR = b"\x01\x00"
PANEL = b"\x08\x02"
MAX_TEXT = 200
"""Bytes of a text. The source names no limit; this is far more than a bar rolls through."""

_COMMAND = b"\xbb\x51\x54"
_STYLE = b"\x99\x00\x63"
_TAIL = 0xFF
_TEXT_AT = 11


@dataclass(frozen=True)
class Frame:
    """A text for the bar or panel at this address (0–255); `place` is BAR or PANEL."""

    address: int
    text: str
    place: bytes = BAR


def encode(frame: Frame) -> bytes:
    """The frame on the wire. A text that is too long ends after a whole character.

    >>> encode(Frame(3, "A0")).hex(" ")
    'aa 03 bb 51 54 6d 01 00 99 00 63 41 30 ff'
    """
    checked = frame.place + _STYLE + fitted(frame.text, MAX_TEXT) + bytes((_TAIL,))
    return bytes((0xAA, frame.address)) + _COMMAND + bytes((sum8(checked),)) + checked


def decode(raw: bytes) -> Frame:
    """The frame of exactly these bytes. Raises ValueError when head, checksum, tail or text is wrong."""
    if _length(raw) != len(raw):
        raise ValueError("not one whole frame")
    if raw[5] != sum8(raw[6:]):
        raise ValueError(f"checksum {raw[5]:02X}, not {sum8(raw[6:]):02X}")
    return Frame(raw[1], legible(raw[_TEXT_AT:-1]), raw[6:8])


def tokenizer() -> Scanner[Frame]:
    """A fresh tokenizer for one line."""
    return Scanner(_length, decode)


def _length(begun: bytes) -> int | None:
    if begun[0] != 0xAA or not (begun[2:5].startswith(_COMMAND[: len(begun[2:5])])):
        return IMPOSSIBLE
    head = begun[6:_TEXT_AT]
    if not any((place + _STYLE).startswith(head) for place in (BAR, PANEL)):
        return IMPOSSIBLE
    end = begun.find(_TAIL, _TEXT_AT)
    if end >= 0:
        return end + 1
    return None if len(begun) <= _TEXT_AT + MAX_TEXT else IMPOSSIBLE
