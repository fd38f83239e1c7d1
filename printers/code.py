"""The QR on a slip, as a picture."""

from __future__ import annotations

from functools import lru_cache

import segno
from PIL import Image

QUIET = 4  # modules of white around a QR (ISO/IEC 18004)


LEAST = 3  # dots a module: less is not read off thermal paper


def code_picture(url: str, module: int, room: int) -> Image.Image:
    """The QR of `url`, at most `room` dots square, without its quiet zone; modules of 3 dots at least."""
    code = _code(url)
    across = len(code.matrix)
    module = _fitting(across, module, room)
    small = Image.new("1", (across, across), 1)
    small.putdata([0 if dark else 1 for row in code.matrix for dark in row])
    return small.resize((across * module, across * module), Image.Resampling.NEAREST)


def module_of(url: str, module: int, room: int) -> int:
    """Dots a module, `module` or fewer, at which the QR is at most `room` dots square; 3 at least."""
    return _fitting(len(_code(url).matrix), module, room)


@lru_cache(maxsize=32)  # a code in a column is measured before it is drawn
def _code(url: str) -> segno.QRCode:
    return segno.make(url, error="m", micro=False, boost_error=False)


def _fitting(across: int, module: int, room: int) -> int:
    return max(LEAST, min(module, room // across))
