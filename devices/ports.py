"""The serial ports of this machine, and what answers on one when every family asks its harmless question."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path

import serial
from serial.tools import list_ports

from devices.opening import LOST, open_port
from devices.probe import Probe

BY_ID = Path("/dev/serial/by-id")


@dataclass(frozen=True)
class Port:
    """A port of this machine. `lasting` is the name that stays the same after a replug, "" where there is none."""

    name: str
    lasting: str
    what: str


@dataclass(frozen=True)
class Answer:
    """What was heard at a speed: recognised by `family` as `said`, or by nobody ("" both)."""

    speed: int
    family: str
    said: str
    heard: bytes


class PortTaken(Exception):
    """The port cannot be opened; str() is a sentence."""


def ports() -> list[Port]:
    """The serial ports of this machine, those of USB adapters with what the adapter says of itself."""
    lasting = {}
    with suppress(OSError):
        lasting = {link.resolve(): str(link) for link in sorted(BY_ID.iterdir())}
    return [
        Port(
            it.device,
            lasting.get(Path(it.device).resolve(), ""),
            " ".join(filter(None, (_said(it.description), _usb(it)))),
        )
        for it in sorted(list_ports.comports(), key=lambda it: it.device)
    ]


def probe(
    port: str,
    probes: Mapping[str, Probe],
    address: int = 1,
    *,
    opener: Callable[[str, int], serial.SerialBase] = open_port,
    clock: Callable[[], float] = time.monotonic,
    trying: Callable[[str, int], None] = lambda family, speed: None,
) -> Iterator[Answer]:
    """Ask each family's question at each of its speeds, until that family is recognised; yields what was heard.

    Those that only listen come first, all together. `trying(family, speed)` is called before each. Raises PortTaken.
    """
    fixed = port.startswith(("socket:", "tcp:"))  # the speed is the serial server's own affair
    speeds = {name: it.speeds[:1] if fixed else it.speeds for name, it in probes.items()}
    found: set[str] = set()
    for speed in dict.fromkeys(speed for of_family in speeds.values() for speed in of_family):
        asked = {name: it for name, it in probes.items() if speed in speeds[name] and name not in found}
        listening = {name: it for name, it in asked.items() if not it.ask(address)}
        rounds = [listening] if listening else []
        rounds += [{name: it} for name, it in asked.items() if name not in listening]
        try:
            with opener(port, speed) if rounds else nullcontext() as opened:
                for turn in rounds:
                    for name in turn:
                        trying(name, speed)
                    heard = _ask(opened, turn, address, clock)
                    answers = [
                        Answer(speed, name, said, heard) for name in turn if (said := turn[name].recognise(heard))
                    ]
                    found |= {answer.family for answer in answers}
                    yield from answers or ([Answer(speed, "", "", heard)] if heard else [])
        except LOST as problem:
            raise PortTaken(f"{port} cannot be used: {problem}") from problem


def _ask(port: serial.SerialBase, turn: Mapping[str, Probe], address: int, clock: Callable[[], float]) -> bytes:
    """What comes on the port after the question, until somebody recognises it or the time is over."""
    port.timeout = 0.05
    port.reset_input_buffer()
    if question := next(iter(turn.values())).ask(address):
        port.write(question)
    heard, until = b"", clock() + max(it.listen_s for it in turn.values())
    while clock() < until and not any(it.recognise(heard) for it in turn.values()):
        heard += port.read(256)
    return heard


def _said(text: str | None) -> str:
    return "" if text in (None, "n/a") else str(text)


def _usb(it: object) -> str:
    vid, pid, serial_number = (getattr(it, name, None) for name in ("vid", "pid", "serial_number"))
    if vid is None or pid is None:
        return ""
    return f"USB {vid:04x}:{pid:04x}" + (f" {serial_number}" if serial_number else "")
