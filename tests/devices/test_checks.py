"""The checksums of serial frames, against the check values that their names stand for."""

import doctest

import pytest

from devices import checks


def test_each_checksum_gives_its_check_value():
    assert doctest.testmod(checks) == (0, 5)


@pytest.mark.parametrize(
    ("check", "of_nothing"),
    [("sum8", 0), ("xor8", 0), ("crc16_arc", 0), ("crc16_modbus", 0xFFFF), ("crc16_xmodem", 0)],
)
def test_nothing_has_a_checksum_too(check, of_nothing):
    assert getattr(checks, check)(b"") == of_nothing
