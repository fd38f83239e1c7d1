"""A capture of a line in a file: a head that says whose line it is, then one JSON object for all that passed. Pure.

    {"capture": 1, "line": "l1", "speed": 9600, "began": ISO, "devices": [{"id", "driver", "address", "options"}]}
    {"t": 0.0132, "dir": "in", "hex": "ff 68 03 03 68 01 01 0c 0e 16"}
    {"t": 0.0181, "dir": "out", "hex": "…", "device": "bar-1"}

`t` is seconds since the capture began, by a clock that does not jump.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from devices import registry
from devices.driver import DeviceSpec
from devices.traffic import Passed

VERSION = 1
LONGEST_S = 1e9
"""Thirty years: an agent's clock may have begun with its machine."""

PRIVATE = frozenset({"reader", "scanner"})
"""Kinds whose bytes are a visitor's own (an ID card, a code): they are counted, never shown or written."""


@dataclass(frozen=True)
class Head:
    """Whose line it is."""

    line: str
    speed: int
    began: str
    devices: tuple[DeviceSpec, ...]

    @property
    def private(self) -> bool:
        return is_private(spec.driver for spec in self.devices)


class NoCapture(ValueError):
    """str() is a sentence with the number of the line that is wrong."""


def is_private(drivers: Iterable[str]) -> bool:
    """Whether what comes in from these drivers' devices is nobody's to read."""
    known = registry.families()
    return any(known[driver].kind in PRIVATE for driver in drivers if driver in known)


def head_told(head: Head) -> dict[str, Any]:
    devices = [
        {"id": it.id, "driver": it.driver, "address": it.address, "options": dict(it.options)} for it in head.devices
    ]
    return {"capture": VERSION, "line": head.line, "speed": head.speed, "began": head.began, "devices": devices}


def head_of(body: Mapping[str, Any]) -> Head:
    """The head as it was told. Raises ValueError, KeyError or TypeError for what is none."""
    if body["capture"] != VERSION:
        raise ValueError(f"capture {body['capture']}, this program reads {VERSION}")
    datetime.fromisoformat(body["began"])
    devices = tuple(_device(it, str(body["line"])) for it in body["devices"])
    return Head(str(body["line"]), _whole(body["speed"]), body["began"], devices)


def _device(it: Mapping[str, Any], line: str) -> DeviceSpec:
    options = it.get("options") or {}
    if not isinstance(options, dict):
        raise TypeError(f"no options: {options!r}")
    return DeviceSpec(str(it["id"]), "", str(it["driver"]), line, _whole(it["address"]), options=options)


def _whole(number: Any) -> int:
    if not isinstance(number, int):
        raise TypeError(f"no whole number: {number!r}")
    return number


def line_of(passed: Passed) -> dict[str, Any]:
    """As it stands in the file and travels to the hub."""
    told = {"t": round(passed.at, 6), "dir": passed.direction, "hex": passed.data.hex(" ")}
    return told | ({"device": passed.device} if passed.device else {})


def passed_of(body: Mapping[str, Any]) -> Passed:
    """Raises ValueError, KeyError or TypeError for what is none."""
    if body["dir"] not in ("in", "out"):
        raise ValueError(f"no direction {body['dir']!r}")
    if not 0 <= float(body["t"]) <= LONGEST_S:
        raise ValueError(f"no time of a capture: {body['t']}")
    return Passed(float(body["t"]), body["dir"], bytes.fromhex(body["hex"]), str(body.get("device") or ""))


def read(lines: Iterable[str]) -> tuple[Head, Iterator[Passed]]:
    """The head, and what passed, read as it is asked for. Raises NoCapture, the iterator too."""
    numbered = ((number, line) for number, line in enumerate(lines, 1) if line.strip())
    number, first = next(numbered, (1, "{}"))
    try:
        head = head_of(json.loads(first))
    except (ValueError, KeyError, TypeError) as wrong:
        raise NoCapture(f"line {number} is not the head of a capture: {wrong}") from wrong
    return head, _rest(numbered)


def _rest(numbered: Iterable[tuple[int, str]]) -> Iterator[Passed]:
    for number, line in numbered:
        try:
            yield passed_of(json.loads(line))
        except (ValueError, KeyError, TypeError) as wrong:
            raise NoCapture(f"line {number} is not what passed: {wrong}") from wrong
