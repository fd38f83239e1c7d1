"""The wire format `f001d0` of multi-line LED panels: encoder and tokenizer, no I/O.

    F0 01 D0 line mode speed LEN colour TEXT… SUM        LEN = text + 1 (the colour), SUM = sum(F0..TEXT) & FF

line 1 is the top one; mode 1 still, 2 running left; colour 0 red, 1 green, 2 blue. There is no address and no answer.
One public source (docs/wire/f001d0.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from devices.checks import sum8
from devices.gbk import fitted, legible
from devices.scan import IMPOSSIBLE, Scanner

STILL, LEFT = 1, 2
COLOURS = {"red": 0, "green": 1, "blue": 2}
MAX_TEXT = 254
"""Bytes, for the length is one byte and counts the colour too."""
MAX_LINE = 16
"""Far more than a panel has; a line beyond it is noise."""

_HEAD = b"\xf0\x01\xd0"


@dataclass(frozen=True)
class Line:
    """A frame: what one line of the panel shows from now on. `colour` is a key of COLOURS."""

    number: int
    text: str
    colour: str = "red"
    mode: int = STILL
    speed: int = 1

    address: ClassVar[int] = 0


def encode(line: Line) -> bytes:
    """The frame on the wire. What is outside GBK is replaced readably, what is too long is cut at a character.

    >>> encode(Line(1, "A0")).hex(" ")
    'f0 01 d0 01 01 01 03 00 41 30 38'
    """
    text = fitted(line.text, MAX_TEXT)
    fields = bytes((line.number, line.mode, line.speed, len(text) + 1, COLOURS[line.colour]))
    frame = _HEAD + fields + text
    return frame + bytes((sum8(frame),))


def decode(raw: bytes) -> Line:
    """The frame of exactly these bytes. Raises ValueError when head, length, a field or the sum is wrong."""
    if _length(raw) != len(raw):
        raise ValueError("not one whole frame")
    if raw[-1] != sum8(raw[:-1]):
        raise ValueError(f"sum {raw[-1]:02X}, not {sum8(raw[:-1]):02X}")
    names = {byte: name for name, byte in COLOURS.items()}
    if raw[7] not in names:
        raise ValueError(f"no colour {raw[7]}")
    return Line(raw[3], legible(raw[8:-1]), names[raw[7]], raw[4], raw[5])


def tokenizer() -> Scanner[Line]:
    """A fresh tokenizer for one wire."""
    return Scanner(_length, decode)


def _length(begun: bytes) -> int | None:
    if not _HEAD.startswith(begun[:3]):
        return IMPOSSIBLE
    if len(begun) > 3 and not 1 <= begun[3] <= MAX_LINE:
        return IMPOSSIBLE
    if len(begun) > 4 and begun[4] not in (STILL, LEFT):
        return IMPOSSIBLE
    if len(begun) < 7:
        return None
    return begun[6] + 8 if begun[6] else IMPOSSIBLE
