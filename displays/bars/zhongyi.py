"""The wire format `zhongyi-fe` of LED bars and panels: encoder and tokenizer, no I/O.

    ADDR FE LEN SEQ 86 3C 00 05 00 TEXT 00 CRChi CRClo        a bar
    ADDR FE LEN SEQ 8C 00          TEXT 00 CRChi CRClo        a panel

LEN counts the whole frame, the CRC is CRC-16/XMODEM over all before it, TEXT is GBK. One public source
(docs/wire/zhongyi-fe.md).
"""

from __future__ import annotations

from dataclasses import dataclass

from devices.checks import crc16_xmodem
from devices.gbk import fitted, legible
from devices.scan import IMPOSSIBLE, Scanner

BAR = b"\x86\x3c\x00\x05\x00"
PANEL = b"\x8c\x00"
MAX_TEXT = 255 - 4 - len(BAR) - 3

_MARK = 0xFE


@dataclass(frozen=True)
class Frame:
    """A text for the bar or panel at this address (0–255); `sequence` is 0–255, `place` BAR or PANEL."""

    address: int
    text: str
    sequence: int = 1
    place: bytes = BAR


def encode(frame: Frame) -> bytes:
    """The frame on the wire. A text that is too long ends after a whole character.

    >>> encode(Frame(3, "A0", place=PANEL)).hex(" ")
    '03 fe 0b 01 8c 00 41 30 00 76 a4'
    """
    body = frame.place + fitted(frame.text, MAX_TEXT) + b"\x00"
    checked = bytes((frame.address, _MARK, len(body) + 6, frame.sequence)) + body
    return checked + crc16_xmodem(checked).to_bytes(2, "big")


def decode(raw: bytes) -> Frame:
    """The frame of exactly these bytes. Raises ValueError when head, length, CRC, end or text is wrong."""
    if _length(raw) != len(raw):
        raise ValueError("not one whole frame")
    wanted = crc16_xmodem(raw[:-2])
    if int.from_bytes(raw[-2:], "big") != wanted:
        raise ValueError(f"CRC {raw[-2:].hex()}, not {wanted:04x}")
    place = next((place for place in (BAR, PANEL) if raw[4:].startswith(place)), b"")
    if not place or raw[-3]:
        raise ValueError("neither a bar's text nor a panel's")
    return Frame(raw[0], legible(raw[4 + len(place) : -3]), raw[3], place)


def tokenizer() -> Scanner[Frame]:
    """A fresh tokenizer for one line."""
    return Scanner(_length, decode)


def _length(begun: bytes) -> int | None:
    if len(begun) > 1 and begun[1] != _MARK:
        return IMPOSSIBLE
    if len(begun) < 3:
        return None
    return begun[2] if begun[2] >= 4 + len(PANEL) + 3 else IMPOSSIBLE
