"""The wire format `aabb` of LED bars and hall panels: encoder and tokenizer, no I/O.

    AA ADDR BB 51 54 CS EFFECT SPEED STAY COLOUR KEEP TEXT FF        CS = sum(EFFECT..FF) & FF

TEXT is GBK, where no byte is FF. The queue software that this is from counts the tail FF in CS; the library of a maker
does not (`tail_counted`). What else the sources say, and where they differ: docs/wire/aabb.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from devices.checks import sum8
from devices.gbk import fitted, legible
from devices.scan import IMPOSSIBLE, Scanner

EFFECTS = {"left": 1, "up": 2, "down": 3, "down_over": 4, "up_over": 5, "inverse": 6, "flash": 7, "now": 8}
MAX_TEXT = 200
"""Bytes of a text. The sources name no limit; this is far more than a bar rolls through."""

_COMMAND = b"\xbb\x51\x54"
_TAIL = b"\xff"
_TEXT_AT = 11


@dataclass(frozen=True)
class Frame:
    """A text for the bar or panel at this address (0–255); `effect` is a value of EFFECTS, speed 0 to 7."""

    address: int
    text: str
    effect: int = EFFECTS["left"]
    speed: int = 0
    stay: int = 0x99
    colour: int = 0
    keep: int = 0x63


def encode(frame: Frame, tail_counted: bool = True) -> bytes:
    """The frame on the wire. A text that is too long ends after a whole character.

    >>> encode(Frame(3, "A0")).hex(" ")
    'aa 03 bb 51 54 6d 01 00 99 00 63 41 30 ff'
    """
    manner = bytes((frame.effect, frame.speed, frame.stay, frame.colour, frame.keep))
    body = manner + fitted(frame.text, MAX_TEXT)
    return bytes((0xAA, frame.address)) + _COMMAND + bytes((_check(body, tail_counted),)) + body + _TAIL


def decode(raw: bytes, tail_counted: bool = True) -> Frame:
    """The frame of exactly these bytes. Raises ValueError when head, checksum, tail or text is wrong."""
    if _length(raw) != len(raw):
        raise ValueError("not one whole frame")
    if raw[5] != _check(raw[6:-1], tail_counted):
        raise ValueError(f"checksum {raw[5]:02X}, not {_check(raw[6:-1], tail_counted):02X}")
    return Frame(raw[1], legible(raw[_TEXT_AT:-1]), *raw[6:_TEXT_AT])


def tokenizer() -> Scanner[Frame]:
    """A fresh tokenizer for one line, of frames whose tail is counted."""
    return Scanner(_length, decode)


def tailless_tokenizer() -> Scanner[Frame]:
    """A fresh tokenizer for one line, of frames whose tail is not counted."""
    return Scanner(_length, partial(decode, tail_counted=False))


def _check(body: bytes, tail_counted: bool) -> int:
    return sum8(body + _TAIL if tail_counted else body)


def _length(begun: bytes) -> int | None:
    if begun[0] != 0xAA or not _COMMAND.startswith(begun[2:5]):
        return IMPOSSIBLE
    end = begun.find(_TAIL, _TEXT_AT)
    if end >= 0:
        return end + 1
    return None if len(begun) <= _TEXT_AT + MAX_TEXT else IMPOSSIBLE
