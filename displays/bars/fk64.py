"""The wire format `fk-64` of LED cards (方控): encoder and tokenizer, no I/O.

    DA 64 FF FF 62 LEN  WIN 15 01 00 05 00 01 03 00  R G B A  00 00 00 00  TLlo TLhi TEXT…  CRClo CRChi
    DA 64 FF FF 62 01 RESULT CRClo CRChi                                        the card's answer, 00 is taken

DA is the card's address (00 in every public sample: any card), WIN the window of the screen, R G B A the text's colour
before that of the ground; LEN = text + 19; CRC-16/MODBUS over all before it. Sources: docs/wire/fk-64.md.
"""

from __future__ import annotations

from dataclasses import dataclass

from devices.checks import crc16_modbus
from devices.gbk import fitted, legible
from devices.scan import IMPOSSIBLE, Scanner

ANY = 0
"""The address that every card takes."""
TAKEN = 0
COLOURS = {"red": b"\xff\x00\x00\x00", "green": b"\x00\xff\x00\x00", "yellow": b"\xff\xff\x00\x00"}
MAX_TEXT = 255 - 19

_HEAD = b"\x64\xff\xff\x62"
_HOW = b"\x15\x01\x00\x05\x00\x01\x03\x00"
"""Enter, its speed, stay, its seconds, leave, its speed, font, how often: as the samples have them."""
_GROUND = bytes(4)


@dataclass(frozen=True)
class Show:
    """A frame: the text of one window of the card's screen. `colour` is a key of COLOURS."""

    address: int
    text: str
    colour: str = "red"
    window: int = 0


@dataclass(frozen=True)
class Answer:
    """What a card says to a text; `result` TAKEN when it is on the screen."""

    address: int
    result: int = TAKEN


def encode(frame: Show | Answer) -> bytes:
    """The frame on the wire. What is outside GBK is replaced readably, what is too long is cut at a character.

    >>> encode(Answer(0)).hex(" ")
    '00 64 ff ff 62 01 00 97 6a'
    """
    if isinstance(frame, Answer):
        data = bytes((frame.result,))
    else:
        text = fitted(frame.text, MAX_TEXT)
        data = bytes((frame.window,)) + _HOW + COLOURS[frame.colour] + _GROUND + len(text).to_bytes(2, "little") + text
    checked = bytes((frame.address,)) + _HEAD + bytes((len(data),)) + data
    return checked + crc16_modbus(checked).to_bytes(2, "little")


def decode(raw: bytes) -> Show | Answer:
    """The frame of exactly these bytes. Raises ValueError when head, a length, the colour or the CRC is wrong."""
    if _length(raw) != len(raw):
        raise ValueError("not one whole frame")
    crc = crc16_modbus(raw[:-2])
    if raw[-2:] != crc.to_bytes(2, "little"):
        raise ValueError(f"CRC {raw[-2:].hex()}, not {crc.to_bytes(2, 'little').hex()}")
    data = raw[6:-2]
    if len(data) == 1:
        return Answer(raw[0], data[0])
    if int.from_bytes(data[17:19], "little") != len(data) - 19:
        raise ValueError("the two lengths do not agree")
    names = {paint: name for name, paint in COLOURS.items()}
    if data[9:13] not in names:
        raise ValueError(f"no colour {data[9:13].hex()}")
    return Show(raw[0], legible(data[19:]), names[data[9:13]], data[0])


def tokenizer() -> Scanner[Show | Answer]:
    """A fresh tokenizer for one direction of one line."""
    return Scanner(_length, decode)


def _length(begun: bytes) -> int | None:
    if not _HEAD.startswith(begun[1:5]):
        return IMPOSSIBLE
    if len(begun) < 6:
        return None
    return begun[5] + 8 if begun[5] == 1 or begun[5] >= 19 else IMPOSSIBLE
