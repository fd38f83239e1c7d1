"""The packets of onbon BX cards (4K, 5K, 6K with font): encoder and tokenizer, no I/O.

    A5×8 | to LE16 | from LE16 | 00×4 | check | mode | card | 02 | size LE16 | data | CRC-16/ARC LE | 5A

From `to` to the CRC it is escaped: A5 → A6 02, A6 → A6 01, 5A → 5B 02, 5B → 5B 01. The CRC is over `to` to data, both
before the escaping; check 00 says that it is one. data is a group, a command and what belongs to it:

    A2 00 | reply | 00 00                  is it there?           A1 02 …  how is it?       A3 10 …  clear
    A3 02 | reply | 00 00 | 01 level       brightness 0–15        A3 06 …  dynamic area (displays/bars/onbon_area.py)
    A0 00 | error | 00 00                  taken                  A0 01 …  not taken

Sources: the maker's protocol and SDK, and independent firmware (docs/wire/onbon-bx.md).
"""

from __future__ import annotations

from dataclasses import dataclass

from devices.checks import crc16_arc
from devices.probe import Probe, by_frames
from devices.scan import IMPOSSIBLE, Scanner

ASKING, TELLING = 0x8000, 0x8001
"""We, as a sender: who asks, and who tells a text. A card answers to whom it was sent by, so that the answer to a
question is not taken for that to a text. The maker gives 8000–DFFF to PCs."""

MAX_ADDRESS = 0x7FFF
"""The last number of a card's screen; the factory's is 1."""

ANY_CARD = 0xFE
MAX_DATA = 1000
"""A card's receive buffer has 1024 bytes."""

PING, STATUS, CLEAR, BRIGHTNESS, AREA = b"\xa2\x00", b"\xa1\x02", b"\xa3\x10", b"\xa3\x02", b"\xa3\x06"
ACK, NACK = b"\xa0\x00", b"\xa0\x01"
MAX_LEVEL = 15

ERRORS = {
    1: "命令分组错误", 2: "没有这个命令", 3: "控制卡忙", 4: "超出内存", 5: "校验错误", 6: "文件不存在", 7: "闪存错误",
    8: "下载错误", 9: "文件名错误", 10: "文件类型错误", 11: "文件校验错误", 12: "没有这个字体", 13: "固件类型错误",
    14: "日期时间格式错误", 15: "文件已存在", 16: "文件块号错误",
}  # fmt: skip
"""What a card says with its answer; 0 is no error."""

_HEAD = b"\xa5" * 8
_TAIL = 0x5A
_PACKET_HEAD = 14
_LONGEST = 2 * (_PACKET_HEAD + MAX_DATA + 2) + 1


@dataclass(frozen=True)
class Packet:
    """A packet to a card (`to` is its screen's number) or from it (`to` is ASKING or TELLING)."""

    to: int
    sender: int
    data: bytes
    card: int = ANY_CARD
    mode: int = 0
    """0: areas stand beside the card's programmes; 1: areas go before them."""

    @property
    def address(self) -> int:
        """The number of the card's screen, whichever way the packet goes."""
        return self.to if self.to <= MAX_ADDRESS else self.sender

    @property
    def command(self) -> bytes:
        """Group and command."""
        return self.data[:2]


def request(command: bytes, data: bytes = b"") -> bytes:
    """The data of a packet to a card, which has to answer.

    >>> request(PING).hex(" ")
    'a2 00 01 00 00'
    """
    return command + b"\x01\x00\x00" + data


def answer(command: bytes = ACK, error: int = 0) -> bytes:
    """The data of a card's answer: ACK, or NACK and a key of ERRORS."""
    return command + bytes((error, 0, 0))


def brightness(level: int) -> bytes:
    """The data that sets the brightness, 0–15. Raises ValueError for another."""
    if not 0 <= level <= MAX_LEVEL:
        raise ValueError(f"brightness {level}, not 0–{MAX_LEVEL}")
    return request(BRIGHTNESS, bytes((1, level)))


