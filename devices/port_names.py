"""How a port is written: what `hall check` says of one that no machine could open."""

from __future__ import annotations

import re

from devices.registry import TABLE, Family

SERVERS = ("socket://", "tcp://", "rfc2217://")
LINE = "/dev/ttyS0, COM3, socket://10.0.0.9:4001 or virtual"
PRINTER = "tcp://10.0.0.9:9100, /dev/ttyS1, COM3, file:/dev/usb/lp0, usb:0416:5011 or virtual"
QUEUE = "cups:NAME or ipp://10.0.0.9:631/printers/NAME"


def wrong_port(port: str, family: Family | None = None) -> str:
    """A sentence about a port that cannot be one for this family, or for a line; "" when it may be.

    >>> wrong_port("tcp://10.0.0.9"), wrong_port("COM3"), wrong_port("/dev/ttyUSB0")
    ("'tcp://10.0.0.9' has no port number from 1 to 65535: write tcp://HOST:NUMBER", '', '')
    """
    if family is not None and (family not in TABLE or family.name == "espeak"):
        return ""  # what a package of its own takes for a port is its own
    if family is not None and family.name == "escpos-cups":
        right = re.fullmatch(r"cups:[^\s/#]+|ipps?://[^\s/]+/\S+", port)
        return "" if right else f"{port!r} is no print queue: write {QUEUE}"
    scheme = next((it for it in SERVERS if port.startswith(it)), "")
    printer = family is not None and family.kind == "printer"
    if scheme and not (printer and scheme != "tcp://"):
        return _server(port, scheme)
    if printer and port.startswith("usb:"):
        right = re.fullmatch(r"usb:[0-9a-fA-F]{1,4}:[0-9a-fA-F]{1,4}", port)
        return "" if right else f"{port!r}: write usb:VENDOR:PRODUCT in hex, as lsusb shows them, usb:0416:5011"
    path = port.removeprefix("file:") if printer else port
    if port == "virtual" or re.fullmatch(r"(\\\\\.\\)?COM\d{1,3}", path, re.IGNORECASE):
        return ""
    if path.startswith("/") and not path.endswith("/") and path.count("/") > 1:
        return ""
    return f"{port!r} is no port: write {PRINTER if printer else LINE}"


def _server(port: str, scheme: str) -> str:
    number = re.match(r"[^\s/?#]+:(\d{1,5})(?=$|[/?#])", port.removeprefix(scheme))
    if number and 1 <= int(number[1]) <= 65_535:
        return ""
    return f"{port!r} has no port number from 1 to 65535: write {scheme}HOST:NUMBER"
