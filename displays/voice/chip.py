"""The wire of the speech chips SYN6288 and XFS5152: encoder and tokenizers, no I/O.

    FD lenHi lenLo CMD PAR TEXT… [XOR]        len counts CMD..XOR; XOR over FD..TEXT, of the SYN6288 alone
    one byte back: 41 taken, 45 refused, 4A started, 4E speaking, 4F silent

CMD 01 speaks (PAR = music << 3 | encoding), 02 stops, 03 pauses, 04 resumes, 21 asks for 4E or 4F; only 01 has PAR and
TEXT. A text that comes while the chip speaks cuts it off. Sources: docs/wire/speech-chips.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from devices.checks import xor8
from devices.gbk import fitted, legible
from devices.scan import IMPOSSIBLE, Scanner

SPEAK, STOP, PAUSE, RESUME, ASK = 0x01, 0x02, 0x03, 0x04, 0x21
TAKEN, REFUSED, STARTED, SPEAKING, SILENT = 0x41, 0x45, 0x4A, 0x4E, 0x4F
GBK, UNICODE = 1, 3
MAX_TEXT = 200
"""Bytes of text in one frame, marks like [v5] counted."""

_HEAD = 0xFD


@dataclass(frozen=True)
class Chip:
    """A kind of chip: whether its frames end with an XOR, the loudest [v], and whether it knows [n], [y] and [g]."""

    name: str
    checksum: bool
    loudest: int
    marks: bool


SYN6288 = Chip("SYN6288", checksum=True, loudest=16, marks=False)
XFS5152 = Chip("XFS5152", checksum=False, loudest=10, marks=True)
CHIPS = {"syn6288": SYN6288, "xfs5152": XFS5152}


@dataclass(frozen=True)
class Frame:
    """A command to a chip; `text` in the encoding that `parameter` says, for SPEAK only."""

    command: int
    text: bytes = b""
    parameter: int = GBK

    address: ClassVar[int] = 0


@dataclass(frozen=True)
class Answer:
    """A byte from the chip: TAKEN, REFUSED, STARTED, SPEAKING or SILENT."""

    code: int

    address: ClassVar[int] = 0


def speak(text: str) -> Frame:
    """The text in GBK. What is outside GBK is replaced readably, what is too long is cut at a character."""
    return Frame(SPEAK, fitted(text, MAX_TEXT))


def speak_unicode(text: str) -> Frame:
    """The text in UCS-2, big-endian, cut at a character."""
    plain = "".join(char for char in text if ord(char) < 0x10000)
    return Frame(SPEAK, plain[: MAX_TEXT // 2].encode("utf-16-be"), UNICODE)


def spoken(frame: Frame) -> str:
    """The text of a frame, as the chip reads it. Raises ValueError."""
    if frame.parameter & 7 == UNICODE:
        return frame.text.decode("utf-16-be")
    return legible(frame.text)


def encode(frame: Frame, chip: Chip) -> bytes:
    """The frame on the wire.

    >>> encode(speak("请A001"), SYN6288).hex(" "), encode(speak("请A001"), XFS5152).hex(" ")
    ('fd 00 09 01 01 c7 eb 41 30 30 31 a8', 'fd 00 08 01 01 c7 eb 41 30 30 31')
    >>> encode(Frame(ASK), SYN6288).hex(" "), encode(Frame(ASK), XFS5152).hex(" ")
    ('fd 00 02 21 de', 'fd 00 01 21')
    """
    data = bytes((frame.command,))
    if frame.command == SPEAK:
        data += bytes((frame.parameter,)) + frame.text
    raw = bytes((_HEAD,)) + (len(data) + chip.checksum).to_bytes(2, "big") + data
    return raw + bytes((xor8(raw),)) if chip.checksum else raw


def decode(raw: bytes, chip: Chip) -> Frame:
    """The frame of exactly these bytes. Raises ValueError when head, length, command or checksum is wrong."""
    if _length(raw, chip) != len(raw):
        raise ValueError("not one whole frame")
    if chip.checksum and raw[-1] != xor8(raw[:-1]):
        raise ValueError(f"checksum {raw[-1]:02X}, not {xor8(raw[:-1]):02X}")
    data = raw[3 : len(raw) - chip.checksum]
    if data[0] != SPEAK:
        return Frame(data[0])
    frame = Frame(SPEAK, data[2:], data[1])
    spoken(frame)
    return frame


def requests(chip: Chip) -> Scanner[Frame]:
    """A fresh tokenizer for the chip's ear. Where no checksum tells a frame from two halves, a text has to end as all
    of ours do: with a full stop or a mark."""

    def whole(raw: bytes) -> Frame:
        frame = decode(raw, chip)
        if frame.command == SPEAK and not (chip.checksum or spoken(frame).endswith(("。", ".", "]"))):
            raise ValueError("the text breaks off")
        return frame

    return Scanner(lambda begun: _length(begun, chip), whole)


class Answers:
    """A tokenizer for our ear. An answer is one byte: what is none of them is noise, and noise may look like one."""

    def feed(self, data: bytes) -> list[Answer]:
        return [Answer(byte) for byte in data if byte in (TAKEN, REFUSED, STARTED, SPEAKING, SILENT)]


def _length(begun: bytes, chip: Chip) -> int | None:
    if begun[0] != _HEAD or begun[1:2] not in (b"", b"\x00"):
        return IMPOSSIBLE
    if len(begun) > 3 and begun[3] not in (SPEAK, STOP, PAUSE, RESUME, ASK):
        return IMPOSSIBLE
    if len(begun) < 4:
        return None
    size = begun[2] - chip.checksum
    right = 3 <= size <= MAX_TEXT + 2 if begun[3] == SPEAK else size == 1
    return begun[2] + 3 if right else IMPOSSIBLE
