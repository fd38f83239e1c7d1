"""The wire format of ID-card readers with a SAM module (SDT): encoder and tokenizer, no I/O.

    AA AA AA 96 69 LENhi LENlo CMD PARA data… XOR        to the reader;   LEN counts CMD..XOR, XOR is over LEN..data
    AA AA AA 96 69 LENhi LENlo SW1 SW2 SW3 data… XOR     its answer;      SW1 and SW2 are 00, SW3 says how it went

A card is read in three questions: find, select, read. Sources: a module maker's protocol sheet and an independent
implementation (docs/wire/sdt.md).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from devices.checks import xor8
from devices.probe import Probe, by_frames
from devices.scan import IMPOSSIBLE, Scanner

PREAMBLE = bytes.fromhex("AA AA AA 96 69")
LONGEST = 2312
"""Text, photo and fingerprints, with SW1..XOR: nothing that a card holds is longer."""

TEXT, PHOTO = 256, 1024

OK, FOUND, NO_CARD, NOT_SELECTED, NOT_READ = 0x90, 0x9F, 0x80, 0x81, 0x41
_OF_CARD = (0x0100).to_bytes(2, "big") + (0x0400).to_bytes(2, "big")


@dataclass(frozen=True)
class Ask:
    """A question to the reader. Its frames carry no address."""

    command: int
    parameter: int
    data: bytes = field(default=b"", repr=False)
    address: int = 0


@dataclass(frozen=True)
class Answer:
    """What the reader says: `result` is SW3. The data may be a card's, and is never printed."""

    result: int
    data: bytes = field(default=b"", repr=False)
    address: int = 0


RESET, STATUS, SAM_ID = Ask(0x10, 0xFF), Ask(0x11, 0xFF), Ask(0x12, 0xFF)
FIND, SELECT, READ = Ask(0x20, 0x01), Ask(0x20, 0x02), Ask(0x30, 0x01)


def encode(frame: Ask | Answer) -> bytes:
    """The frame on the wire.

    >>> encode(FIND).hex(" ")
    'aa aa aa 96 69 00 03 20 01 22'
    >>> encode(Answer(NO_CARD)).hex(" ")
    'aa aa aa 96 69 00 04 00 00 80 84'
    """
    said = (frame.command, frame.parameter) if isinstance(frame, Ask) else (0, 0, frame.result)
    payload = bytes(said) + frame.data
    if len(payload) + 1 > LONGEST:
        raise ValueError(f"{len(frame.data)} data bytes, more than any card has")
    checked = (len(payload) + 1).to_bytes(2, "big") + payload
    return PREAMBLE + checked + bytes((xor8(checked),))


def decode(raw: bytes) -> Ask | Answer:
    """The frame of exactly these bytes. Raises ValueError when head, length or checksum is wrong."""
    if _length(raw) != len(raw):
        raise ValueError("not one whole frame")
    if raw[-1] != xor8(raw[5:-1]):
        raise ValueError(f"checksum {raw[-1]:02X}, not {xor8(raw[5:-1]):02X}")
    payload = raw[7:-1]
    if payload[:2] != b"\x00\x00":
        return Ask(payload[0], payload[1], payload[2:])
    if len(payload) < 3:
        raise ValueError("an answer without SW3")
    return Answer(payload[2], payload[3:])


def tokenizer() -> Scanner[Ask | Answer]:
    """A fresh tokenizer for one direction of one line."""
    return Scanner(_length, decode)


def card_data(text: bytes, photo: bytes = bytes(PHOTO)) -> bytes:
    """The data of an answer to READ: both lengths, the text, the photo."""
    return len(text).to_bytes(2, "big") + len(photo).to_bytes(2, "big") + text + photo


def text_of(answer: Answer) -> bytes | None:
    """The 256 bytes of text, if this answer is a card that was read; the photo goes no further."""
    whole = answer.result == OK and answer.data[:4] == _OF_CARD and len(answer.data) == 4 + TEXT + PHOTO
    return answer.data[4 : 4 + TEXT] if whole else None


def sam_id(data: bytes) -> str:
    """The module's number as its label has it, of the 16 bytes that it answers to SAM_ID. Raises ValueError.

    >>> sam_id(bytes.fromhex("0500 0100 BF2D3401 4E61BC00 15CD5B07"))
    '05.01-20196799-0012345678-123456789'
    """
    if len(data) != 16:
        raise ValueError(f"{len(data)} bytes, not 16")
    kind, maker, day, serial, last = (
        int.from_bytes(data[at : at + size], "little") for at, size in ((0, 2), (2, 2), (4, 4), (8, 4), (12, 4))
    )
    return f"{kind:02d}.{maker:02d}-{day:08d}-{serial:010d}-{last:09d}"


def _length(begun: bytes) -> int | None:
    if begun[:5] != PREAMBLE[: len(begun)]:
        return IMPOSSIBLE
    if len(begun) < 7:
        return None
    size = int.from_bytes(begun[5:7], "big")
    return size + 7 if 3 <= size <= LONGEST else IMPOSSIBLE


PROBE = Probe(
    ask=lambda address: encode(STATUS),
    recognise=by_frames(tokenizer, lambda frame: "a reader" if isinstance(frame, Answer) else ""),
    does="says how it is; no card is read",
    speeds=(115200,),
)
