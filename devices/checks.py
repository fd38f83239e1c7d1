"""The checksums at the end of serial frames: sum, xor, and the three CRC-16 that hall hardware uses.

XMODEM is binascii's; the two others are eight shifts a byte. A frame is forty bytes long, so neither a table nor a
library would be noticed. Check values of "123456789" are those of Greg Cook's catalogue of CRC algorithms.
"""

from __future__ import annotations

import binascii
from functools import reduce
from operator import xor


def sum8(data: bytes) -> int:
    """The sum of all bytes, its low byte.

    >>> hex(sum8(b"123456789"))
    '0xdd'
    """
    return sum(data) & 0xFF


def xor8(data: bytes) -> int:
    """All bytes exclusive-ored; 0 for none.

    >>> hex(xor8(b"123456789"))
    '0x31'
    """
    return reduce(xor, data, 0)


def crc16_arc(data: bytes) -> int:
    """CRC-16/ARC: poly 8005 reflected, from 0000.

    >>> hex(crc16_arc(b"123456789"))
    '0xbb3d'
    """
    return _reflected(data, 0x0000)


def crc16_modbus(data: bytes) -> int:
    """CRC-16/MODBUS: poly 8005 reflected, from FFFF.

    >>> hex(crc16_modbus(b"123456789"))
    '0x4b37'
    """
    return _reflected(data, 0xFFFF)


def crc16_xmodem(data: bytes) -> int:
    """CRC-16/XMODEM: poly 1021, from 0000.

    >>> hex(crc16_xmodem(b"123456789"))
    '0x31c3'
    """
    return binascii.crc_hqx(data, 0)


def _reflected(data: bytes, crc: int) -> int:
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
    return crc
