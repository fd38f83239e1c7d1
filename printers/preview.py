"""What a printer would really print: the bytes of a slip, heard by the decoder and printed on a strip in memory."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from PIL import Image

from printers.head import printed
from printers.options import first_mistake
from printers.papers import PAPERS
from printers.profile import settled
from printers.slip import Slip
from printers.template import Template
from printers.transport import speed_of
from printers.written import write

BITS, DOTS_A_MM = 10, 8


@dataclass(frozen=True)
class Preview:
    """The slip as a PNG of one bit a dot; `seconds` on the line, 0.0 where it is none; `errors` of the printer."""

    png: bytes
    mode: Literal["raster", "native"]
    size: int
    speed: int
    dots: tuple[int, int]
    errors: list[str]

    @property
    def seconds(self) -> float:
        return self.size * BITS / self.speed if self.speed else 0.0

    @property
    def mm(self) -> int:
        return round(self.dots[1] / DOTS_A_MM)

    @property
    def picture(self) -> Image.Image:
        return Image.open(io.BytesIO(self.png))


def preview(slip: Slip, template: Template, port: str, options: Mapping[str, Any], mode: str = "") -> Preview:
    """The slip from a printer on `port` with these options (docs/wire/escpos.md); `mode` goes before its own.

    Raises ValueError for options that no printer has.
    """
    if sentence := first_mistake(options):
        raise ValueError(sentence)
    options = settled(options)
    paper, speed = int(options.get("width", 80)), speed_of(port, options)
    sent = write(slip, template, options, speed, mode)
    strip, errors = printed(sent.data, PAPERS[paper].dots)
    picture, png = strip.picture_of_all(), io.BytesIO()
    picture.save(png, "PNG", optimize=True)
    return Preview(png.getvalue(), sent.mode, len(sent.data), speed, picture.size, errors)
