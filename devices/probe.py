"""The harmless question of a family: what to send to a port, and by what one knows that such a device has answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from devices.driver import Tokenizer


@dataclass(frozen=True)
class Probe:
    """`ask(address)` are the bytes to send, b"" when one can only listen; a family without addresses looks at none.

    `recognise(heard)` tells what answered ("address 3"), or "" for bytes that no such device sends; `heard` is all that
    came, in one piece, noise and all. `does` says in English what a device does when it is asked, for whoever has to
    allow it. `speeds` are the usual ones, the most usual first. `listen_s` is how long an answer takes at most.
    """

    ask: Callable[[int], bytes]
    recognise: Callable[[bytes], str]
    does: str
    speeds: tuple[int, ...] = (9600,)
    listen_s: float = 0.5


def silence(address: int) -> bytes:
    """Ask nothing."""
    return b""


def by_frames(tokenizer: Callable[[], Tokenizer], tell: Callable[[Any], str]) -> Callable[[bytes], str]:
    """Recognise by the first verified frame of which `tell(frame)` has something to say."""

    def recognise(heard: bytes) -> str:
        return next((said for frame in tokenizer().feed(heard) if (said := tell(frame))), "")

    return recognise
