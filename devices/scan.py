"""Finding frames in a stream of bytes that may be noisy, broken or late: the part all wire formats share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

F = TypeVar("F")

IMPOSSIBLE = 0
"""A length that says: no frame begins like this."""


class Scanner(Generic[F]):
    """A tokenizer made of two rules of a wire format.

    `length(head)` tells how long the frame that begins with these bytes is: None while that cannot be known yet,
    IMPOSSIBLE when no frame begins like this. It must know, or refuse, within a bounded number of bytes.
    `decode(frame)` verifies and returns the frame, or raises ValueError.

    Every place where a frame may begin is followed at once, and the first to be completed wins. So a frame that
    broke off in the middle never swallows the good one after it, and what is found does not depend on how the bytes
    were cut into reads. `bad` counts the frames that were refused, `raw` is the last one found as it came.
    """

    def __init__(self, length: Callable[[bytes], int | None], decode: Callable[[bytes], F]) -> None:
        self._length = length
        self._decode = decode
        self._held = bytearray()
        self._starts: list[int] = []
        self.bad = 0
        self.raw = b""

    def feed(self, data: bytes) -> list[F]:
        """The frames that these bytes complete, in order."""
        frames = []
        for byte in data:
            self._starts.append(len(self._held))
            self._held.append(byte)
            if (frame := self._completed()) is not None:
                frames.append(frame)
                self._held.clear()
                self._starts.clear()
        self._forget()
        return frames

    def _completed(self) -> F | None:
        """The frame that ends with the last byte held, if one does; drops the starts that came to nothing."""
        going: list[int] = []
        for start in self._starts:
            begun = bytes(self._held[start:])
            length = self._length(begun)
            if length is None or length > len(begun):
                going.append(start)
            elif length == len(begun):
                try:
                    frame = self._decode(begun)
                except ValueError:
                    self.bad += 1
                    continue  # a wrong checksum or tail: only this start is given up, not the bytes after it
                else:
                    self.raw = begun
                    return frame
        self._starts = going
        return None

    def _forget(self) -> None:
        """Let go of the bytes before the first start still followed."""
        first = self._starts[0] if self._starts else len(self._held)
        if first:
            del self._held[:first]
            self._starts = [start - first for start in self._starts]
