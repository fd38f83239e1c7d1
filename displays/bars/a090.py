"""The wire format `a090` of LED window bars: encoder and tokenizer, no I/O.

    A0 (90|addr>>8) (addr&FF) CMD LENhi LENlo DATA… XOR        XOR over addrLo..DATA; address 0–4095
    A0 (90|addr>>8) (addr&FF) A5 AA                            the bar has taken a text

CMD A5: each character in GBK (1 or 2 bytes) and its colour byte; CMD 50: text in UCS-2, big-endian; CMD A2: as A5, kept
by the bar and shown when it is switched on; CMD 51: a frame of displays.voice.chip for the box's loudspeaker. Sources:
a vendor's sample and an independent firmware (docs/wire/a090.md).
"""

from __future__ import annotations

from dataclasses import dataclass

from devices.checks import xor8
from devices.gbk import readable
from devices.probe import Probe, by_frames
from devices.scan import IMPOSSIBLE, Scanner

SHOW = 0xA5
SHOW_UNICODE = 0x50
SPEAK = 0x51
STORE = 0xA2
COLOURS = {"red": 0, "green": 1, "yellow": 2}
MAX_ADDRESS = 0xFFF
MAX_DATA = 1024
MAX_TEXT = 256
"""Characters of one text; far more than a bar holds in its rolling line."""

_ACK = 0xAA


@dataclass(frozen=True)
class Frame:
    """A frame to a bar."""

    address: int
    command: int
    data: bytes = b""


@dataclass(frozen=True)
class Ack:
    """A bar's answer: it has taken the text. It is short, and has no checksum."""

    address: int
    command: int = SHOW


def show(address: int, text: str, colour: str = "red") -> Frame:
    """The text in one colour (a key of COLOURS). What is outside GBK is replaced readably, never by `?`."""
    paint = COLOURS[colour]
    data = b"".join(char.encode("gbk") + bytes((paint,)) for char in readable(text)[:MAX_TEXT])
    return Frame(address, SHOW, data)


def store(address: int, text: str, colour: str = "red") -> Frame:
    """The text that the bar shows from now on when it is switched on."""
    return Frame(address, STORE, show(address, text, colour).data)


def show_unicode(address: int, text: str) -> Frame:
    """The text for a bar with a Unicode font. What needs more than 16 bits is replaced readably."""
    plain = "".join(char if ord(char) < 0x10000 else readable(char) for char in text)
    return Frame(address, SHOW_UNICODE, plain[:MAX_TEXT].encode("utf-16-be"))


def shown(frame: Frame) -> tuple[str, list[str]]:
    """The text of a frame and the colour of each character, as the bar reads it. Raises ValueError."""
    if frame.command == SHOW_UNICODE:
        text = frame.data.decode("utf-16-be")
        return text, ["red"] * len(text)
    if frame.command not in (SHOW, STORE):
        raise ValueError(f"command {frame.command:02X} shows nothing")
    text, colours, at = "", [], 0
    names = {byte: name for name, byte in COLOURS.items()}
    while at < len(frame.data):
        width = 2 if frame.data[at] > 0x80 else 1
        char, paint = frame.data[at : at + width], frame.data[at + width : at + width + 1]
        if not paint or paint[0] not in names:
            raise ValueError(f"no colour after byte {at}")
        text += char.decode("gbk")
        colours.append(names[paint[0]])
        at += width + 1
    return text, colours


def encode(frame: Frame | Ack) -> bytes:
    """The frame on the wire.

    >>> encode(show(3, "A0")).hex(" "), encode(Ack(3)).hex(" ")
    ('a0 90 03 a5 00 04 41 00 30 00 d3', 'a0 90 03 a5 aa')
    """
    if not 0 <= frame.address <= MAX_ADDRESS:
        raise ValueError(f"address {frame.address}, not 0–{MAX_ADDRESS}")
    head = bytes((0xA0, 0x90 | frame.address >> 8, frame.address & 0xFF, frame.command))
    if isinstance(frame, Ack):
        return head + bytes((_ACK,))
    if len(frame.data) > MAX_DATA:
        raise ValueError(f"{len(frame.data)} data bytes, {MAX_DATA} is the most")
    checked = head + len(frame.data).to_bytes(2, "big") + frame.data
    return checked + bytes((xor8(checked[2:]),))


def decode(raw: bytes) -> Frame | Ack:
    """The frame of exactly these bytes. Raises ValueError when head, length or checksum is wrong."""
    if _length(raw) != len(raw):
        raise ValueError("not one whole frame")
    address = (raw[1] & 0x0F) << 8 | raw[2]
    if len(raw) == 5:
        return Ack(address, raw[3])
    if raw[-1] != xor8(raw[2:-1]):
        raise ValueError(f"checksum {raw[-1]:02X}, not {xor8(raw[2:-1]):02X}")
    return Frame(address, raw[3], raw[6:-1])


def tokenizer() -> Scanner[Frame | Ack]:
    """A fresh tokenizer for one direction of one line."""
    return Scanner(_length, decode)


def _length(begun: bytes) -> int | None:
    if begun[0] != 0xA0 or (len(begun) > 1 and begun[1] & 0xF0 != 0x90):
        return IMPOSSIBLE
    if len(begun) > 4 and begun[4] == _ACK:
        # A length of AAxx would be more than any bar takes: this is the short answer, and only to what we send.
        return 5 if begun[3] in (SHOW, SHOW_UNICODE, SPEAK, STORE) else IMPOSSIBLE
    if len(begun) < 6:
        return None
    size = int.from_bytes(begun[4:6], "big")
    return size + 7 if size <= MAX_DATA else IMPOSSIBLE


PROBE = Probe(
    ask=lambda address: encode(show(address, "")),
    recognise=by_frames(tokenizer, lambda frame: f"address {frame.address}" if isinstance(frame, Ack) else ""),
    does="goes dark until its next text",
)
