"""A barcode on a slip, as a picture: Code 128, which holds all of ASCII and is read by every scanner."""

from __future__ import annotations

from barcode.codex import Code128
from barcode.errors import BarcodeError
from PIL import Image


def bars_picture(data: str, height: int, module: int, room: int) -> Image.Image | None:
    """The bars of `data`, `height` dots high, without their quiet zone; None if they do not fit in `room` dots."""
    try:
        bars = "".join(Code128(data).build())
    except BarcodeError:
        return None
    module = min(module, room // len(bars))
    if not module:
        return None
    row = Image.new("1", (len(bars), 1), 1)
    row.putdata([0 if bar == "1" else 1 for bar in bars])
    return row.resize((len(bars) * module, height), Image.Resampling.NEAREST)
