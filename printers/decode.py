"""ESC/POS as a printer hears it: bytes to commands, strictly. What is not in the table is an error, and is kept.

Real-time commands (10 04, 10 05, 10 14) are taken out of the stream on arrival, as the hardware does, wherever they
stand; a status request inside the data of another command is an error of the sender.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from printers.escpos import CLEAR


@dataclass(frozen=True)
class Command:
    """`name` as in TABLE, or char, line, picture, symbol, cut, status, recover, clear; `values` its parameters."""

    name: str
    values: tuple[int, ...] = ()
    data: bytes = b""

    @property
    def at_once(self) -> bool:
        return self.name in ("status", "recover", "clear")


TABLE = {  # prefix: (name, parameter bytes, values allowed for the last of them)
    b"\x1b@": ("reset", 0, None),
    b"\x1ba": ("align", 1, range(3)),
    b"\x1bE": ("bold", 1, range(2)),
    b"\x1b2": ("pitch", 0, None),
    b"\x1b3": ("pitch", 1, range(256)),
    b"\x1bd": ("feed", 1, range(256)),
    b"\x1d!": ("size", 1, [w << 4 | h for w in range(8) for h in range(8)]),
    b"\x1dB": ("reverse", 1, range(2)),
    b"\x1c&": ("chinese", 0, None),
    b"\x1c.": ("latin", 0, None),
    b"\x1cW": ("double", 1, range(2)),
    b"\x1dr": ("paper", 1, (1, 49)),
}
AT_ONCE = re.compile(rb"\x10\x04[\x01-\x04]|\x10\x05[\x00-\x02]|" + re.escape(CLEAR))
_BEGINNINGS = [b"\x10", b"\x10\x04", b"\x10\x05", *(CLEAR[:n] for n in range(2, len(CLEAR)))]


class Tokenizer:
    """Bytes in any pieces to whole commands. `errors` keeps a sentence for everything that is not ESC/POS."""

    def __init__(self) -> None:
        self.errors: list[str] = []
        self._held = b""
        self._pending = b""
        self._chinese = True  # models with a Chinese font start so

    def clear(self) -> None:
        self._held = self._pending = b""

    def feed(self, data: bytes) -> list[Command]:
        data = self._held + data
        self._held = next((data[-len(b) :] for b in reversed(_BEGINNINGS) if data.endswith(b)), b"")
        data = data[: len(data) - len(self._held)]
        out: list[Command] = []
        start = 0
        for found in AT_ONCE.finditer(data):
            out += self._take(data[start : found.start()])
            if self._pending and found[0][1] == 0x04:
                self.errors.append(f"status asked inside {self._pending[:3].hex(' ')}…")
            out.append(self._at_once(found[0]))
            start = found.end()
        return out + self._take(data[start:])

    def _at_once(self, raw: bytes) -> Command:
        if raw[1] == 0x14 or (raw[1] == 0x05 and raw[2] == 2):
            self._pending = b""
        return Command({0x04: "status", 0x05: "recover", 0x14: "clear"}[raw[1]], (raw[2],))

    def _take(self, data: bytes) -> list[Command]:
        data, out, at = self._pending + data, [], 0
        while at < len(data):
            try:
                command, length = self._command(data, at)
            except _Incomplete:
                break
            except ValueError as wrong:
                self.errors.append(str(wrong))
                at += 1
                continue
            if command.name in ("chinese", "latin", "reset"):
                self._chinese = command.name != "latin"
            out.append(command)
            at += length
        self._pending = data[at:]
        return out

    def _command(self, data: bytes, at: int) -> tuple[Command, int]:
        first = data[at]
        if first == 0x0A:
            return Command("line"), 1
        if 0x20 <= first <= 0x7E:
            return Command("char", (), data[at : at + 1]), 1
        if first >= 0x81 and self._chinese:
            pair = _need(data, at, 2)
            try:
                pair.decode("gbk")
            except UnicodeDecodeError:
                raise ValueError(f"{pair.hex(' ')} is in no GBK font") from None
            return Command("char", (), pair), 2
        if first not in (0x1B, 0x1C, 0x1D):
            raise ValueError(f"{first:02x} is no text and no command")
        prefix = _need(data, at, 2)
        if prefix in TABLE:
            return _plain(prefix, data, at)
        if prefix == b"\x1dV":
            return _cut(data, at)
        if prefix == b"\x1dv":
            return _picture(data, at)
        if prefix == b"\x1d(":
            return _symbol(data, at)
        raise ValueError(f"unknown command {prefix.hex(' ')}")


class _Incomplete(Exception):
    """More bytes are needed."""


def _need(data: bytes, at: int, length: int) -> bytes:
    if len(data) < at + length:
        raise _Incomplete
    return data[at : at + length]


def _plain(prefix: bytes, data: bytes, at: int) -> tuple[Command, int]:
    name, count, allowed = TABLE[prefix]
    raw = _need(data, at, 2 + count)
    if allowed is not None and raw[-1] not in allowed:
        raise ValueError(f"{raw.hex(' ')}: {raw[-1]} is no value for {name}")
    return Command(name, tuple(raw[2:])), len(raw)


def _cut(data: bytes, at: int) -> tuple[Command, int]:
    how = _need(data, at, 3)[2]
    if how in (0, 1, 48, 49):
        return Command("cut", (0,)), 3
    if how in (65, 66):
        return Command("cut", (_need(data, at, 4)[3],)), 4
    raise ValueError(f"1d 56 {how:02x} is no way to cut")


def _picture(data: bytes, at: int) -> tuple[Command, int]:
    head = _need(data, at, 8)
    across, rows = head[4] | head[5] << 8, head[6] | head[7] << 8
    if head[2] != 0x30 or head[3] not in range(4) or not across or not rows:
        raise ValueError(f"{head.hex(' ')} is no picture")
    length = 8 + across * rows
    return Command("picture", (head[3], across, rows), _need(data, at, length)[8:]), length


def _symbol(data: bytes, at: int) -> tuple[Command, int]:
    head = _need(data, at, 5)
    length = head[3] | head[4] << 8
    if head[2] != 0x6B or length < 3:
        raise ValueError(f"{head.hex(' ')} is no two-dimensional code")
    body = _need(data, at, 5 + length)[5:]
    if body[0] != 0x31:
        raise ValueError(f"code type {body[0]:02x} is not a QR")
    return Command("symbol", (body[1],), body[2:]), 5 + length
