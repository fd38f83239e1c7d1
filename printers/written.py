"""A slip as the bytes for its printer: its template, the paper and the way there, put together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from printers import escpos, native, raster
from printers.choice import choose
from printers.slip import Slip
from printers.template import Template

NO_LINE = 230_400  # bit/s reckoned with where the way is no serial line: a picture of the number always fits
LEAST_PICTURE = 16_000  # bytes: no slip of use is smaller as a picture; too slow for that, none need be drawn


@dataclass(frozen=True)
class WrittenSlip:
    """ESC/POS from reset to cut, and which way it was made."""

    data: bytes
    mode: Literal["raster", "native"]


def write(slip: Slip, template: Template, options: Mapping[str, Any], speed: int, mode: str = "") -> WrittenSlip:
    """The bytes of a slip for a printer with these options (docs/wire/escpos.md).

    `speed` of the line in bit/s, 0 if it is none; `mode` goes before the printer's own.
    """
    paper, font = int(options.get("width", 80)), str(options.get("font", ""))
    how = (mode or str(options.get("mode", "auto")), str(options.get("fonts", "gb18030")), speed)
    letters = native.compose(slip, paper, speed or NO_LINE, template)
    if choose(*how, LEAST_PICTURE, len(letters)) == "native":
        return WrittenSlip(letters, "native")
    picture = escpos.RESET + escpos.picture(raster.draw(slip, paper, font, template)) + escpos.CUT
    chosen = choose(*how, len(picture), len(letters))
    return WrittenSlip(picture if chosen == "raster" else letters, chosen)
