"""The wire format `ruize-1a` of LED bars: encoder and tokenizer, no I/O.

    (80|addr%64) (C0|addr/64) 44 DATA… 1A        address 0–4095

In DATA a one-byte character stands as it is, and each byte of a two-byte one as two nibbles: C7 EB is 0C 07 0E 0B. So
no byte of it is 80 or more, and none is 1A. There is no checksum. One public source (docs/wire/ruize-1a.md).
"""

from __future__ import annotations

from dataclasses import dataclass

from devices.gbk import fitted, legible
from devices.scan import IMPOSSIBLE, Scanner

MAX_ADDRESS = 0xFFF
MAX_TEXT = 120
"""Bytes of a text in GBK, at most twice as many on the wire. The source names no limit."""

_SHOW = 0x44
_TAIL = 0x1A


@dataclass(frozen=True)
class Frame:
    """A text for the bar at this address."""

    address: int
    text: str


def encode(frame: Frame) -> bytes:
    """The frame on the wire. A text that is too long ends after a whole character.

    >>> encode(Frame(3, "A请")).hex(" ")
    '83 c0 44 41 0c 07 0e 0b 1a'
    """
    if not 0 <= frame.address <= MAX_ADDRESS:
        raise ValueError(f"address {frame.address}, not 0–{MAX_ADDRESS}")
    head = bytes((0x80 | frame.address % 64, 0xC0 | frame.address // 64, _SHOW))
    text = fitted(frame.text, MAX_TEXT).decode("gbk")
    return head + b"".join(_split(char.encode("gbk")) for char in text) + bytes((_TAIL,))


def decode(raw: bytes) -> Frame:
    """The frame of exactly these bytes. Raises ValueError when head, tail, a nibble or the text is wrong."""
    if _length(raw) != len(raw):
        raise ValueError("not one whole frame")
    return Frame((raw[1] & 0x3F) * 64 + (raw[0] & 0x3F), legible(_joined(raw[3:-1])))


def tokenizer() -> Scanner[Frame]:
    """A fresh tokenizer for one line."""
    return Scanner(_length, decode)


def _split(char: bytes) -> bytes:
    return char if len(char) == 1 else bytes(nibble for byte in char for nibble in (byte >> 4, byte & 0x0F))


def _joined(data: bytes) -> bytes:
    text, at = bytearray(), 0
    while at < len(data):
        if data[at] > 0x0F:
            text.append(data[at])
            at += 1
            continue
        nibbles = data[at : at + 4]
        if len(nibbles) < 4 or max(nibbles) > 0x0F:
            raise ValueError(f"half a character at byte {at}")
        text += bytes((nibbles[0] << 4 | nibbles[1], nibbles[2] << 4 | nibbles[3]))
        at += 4
    return bytes(text)


def _length(begun: bytes) -> int | None:
    heads = ((0xC0, 0x80), (0xC0, 0xC0), (0xFF, _SHOW))
    if any(byte & mask != wanted for byte, (mask, wanted) in zip(begun, heads, strict=False)):
        return IMPOSSIBLE
    data = begun[3:]
    end = data.find(_TAIL)
    if end >= 0:
        return end + 4
    return None if len(data) <= 2 * MAX_TEXT and (not data or data[-1] < 0x80) else IMPOSSIBLE
