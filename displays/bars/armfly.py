"""The two wire formats of armfly LED-485 digit tubes: encoders and tokenizers, no I/O.

    $AAA,TEXT#      ASCII: show; AAA is the address in decimal, a dot belongs to the character before it
    $AAA,02&        ASCII: which model are you; the answer is its bare name, as LED-485-054

    AA 10 00 70 00 NN LEN (CHAR DOT)… CRClo CRChi      Modbus RTU: NN registers from 0070, LEN = 2 × NN
    AA 10 00 70 00 NN CRClo CRChi                      taken
    AA 90 CODE CRClo CRChi                             refused

DOT is 2E or a blank; CRC-16/MODBUS. The ASCII form has no checksum. Sources: docs/wire/armfly-led485.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from devices.checks import crc16_modbus
from devices.probe import Probe
from devices.scan import IMPOSSIBLE, Scanner

MAX_TUBES = 8
REGISTER = 0x0070
MODEL = "02"
MODELS = re.compile(rb"LED-485-\d{3,4}")

_PLACE = re.compile(r"([0-9A-Z -])(\.?)")
_ASCII_TEXT = frozenset(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ -.")
_WRITE, _REFUSED = 0x10, 0x90


@dataclass(frozen=True)
class Show:
    """What the tubes show: `text` of 0-9, A-Z, blank and minus, each with a dot behind it or not."""

    address: int
    text: str


@dataclass(frozen=True)
class Ask:
    """A question of the ASCII form: `what` is two digits (MODEL)."""

    address: int
    what: str


@dataclass(frozen=True)
class Taken:
    """Modbus: the tubes show so many characters."""

    address: int
    count: int


@dataclass(frozen=True)
class Refused:
    """Modbus: an exception, by its code."""

    address: int
    code: int


def tubes(number: str, count: int, letters: bool = False) -> str:
    """What `count` tubes can show of a ticket's number: its digits, right-aligned; the last ones if there are more.

    >>> tubes("A001", 4), tubes("A001", 4, letters=True), tubes("", 3), tubes("VIP1207", 3)
    (' 001', 'A001', '   ', '207')
    """
    seen = [c for c in number.upper() if c.isascii() and (c.isdigit() or (letters and c.isalpha()))]
    return "".join(seen[-count:]).rjust(count)


def encode_ascii(frame: Show | Ask) -> bytes:
    """The ASCII frame. Raises ValueError for an address or a text that the wire cannot carry.

    >>> encode_ascii(Show(1, "8.8.8.")), encode_ascii(Ask(1, MODEL))
    (b'$001,8.8.8.#', b'$001,02&')
    """
    _address(frame.address)
    if isinstance(frame, Ask):
        return f"${frame.address:03},{frame.what}&".encode()
    return f"${frame.address:03},{''.join(char + dot for char, dot in _places(frame.text))}#".encode()


def decode_ascii(raw: bytes) -> Show | Ask:
    """The frame of exactly these bytes. Raises ValueError."""
    if _ascii_length(raw) != len(raw):
        raise ValueError("not one whole frame")
    address, text = int(raw[1:4]), raw[5:-1].decode()
    _address(address)
    if raw.endswith(b"&"):
        return Ask(address, text)
    _places(text)
    return Show(address, text)


def encode_modbus(frame: Show | Taken | Refused) -> bytes:
    """The Modbus frame. Raises ValueError as encode_ascii does.

    >>> encode_modbus(Show(1, "8.8.8.8.")).hex(" ")
    '01 10 00 70 00 04 08 38 2e 38 2e 38 2e 38 2e 29 be'
    """
    _address(frame.address)
    if isinstance(frame, Refused):
        body = bytes((frame.address, _REFUSED, frame.code))
    else:
        places = _places(frame.text) if isinstance(frame, Show) else []
        count = len(places) if isinstance(frame, Show) else frame.count
        body = bytes((frame.address, _WRITE, *REGISTER.to_bytes(2, "big"), *count.to_bytes(2, "big")))
        if isinstance(frame, Show):
            body += bytes((2 * count,)) + "".join(char + (dot or " ") for char, dot in places).encode()
    return body + crc16_modbus(body).to_bytes(2, "little")


def decode_request(raw: bytes) -> Show:
    """The Modbus frame to the tubes. Raises ValueError."""
    _checked(raw, _request_length(raw))
    registers = raw[7:-2].decode("ascii")
    if not set(registers[1::2]) <= {".", " "}:
        raise ValueError("neither a dot nor a blank behind a character")
    text = "".join(char + dot.strip() for char, dot in zip(registers[::2], registers[1::2], strict=True))
    _places(text)
    return Show(raw[0], text)


def decode_answer(raw: bytes) -> Taken | Refused:
    """The Modbus frame from the tubes. Raises ValueError."""
    _checked(raw, _answer_length(raw))
    return Refused(raw[0], raw[2]) if raw[1] == _REFUSED else Taken(raw[0], int.from_bytes(raw[4:6], "big"))


def ascii_tokenizer() -> Scanner[Show | Ask]:
    """For the tubes' ear. What they say back in ASCII has no frame: nothing reads it but a probe (MODELS)."""
    return Scanner(_ascii_length, decode_ascii)


