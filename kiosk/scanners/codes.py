"""What a scanner sends: a code's text that ends with CR or LF, between it the answers of a module that is commanded.

text CR | text LF | text CR LF
02 00 TYPE LEN DATA… CRC16         LEN counts DATA; CRC-16/XMODEM over TYPE..DATA; TYPE 00 is success
"""

from __future__ import annotations

from dataclasses import dataclass, field

from devices.checks import crc16_xmodem

LONGEST = 3000
"""Bytes of a code: a QR code of the largest kind has 2953."""

_ENDS = b"\r\n"
_STX = 0x02
_TAIL = 2
_MOST_DATA = 4
"""Our commands are answered with one byte of data: a TYPE or LEN above this is a code's, and the answer broke off."""


@dataclass(frozen=True)
class Code:
    """A code that was read. Its text may be anybody's number, and is never printed."""

    text: str = field(repr=False)
    address: int = 0


@dataclass(frozen=True)
class Answer:
    """What a module says to a command."""

    result: int
    data: bytes = b""
    address: int = 0


def encode(frame: Code | Answer, end: bytes = b"\r") -> bytes:
    """As a scanner sends it.

    >>> encode(Code("K7QM4XPD")), encode(Answer(0, bytes(1))).hex(" ")
    (b'K7QM4XPD\\r', '02 00 00 01 00 33 31')
    """
    if isinstance(frame, Code):
        return frame.text.encode() + end
    checked = bytes((frame.result, len(frame.data))) + frame.data
    return bytes((_STX, 0)) + checked + crc16_xmodem(checked).to_bytes(2, "big")


class Codes:
    """A tokenizer: codes are Code, a module's answers Answer where `answers` says that there may be such.

    A code is UTF-8, or GB18030 where it is not; control characters in it are dropped. What ends with nothing, is longer
    than LONGEST or is no text is nobody's code.
    """

    def __init__(self, answers: bool = False) -> None:
        self.bad = 0
        self.raw = b""
        self._answers = answers
        self._held = bytearray()
        self._too_long = False

    def feed(self, data: bytes) -> list[Code | Answer]:
        """The codes and answers that these bytes complete, in order."""
        return [frame for byte in data for frame in self._one(byte)]

    def _one(self, byte: int) -> list[Code | Answer]:
        if self._held[:1] == b"\x02":
            self._held.append(byte)
            return self._answered()
        if self._answers and byte == _STX:  # never within a code: whatever was held had no end
            self._held[:] = b"\x02"
            self._too_long = False
        elif byte in _ENDS:
            return self._ended()
        elif len(self._held) < LONGEST:
            self._held.append(byte)
        else:
            self._too_long = True
        return []

    def _ended(self) -> list[Code | Answer]:
        raw, self._held = bytes(self._held), bytearray()
        too_long, self._too_long = self._too_long, False
        text = "" if too_long else _text(raw)
        self.bad += bool(raw) and not text
        if text:
            self.raw = raw
        return [Code(text)] if text else []

    def _answered(self) -> list[Code | Answer]:
        """The answer that the bytes held are, once it is whole; when they can be none, a code may begin in them."""
        held = bytes(self._held)
        may_be = held[1] == 0 and all(byte <= _MOST_DATA for byte in held[2:4])
        size = 4 + held[3] + _TAIL if len(held) > 3 else len(held) + 1
        if may_be and len(held) < size:
            return []
        self._held = bytearray()
        checked = held[2:-_TAIL]
        if may_be and held[-_TAIL:] == crc16_xmodem(checked).to_bytes(2, "big"):
            self.raw = held
            return [Answer(held[2], held[4:-_TAIL])]
        self.bad += 1
        return self.feed(held[1:])


def _text(raw: bytes) -> str:
    for charset in ("utf-8", "gb18030"):
        try:
            text = raw.decode(charset)
        except UnicodeDecodeError:
            continue
        return "".join(char for char in text if char.isprintable()).strip()
    return ""