def encode(packet: Packet) -> bytes:
    """The packet on the wire. Raises ValueError when an address or the data is more than a packet takes."""
    if not (0 <= packet.to <= 0xFFFF and 0 <= packet.sender <= 0xFFFF):
        raise ValueError(f"addresses {packet.to} and {packet.sender}, not 0–65535")
    if len(packet.data) > MAX_DATA:
        raise ValueError(f"{len(packet.data)} data bytes, {MAX_DATA} is the most")
    plain = packet.to.to_bytes(2, "little") + packet.sender.to_bytes(2, "little")
    plain += bytes((0, 0, 0, 0, 0, packet.mode, packet.card, 2)) + len(packet.data).to_bytes(2, "little") + packet.data
    plain += crc16_arc(plain).to_bytes(2, "little")
    return _HEAD + _escaped(plain) + bytes((_TAIL,))


def decode(raw: bytes) -> Packet:
    """The packet of exactly these bytes. Raises ValueError when head, an escape, size, CRC or tail is wrong."""
    if _length(raw) != len(raw):
        raise ValueError("not one whole packet")
    plain = _unescaped(raw.lstrip(_HEAD)[:-1])
    checked, crc = plain[:-2], int.from_bytes(plain[-2:], "little")
    if len(checked) < _PACKET_HEAD or len(checked) - _PACKET_HEAD != int.from_bytes(checked[12:14], "little"):
        raise ValueError("the size is not that of the data")
    if checked[8] or checked[11] != 2:
        raise ValueError("no CRC, or another version of the protocol")
    if crc != crc16_arc(checked):
        raise ValueError(f"CRC {crc:04X}, not {crc16_arc(checked):04X}")
    to, sender = (int.from_bytes(checked[at : at + 2], "little") for at in (0, 2))
    return Packet(to, sender, checked[_PACKET_HEAD:], checked[10], checked[9])


def tokenizer() -> Scanner[Packet]:
    """A fresh tokenizer for one direction of one line."""
    return Scanner(_length, decode)


def _length(begun: bytes) -> int | None:
    """Inside a packet neither A5 nor 5A stands: one is the next packet's beginning, the other the end.

    Of the eight A5 one is enough: on RS-485 the first bytes get lost when the direction of the wire turns.
    """
    body = begun.lstrip(_HEAD)
    heads = len(begun) - len(body)
    if not 1 <= heads <= len(_HEAD) or _HEAD[0] in body or len(body) > _LONGEST:
        return IMPOSSIBLE
    end = body.find(_TAIL)
    return heads + end + 1 if end >= 0 else None


_ESCAPES = {0xA5: b"\xa6\x02", 0xA6: b"\xa6\x01", 0x5A: b"\x5b\x02", 0x5B: b"\x5b\x01"}
_UNESCAPES = {escape: bytes((byte,)) for byte, escape in _ESCAPES.items()}


def _escaped(plain: bytes) -> bytes:
    return b"".join(_ESCAPES.get(byte, bytes((byte,))) for byte in plain)


def _unescaped(body: bytes) -> bytes:
    plain, at = bytearray(), 0
    while at < len(body):
        width = 2 if body[at] in (0xA6, 0x5B) else 1
        piece = body[at : at + width]
        if width == 2 and piece not in _UNESCAPES:
            raise ValueError(f"no escape {piece.hex()}")
        plain += _UNESCAPES.get(piece, piece)
        at += width
    return bytes(plain)


def _who(packet: Packet) -> str:
    from_a_card = packet.to > MAX_ADDRESS and packet.command in (ACK, NACK)
    return f"address {packet.address}" if from_a_card else ""


PROBE = Probe(
    ask=lambda address: encode(Packet(address, ASKING, request(PING))),
    recognise=by_frames(tokenizer, _who),
    does="answers a ping; nothing changes on it",
    speeds=(9600, 57600),
)
