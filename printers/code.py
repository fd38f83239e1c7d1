"""The QR on a slip, as a picture."""

from __future__ import annotations

import segno
from PIL import Image

QUIET = 4  # modules of white around a QR (ISO/IEC 18004)


def code_picture(url: str, module: int, room: int) -> Image.Image:
    """The QR of `url`, at most `room` dots square, without its quiet zone; modules of 3 dots at least."""
    code = segno.make(url, error="m", micro=False, boost_error=False)
    across = len(code.matrix)
    while module > 3 and across * module > room:
        module -= 1
    small = Image.new("1", (across, across), 1)
    small.putdata([0 if dark else 1 for row in code.matrix for dark in row])
    return small.resize((across * module, across * module), Image.Resampling.NEAREST)
