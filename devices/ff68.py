"""The wire format `ff68` of calling keypads and evaluators on RS-485: encoder and tokenizer, no I/O.

    FF 68 LEN LEN 68 ADDR CMD DATA… CS 16

LEN counts ADDR..DATA and stands there twice; CS is the sum of ADDR..DATA, modulo 256. Sources: a vendor's protocol
document and two independent implementations (docs/wire/ff68.md).
"""

from __future__ import annotations

from dataclasses import dataclass

from devices.checks import sum8
from devices.probe import Probe, by_frames, silence
from devices.scan import IMPOSSIBLE, Scanner

KEY = 0x01
"""Keypad to host: digits, then the function key. Host to both: the echo. Host to evaluator, 0B: start a rating."""
SHOW = 0x02
"""Host to keypad: 3 digits waiting, 3 digits ticket. Host to evaluator: one byte, the stars."""
BEEP = 0x03
GRADE = 0x11
"""Evaluator to host: one byte, the grade."""

START_RATING = 0x0B
BLANK = 0x0A
"""In the digits of SHOW: an unlit place."""

MAX_DATA = 32
"""More than any keypad sends (a long staff number and its key); bounds what noise can make us wait for."""

_TAIL = 0x16


@dataclass(frozen=True)
class Frame:
    """One frame. `address` and `command` are bytes 0–255, `data` at most MAX_DATA bytes."""

    address: int
    command: int
    data: bytes = b""


def encode(frame: Frame) -> bytes:
    """The frame on the wire.

    >>> encode(Frame(1, BEEP)).hex(" ")
    'ff 68 02 02 68 01 03 04 16'
    """
    if len(frame.data) > MAX_DATA:
        raise ValueError(f"{len(frame.data)} data bytes, {MAX_DATA} is the most")
    body = bytes((frame.address, frame.command)) + frame.data
    return bytes((0xFF, 0x68, len(body), len(body), 0x68)) + body + bytes((sum8(body), _TAIL))


def decode(raw: bytes) -> Frame:
    """The frame of exactly these bytes. Raises ValueError when head, length, checksum or tail is wrong."""
    if _length(raw) != len(raw):
        raise ValueError("not one whole frame")
    body, checksum, tail = raw[5:-2], raw[-2], raw[-1]
    if checksum != sum8(body):
        raise ValueError(f"checksum {checksum:02X}, not {sum8(body):02X}")
    if tail != _TAIL:
        raise ValueError(f"tail {tail:02X}, not 16")
    return Frame(body[0], body[1], body[2:])


def tokenizer() -> Scanner[Frame]:
    """A fresh tokenizer for one direction of one line."""
    return Scanner(_length, decode)


def _length(begun: bytes) -> int | None:
    for at, wanted in ((0, 0xFF), (1, 0x68), (4, 0x68)):
        if len(begun) > at and begun[at] != wanted:
            return IMPOSSIBLE
    if len(begun) > 2 and not 2 <= begun[2] <= MAX_DATA + 2:
        return IMPOSSIBLE
    if len(begun) > 3 and begun[3] != begun[2]:
        return IMPOSSIBLE
    return begun[2] + 7 if len(begun) > 4 else None


def _probe(command: int, do: str) -> Probe:
    """Such a device cannot be asked: one listens while somebody presses."""

    def tell(frame: Frame) -> str:
        return f"address {frame.address}" if frame.command == command else ""

    return Probe(silence, by_frames(tokenizer, tell), f"is not asked, only heard: {do} while it listens", listen_s=4.0)


KEYPAD_PROBE = _probe(KEY, "press a key of it")
PAD_PROBE = _probe(GRADE, "press a grade on it")
