"""Opening a serial port: one of this machine, or one behind a serial server; and all the ways in which it is lost."""

from __future__ import annotations

import re
import socket
from contextlib import suppress
from typing import Any

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

KEPT_BYTES = 2048
"""Of what is written, so much may wait in the system for a serial server: two seconds at 9600 baud."""

GONE_S = 15
"""A serial server that vanished without a word (its power, a cable) is noticed within so many seconds."""


def open_port(port: str, speed: int) -> serial.SerialBase:
    """An open pyserial port: a path, "COM3", "socket://host:port" (or "tcp://…", the same) or "rfc2217://host:port".

    `speed` is in bits a second, 8N1. Raises one of LOST.
    """
    port = re.sub("^tcp:", "socket:", port)
    how: dict[str, Any] = {} if "://" in port else {"exclusive": True}
    if not port.startswith("rfc2217:"):  # pyserial refuses to open such a port with a limit for writing
        how["write_timeout"] = WRITE_S
    elif "ign_set_control" not in port:  # a server need not have DTR and RTS: nothing here wants them
        port += ("&" if "?" in port else "?") + "ign_set_control"
    opened = serial.serial_for_url(port, baudrate=speed, timeout=READ_S, **how)
    if isinstance(wire := getattr(opened, "_socket", None), socket.socket):
        if "write_timeout" not in how:
            wire.settimeout(WRITE_S)  # what pyserial's rfc2217 writes with; its reader only goes round at that time
        _keep_alive(wire)
    return opened


def _keep_alive(wire: socket.socket) -> None:
    """Let the system ask the other end now and then, so that a half-open connection breaks.

    And let little be kept in the system: what a server that is stuck has not taken is old when it takes it.
    """
    wire.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    wire.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, KEPT_BYTES)
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
