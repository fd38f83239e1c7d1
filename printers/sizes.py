"""A size in a template: dots on 80 mm paper and on 58 mm paper, eight of them a millimetre."""

from __future__ import annotations

import re
from dataclasses import dataclass

from printers.mistakes import Mistake


@dataclass(frozen=True)
class Dots:
    """`wide` on 80 mm, `narrow` on 58 mm."""

    wide: int
    narrow: int

    def on(self, paper: int) -> int:
        return self.wide if paper == 80 else self.narrow


def sized(written: str, least: int, most: int, shrinks: float = 5 / 6) -> Dots:
    """38/32, or 38 for both: on 58 mm it is `shrinks` of that. Raises Mistake unless both are from least to most.

    >>> sized("38/32", 21, 99), sized("30", 21, 99)
    (Dots(wide=38, narrow=32), Dots(wide=30, narrow=25))
    """
    found = re.fullmatch(r"\s*([0-9]{1,4})\s*(?:/\s*([0-9]{1,4})\s*)?", written)
    if not found:
        raise Mistake(f"should be dots on 80 mm / on 58 mm paper like 38/32, not {written[:40]!r}")
    wide = int(found[1])
    narrow = int(found[2]) if found[2] else max(least, round(wide * shrinks))
    for dots in (wide, narrow):
        if not least <= dots <= most:
            raise Mistake(f"should be {least} to {most} dots (8 a millimetre), not {dots}")
    return Dots(wide, narrow)
