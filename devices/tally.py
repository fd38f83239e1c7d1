"""What has gone over a line: counted for the hub, and told to whoever looks on (`hall wire`)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Any, Literal

from devices.driver import Tokenizer

Direction = Literal["in", "out"]
Onlooker = Callable[[Direction, bytes, str], None]
"""seen(direction, bytes, device): as read or written; `device` is whom a written frame is from, "" for what came in."""


class Tally:
    """The counters of one line. Written by the line's own thread and by whoever holds it for writing."""

    def __init__(self) -> None:
        self.bytes: Counter[str] = Counter()
        """By direction."""
        self.frames: dict[str, Counter[str]] = defaultdict(Counter)
        """By device, then direction."""
        self.bad_frames = 0
        """Frames that came whole, with a wrong checksum or tail."""
        self._onlookers: tuple[Onlooker, ...] = ()

    def watch(self, onlooker: Onlooker) -> None:
        """Tell it of all that goes over the line from now on. It is called from several threads and returns at once."""
        self._onlookers = (*self._onlookers, onlooker)

    def unwatch(self, onlooker: Onlooker) -> None:
        self._onlookers = tuple(it for it in self._onlookers if it != onlooker)

    def went(self, direction: Direction, data: bytes, device: str = "") -> None:
        """These bytes were read, or a frame of this device's was written."""
        self.bytes[direction] += len(data)
        if direction == "out":
            self.frames[device]["out"] += 1
        for seen in self._onlookers:
            seen(direction, data, device)

    def found(self, tokenizer: Tokenizer, data: bytes) -> list[Any]:
        """The frames that these bytes complete. Those that did not verify are counted, if the tokenizer tells them."""
        bad = getattr(tokenizer, "bad", 0)
        frames = tokenizer.feed(data)
        self.bad_frames += getattr(tokenizer, "bad", 0) - bad
        return frames

    def heard(self, device: str) -> None:
        """A whole frame of this device's has come in."""
        self.frames[device]["in"] += 1

    def of_device(self, device: str) -> dict[str, int]:
        counted = self.frames.get(device, Counter())
        return {"frames_in": counted["in"], "frames_out": counted["out"]}

    def of_line(self) -> dict[str, int]:
        return {
            "bytes_in": self.bytes["in"],
            "bytes_out": self.bytes["out"],
            "frames_in": sum(it["in"] for it in list(self.frames.values())),
            "frames_out": sum(it["out"] for it in list(self.frames.values())),
            "bad_frames": self.bad_frames,
        }