def requests() -> Scanner[Show]:
    """For the tubes' ear on Modbus."""
    return Scanner(_request_length, decode_request)


def answers() -> Scanner[Taken | Refused]:
    """For ours."""
    return Scanner(_answer_length, decode_answer)


def _places(text: str) -> list[tuple[str, str]]:
    """Each tube's character and its dot. Raises ValueError."""
    places = _PLACE.findall(text)
    if "".join(char + dot for char, dot in places) != text or not 1 <= len(places) <= MAX_TUBES:
        raise ValueError(f"{text!r} is nothing for 1 to {MAX_TUBES} tubes")
    return places


def _address(address: int) -> None:
    if not 1 <= address <= 255:
        raise ValueError(f"address {address}, not 1–255")


def _checked(raw: bytes, length: int | None) -> None:
    if length != len(raw):
        raise ValueError("not one whole frame")
    if raw[-2:] != crc16_modbus(raw[:-2]).to_bytes(2, "little"):
        raise ValueError(f"CRC {raw[-2:].hex()} is wrong")
    _address(raw[0])


def _ascii_length(begun: bytes) -> int | None:
    if not b"$".startswith(begun[:1]) or not all(48 <= byte <= 57 for byte in begun[1:4]):
        return IMPOSSIBLE
    if begun[4:5] not in (b"", b","):
        return IMPOSSIBLE
    for at, byte in enumerate(begun[5:], 5):
        if byte in b"#&":
            return at + 1
        if byte not in _ASCII_TEXT:
            return IMPOSSIBLE
    return None if len(begun) <= 5 + 2 * MAX_TUBES else IMPOSSIBLE


def _request_length(begun: bytes) -> int | None:
    if not bytes((_WRITE, *REGISTER.to_bytes(2, "big"), 0)).startswith(begun[1:5]):
        return IMPOSSIBLE
    if len(begun) > 5 and not 1 <= begun[5] <= MAX_TUBES:
        return IMPOSSIBLE
    if len(begun) < 7:
        return None
    return 9 + begun[6] if begun[6] == 2 * begun[5] else IMPOSSIBLE


def _answer_length(begun: bytes) -> int | None:
    if len(begun) > 1 and begun[1] == _REFUSED:
        return 5
    if not bytes((_WRITE, *REGISTER.to_bytes(2, "big"), 0)).startswith(begun[1:5]):
        return IMPOSSIBLE
    return 8


def _model(heard: bytes) -> str:
    found = MODELS.search(heard)
    return found[0].decode() if found else ""


PROBE = Probe(
    ask=lambda address: encode_ascii(Ask(address or 1, MODEL)),
    recognise=_model,
    does="nothing: it is asked for its model",
)
