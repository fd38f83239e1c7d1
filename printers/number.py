"""The ticket number: its letter cut out of a black tile, the digits beside it, never broken, never another face."""

from __future__ import annotations

from PIL import Image

from printers import faces
from printers.ink import DIGIT_ADVANCE, Canvas
from printers.slip import Slip

RADIUS, GAP, PADDING, BASELINE = 0.14, 0.13, 0.16, 0.85  # em


def across(slip: Slip, size: int) -> float:
    """Dots the number takes at `size` dots an em."""
    digits = len(slip.digits) * DIGIT_ADVANCE * size
    return digits + (_tile(slip.letters, size) + GAP * size if slip.letters else 0)


def place_number(canvas: Canvas, slip: Slip, left: float, top: float, size: int, room: float) -> None:
    """Draw the number with its tile's top left at (left, top), in `room` dots: a long one is set smaller as a whole."""
    em = size if across(slip, size) <= room else int(size * room / across(slip, size))
    top += (size - em) / 2
    face = faces.numerals(em)
    baseline = round(top + BASELINE * em)
    x = left
    if slip.letters:
        tile = _tile(slip.letters, em)
        frame = (round(x), round(top), round(x + tile) - 1, round(top) + em - 1)
        canvas.draw.rounded_rectangle(frame, radius=RADIUS * em, fill=0)
        middle = x + tile / 2 - face.getlength(slip.letters) / 2
        canvas.draw.text((round(middle), baseline), slip.letters, fill=255, font=face, anchor="ls")
        x += tile + GAP * em
    for digit in slip.digits:
        inset = (DIGIT_ADVANCE * em - face.getlength(digit)) / 2
        canvas.draw.text((round(x + inset), baseline), digit, fill=0, font=face, anchor="ls")
        x += DIGIT_ADVANCE * em


def number_picture(slip: Slip, size: int, room: int) -> Image.Image:
    """The number alone as a mode "1" image `size` dots high, cut to its own width."""
    canvas = Canvas(room, size)
    place_number(canvas, slip, 0, 0, size, room)
    picture = canvas.finish(size)
    return picture.crop((0, 0, min(room, round(across(slip, size))), size))


def _tile(letters: str, size: int) -> float:
    """A square of one em, wider for the two letters of a queue within a zone."""
    return max(size, faces.numerals(size).getlength(letters) + 2 * PADDING * size)
