"""Opening a serial port: one of this machine, or one behind a serial server; and all the ways in which it is lost."""

from __future__ import annotations

import re
import socket
from contextlib import suppress

import serial

try:
    from termios import error as TermiosError
except ImportError:  # Windows has no termios

    class TermiosError(Exception):  # type: ignore[no-redef]
        """Never raised here."""


LOST = (serial.SerialException, OSError, TermiosError, ValueError, TypeError)
"""What pyserial lets through when a port is not there or is pulled out. ValueError is an address it cannot read;
TypeError comes from a port that is half closed. `is_open` stays True in all of them, so it is never asked."""

READ_S = 0.2
"""How long a read waits for the first byte: so soon a stopped line ends."""

WRITE_S = 2.0
"""A port that takes no bytes for so long is lost."""

GONE_S = 15
"""A serial server that vanished without a word (its power, a cable) is noticed within so many seconds."""


def open_port(port: str, speed: int) -> serial.SerialBase:
    """An open pyserial port: a path, "COM3", "socket://host:port" (or "tcp://…", the same) or "rfc2217://host:port".

    `speed` is in bits a second, 8N1. Raises one of LOST.
    """
    port = re.sub("^tcp:", "socket:", port)
    alone = {} if "://" in port else {"exclusive": True}
    opened = serial.serial_for_url(port, baudrate=speed, timeout=READ_S, write_timeout=WRITE_S, **alone)
    if isinstance(wire := getattr(opened, "_socket", None), socket.socket):
        _keep_alive(wire)
    return opened


def _keep_alive(wire: socket.socket) -> None:
    """Let the system ask the other end now and then, so that a half-open connection breaks."""
    wire.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in (
        ("TCP_KEEPIDLE", GONE_S // 3),
        ("TCP_KEEPINTVL", GONE_S // 3),
        ("TCP_KEEPCNT", 2),
        ("TCP_USER_TIMEOUT", GONE_S * 1000),  # bytes written and never acknowledged
        ("TCP_NODELAY", 1),
    ):
        if hasattr(socket, name):  # Windows and macOS have some of them
            with suppress(OSError):
                wire.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)
