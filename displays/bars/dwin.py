"""The wire format `dwin-5aa5` of DGUS serial screens: encoder and tokenizer, no I/O.

    5A A5 LEN 82 VAR(2) DATA…      write a variable of the screen's project; LEN counts 82..DATA; words, high byte first
    5A A5 03 82 4F 4B              the screen has taken it
    5A A5 04 83 VAR(2) N           read N words; the answer is 5A A5 LEN 83 VAR(2) N DATA…

A text ends at FF FF. There is no address, and no checksum unless the project switches one on. Sources:
docs/wire/dwin-5aa5.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from devices.gbk import fitted, legible, readable
from devices.probe import Probe, by_frames
from devices.scan import IMPOSSIBLE, Scanner

WRITE, READ = 0x82, 0x83
VERSION = 0x000F
"""The variable in which every DGUS screen keeps the versions of its firmware."""
MAX_TEXT = 240
"""Bytes of one text: a frame takes at most 249 after LEN."""
ENCODINGS = ("gbk", "ucs2")

_HEAD, _END, _OK = b"\x5a\xa5", b"\xff\xff", b"\x4f\x4b"


@dataclass(frozen=True)
class Write:
    """A text for the words from `variable` on; `data` ends with FF FF.

    We write nothing else, and without a checksum that end is what tells a whole frame from two halves.
    """

    variable: int
    data: bytes

    address: ClassVar[int] = 0


@dataclass(frozen=True)
class Taken:
    """The screen's answer to a write."""

    address: ClassVar[int] = 0


@dataclass(frozen=True)
class Read:
    """A question for some words, or (with `data`) its answer."""

    variable: int
    words: int = 1
    data: bytes = b""

    address: ClassVar[int] = 0


def show(variable: int, text: str, encoding: str = "gbk") -> Write:
    """The text at a variable. What the encoding lacks is replaced readably, what is too long cut at a character.

    >>> show(0x1000, "A01").data.hex(" ")
    '41 30 31 20 ff ff'
    """
    if encoding == "ucs2":
        plain = "".join(char if 0x20 <= ord(char) < 0xD800 else readable(char) for char in text)
        data = plain[: MAX_TEXT // 2].encode("utf-16-be")
    else:
        data = fitted(text, MAX_TEXT)
    return Write(variable, data + b" " * (len(data) % 2) + _END)


def shown(write: Write, encoding: str = "gbk") -> str:
    """The text of a write, as the screen reads it. Raises ValueError."""
    words = [write.data[at : at + 2] for at in range(0, len(write.data), 2)]
    text = b"".join(words[: words.index(_END)] if _END in words else words)
    return text.decode("utf-16-be") if encoding == "ucs2" else legible(text)


def encode(frame: Write | Taken | Read) -> bytes:
    """The frame on the wire.

    >>> encode(show(0x1000, "A0")).hex(" "), encode(Taken()).hex(" "), encode(Read(VERSION)).hex(" ")
    ('5a a5 07 82 10 00 41 30 ff ff', '5a a5 03 82 4f 4b', '5a a5 04 83 00 0f 01')
    """
    if isinstance(frame, Taken):
        body = bytes((WRITE,)) + _OK
    elif isinstance(frame, Read):
        body = bytes((READ, *frame.variable.to_bytes(2, "big"), frame.words)) + frame.data
    else:
        body = bytes((WRITE, *frame.variable.to_bytes(2, "big"))) + frame.data
    return _HEAD + bytes((len(body),)) + body


def decode(raw: bytes) -> Write | Taken | Read:
    """The frame of exactly these bytes. Raises ValueError when head, length or command is wrong."""
    if _length(raw) != len(raw):
        raise ValueError("not one whole frame")
    command, rest = raw[3], raw[4:]
    variable = int.from_bytes(rest[:2], "big")
    if command == READ:
        if len(rest) - 3 not in (0, 2 * rest[2]):
            raise ValueError("not as many words as it says")
        return Read(variable, rest[2], rest[3:])
    if rest == _OK:
        return Taken()
    if len(rest) % 2 or not rest[2:].endswith(_END):
        raise ValueError("no text of whole words that ends with FF FF")
    return Write(variable, rest[2:])


def tokenizer() -> Scanner[Write | Taken | Read]:
    """A fresh tokenizer for one direction of one wire."""
    return Scanner(_length, decode)


def _length(begun: bytes) -> int | None:
    if not _HEAD.startswith(begun[:2]):
        return IMPOSSIBLE
    if len(begun) > 3 and begun[3] not in (WRITE, READ):
        return IMPOSSIBLE
    if len(begun) < 4:
        return None
    return begun[2] + 3 if begun[2] >= (3 if begun[3] == WRITE else 4) else IMPOSSIBLE


def _screen(frame: Write | Taken | Read) -> str:
    is_it = isinstance(frame, Read) and frame.variable == VERSION and frame.data
    return f"a DGUS screen, version {frame.data.hex().upper()}" if is_it else ""


PROBE = Probe(
    ask=lambda address: encode(Read(VERSION)),
    recognise=by_frames(tokenizer, _screen),
    does="nothing: it is asked for its firmware's version",
    speeds=(115200, 9600),
)
