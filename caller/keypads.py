"""Calling keypads (叫号器) on ff68: what a clerk presses, and the little display above the keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import structlog

from devices import ff68
from devices.driver import DeviceError, Job, LineDriver
from devices.ff68_press import BOUNCE_S, Presses

DEFAULT_KEYMAP: dict[str, str] = {
    "0A": "start",
    "n+0A": "transfer",
    "0B": "rate",
    "0C": "next",
    "n+0C": "call",
    "0D": "recall",
    "0E": "cancel",
    "0+0F": "hold",
    "3+0F": "resume",
    "6+0F": "no-show",
    "9+0F": "undo",
    "nn+0F": "login",
    "11": "arrived",
    "12": "pause",
    "13": "transfer",
    "n+13": "transfer",
}
"""Which key means what: `[digits+]KEY`, KEY in hex. `n` is one digit or more, `nn` two or more; the most exact entry
counts. A site changes single entries by the option `keys`; an empty meaning takes one away."""

KEYS = frozenset(
    {"next", "recall", "start", "finish", "rate", "cancel", "no-show", "hold", "resume", "call", "transfer", "pause"}
    | {"login", "arrived", "undo"}
)
"""What a key can mean: docs/agent.md, Inputs."""

WITH_DIGITS = frozenset({"call", "transfer", "login"})

log = structlog.get_logger(__name__)


class Keymap:
    """What the keys of one keypad mean. Raises ValueError for an entry that cannot be meant."""

    def __init__(self, changes: Mapping[str, str] | None = None) -> None:
        self.entries = {**DEFAULT_KEYMAP, **{str(k).upper().replace("N", "n"): v for k, v in (changes or {}).items()}}
        for entry, meaning in self.entries.items():
            digits, _, key = entry.rpartition("+")
            if digits not in ("", "n", "nn") and not digits.isdecimal():
                raise ValueError(f"keys: {entry!r}: before + stand digits, n or nn")
            if not 0x0A <= int(key, 16) <= 0xFF:
                raise ValueError(f"keys: {entry!r}: {key} is a digit, not a function key")
            if meaning and meaning not in KEYS:
                raise ValueError(f"keys: {entry!r}: no key {meaning!r}; there are {', '.join(sorted(KEYS))}")
        self._function_keys = {int(entry.rpartition("+")[2], 16) for entry in self.entries}

    def read(self, data: bytes) -> dict[str, str] | None:
        """The input event of a key frame's data; {} for a press that means nothing here, None if it is no key press.

        >>> Keymap().read(bytes((0, 2, 3, 0x0C)))
        {'kind': 'key', 'key': 'call', 'digits': '023'}
        """
        if not data or data[-1] not in self._function_keys or any(byte > 9 for byte in data[:-1]):
            return None
        key, digits = f"{data[-1]:02X}", "".join(str(byte) for byte in data[:-1])
        if digits:
            wanted = [f"{digits}+{key}", *([f"nn+{key}"] if len(digits) > 1 else []), f"n+{key}"]
            # Digits before a key that never takes any were typed by mistake: the key still means what it says.
            if not any(entry.endswith(f"+{key}") for entry in self.entries):
                wanted.append(key)
        else:
            wanted = [key]
        meaning = next((self.entries[entry] for entry in wanted if entry in self.entries), "")
        if not meaning:
            return {}
        return {"kind": "key", "key": meaning, "digits": digits if meaning in WITH_DIGITS else ""}

    def bytes_of(self, key: str, digits: str = "") -> bytes:
        """The data of the frame that a keypad sends for this key. Raises ValueError if it has no such key."""
        typed = bytes(int(digit) for digit in digits)
        for entry in self.entries:
            before, _, code = entry.rpartition("+")
            data = (bytes(int(d) for d in before) if before.isdecimal() else typed) + bytes((int(code, 16),))
            if (found := self.read(data)) and found["key"] == key and (found["digits"] == digits or not digits):
                return data
        raise ValueError(f"this keypad has no key {key!r}" + (f" with digits {digits!r}" if digits else ""))


def display(address: int, waiting: int | None, number: str | None) -> ff68.Frame:
    """The frame that shows how many wait (at most 999) and the last three digits of a ticket; None leaves it dark.

    >>> ff68.encode(display(1, None, "A023")).hex(" ")
    'ff 68 08 08 68 01 02 0a 0a 0a 00 02 03 26 16'
    """
    left = "" if waiting is None else str(min(max(waiting, 0), 999))
    right = "".join(c for c in number or "" if c.isascii() and c.isdigit())[-3:]
    places = left.rjust(3) + right.rjust(3)
    return ff68.Frame(address, ff68.SHOW, bytes(ff68.BLANK if c == " " else int(c) for c in places))


class Ff68Keypad(LineDriver):
    """A keypad at an address of a line. Options: `keys` (DEFAULT_KEYMAP), `bounce_s` (BOUNCE_S).

    Jobs: `display` and `beep`. The keypad does not answer them; it is heard of when somebody presses.
    """

    tokenizer = staticmethod(ff68.tokenizer)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keymap = Keymap(self.spec.options.get("keys"))
        self.bounce_s = float(self.spec.options.get("bounce_s", BOUNCE_S))
        self._presses = Presses(self.bounce_s, self.clock)

    def do(self, job: Job) -> dict[str, Any]:
        if job.kind == "display":
            frame = display(self.spec.address, job.data.get("waiting"), job.data.get("number"))
        elif job.kind == "beep":
            frame = ff68.Frame(self.spec.address, ff68.BEEP)
        else:
            raise DeviceError("cannot", f"叫号器不会做 {job.kind}")
        self.line.write(ff68.encode(frame))
        return {}

    def heard(self, frame: ff68.Frame) -> None:
        if frame.command != ff68.KEY or (event := self.keymap.read(frame.data)) is None:
            return
        self.sink.state("ok")
        new, answer = self._presses.take(frame.data)
        if event and new:
            self.sink.input(event)
        elif not event:
            log.info("a key without a meaning was pressed", device=self.spec.id, data=frame.data.hex(" "))
        if answer:
            self.line.write(ff68.encode(frame))
            self._presses.acknowledged()
