"""Picture or the printer's own letters: a picture where it costs no waiting, or where there is no choice."""

from __future__ import annotations

from typing import Literal

MODES = ("auto", "raster", "native")
FONTS = ("gb18030", "latin")
PATIENCE_S = 1.0  # a picture may come so much later than letters would
BITS = 10  # a byte on an 8N1 line


def choose(mode: str, fonts: str, speed: int, raster: int, native: int) -> Literal["raster", "native"]:
    """How a slip goes to a printer. `mode` is one of MODES; `fonts` of FONTS: latin is a printer without Chinese;
    `speed` in bit/s, 0 where the way is no serial line; `raster` and `native` how many bytes the slip is each way.

    >>> choose("auto", "gb18030", 115_200, 72_000, 3_500), choose("auto", "gb18030", 921_600, 72_000, 3_500)
    ('native', 'raster')
    """
    if fonts == "latin" or mode == "raster":
        return "raster"
    if mode == "native":
        return "native"
    return "raster" if not speed or (raster - native) * BITS / speed <= PATIENCE_S else "native"
