"""The commands of scanning modules (Grow GM65, Newland): encoder and tokenizer, no I/O.

    7E 00 TYPE LEN ADDRhi ADDRlo DATA… CRC16       LEN counts DATA; TYPE 07 reads, 08 writes, 09 saves
    CRC-16/XMODEM over TYPE..DATA; Grow also takes AB CD in its place and does not check then

Writing 01 at 0002 starts a scan, 02 ends it at Newland. Sources: docs/wire/scanners.md.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from devices.checks import crc16_xmodem
from devices.probe import Probe, by_frames
from devices.scan import IMPOSSIBLE, Scanner
from kiosk.scanners.codes import Answer, Codes

READ, WRITE = 0x07, 0x08
UNCHECKED = bytes.fromhex("AB CD")


@dataclass(frozen=True)
class Command:
    """A command to the module."""

    type: int
    at: int
    data: bytes
    address: int = 0


TRIGGER = Command(WRITE, 0x0002, b"\x01")
CANCEL = Command(WRITE, 0x0002, b"\x02")
ASK_SPEED = Command(READ, 0x002A, b"\x02")
"""Two bytes of the zone that holds its speed: a question that changes nothing."""


def encode(command: Command, *, checked: bool = True) -> bytes:
    """The command on the wire, with its CRC or the mark that there is none.

    >>> encode(TRIGGER, checked=False).hex(" "), encode(TRIGGER).hex(" ")
    ('7e 00 08 01 00 02 01 ab cd', '7e 00 08 01 00 02 01 02 da')
    """
    said = bytes((command.type, len(command.data))) + command.at.to_bytes(2, "big") + command.data
    return b"\x7e\x00" + said + (crc16_xmodem(said).to_bytes(2, "big") if checked else UNCHECKED)


def decode(raw: bytes, *, unchecked: bool) -> Command:
    """The command of exactly these bytes; `unchecked` lets AB CD stand for the CRC. Raises ValueError."""
    if _length(raw) != len(raw):
        raise ValueError("not one whole command")
    if raw[-2:] != crc16_xmodem(raw[2:-2]).to_bytes(2, "big") and not (unchecked and raw[-2:] == UNCHECKED):
        raise ValueError(f"CRC {raw[-2:].hex()}")
    return Command(raw[2], int.from_bytes(raw[4:6], "big"), raw[6:-2])


def tokenizer(*, unchecked: bool) -> Scanner[Command]:
    """A fresh tokenizer for what goes to one module."""
    read: Callable[[bytes], Command] = lambda raw: decode(raw, unchecked=unchecked)  # noqa: E731
    return Scanner(_length, read)


PROBE = Probe(
    ask=lambda address: encode(ASK_SPEED),
    recognise=by_frames(lambda: Codes(answers=True), lambda frame: "a scanner" if isinstance(frame, Answer) else ""),
    does="says its speed; nothing is scanned",
    speeds=(9600, 115200),
)


def _length(begun: bytes) -> int | None:
    if begun[0] != 0x7E or begun[1:2] not in (b"", b"\0"):
        return IMPOSSIBLE
    return begun[3] + 8 if len(begun) > 3 else None
