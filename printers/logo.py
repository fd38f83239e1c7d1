"""A hall's own picture on a slip: any PNG or JPEG made black and white, as it travels to the printers."""

from __future__ import annotations

import base64
import io

from PIL import Image, UnidentifiedImageError

from printers.mistakes import Mistake

WIDEST, HIGHEST = 576, 1200  # dots: the 80 mm paper, and 15 cm of it
MOST_PIXELS = 20_000_000
MIDDLE = 150


def black_and_white(data: bytes) -> Image.Image:
    """A picture file as mode "1", at most as wide as the paper; what is transparent is paper. Raises Mistake."""
    try:
        found = Image.open(io.BytesIO(data))
        if found.width * found.height > MOST_PIXELS:
            raise Mistake(f"has {found.width} × {found.height} dots: save it smaller, {WIDEST} are the whole paper")
        shown = found.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        if isinstance(error, Mistake):
            raise
        raise Mistake("is no picture that can be read: save it as PNG") from None
    paper = Image.new("RGBA", shown.size, "white")
    grey = Image.alpha_composite(paper, shown).convert("L")
    grey.thumbnail((WIDEST, HIGHEST), Image.Resampling.LANCZOS)
    return _hard(grey)


def resized(image: Image.Image, width: int, room: int) -> Image.Image:
    """The picture `width` dots wide, and never wider than `room`."""
    width = min(width, room)
    if width == image.width:
        return image
    height = max(1, round(image.height * width / image.width))
    return _hard(image.convert("L").resize((width, height), Image.Resampling.LANCZOS))


def to_wire(image: Image.Image) -> str:
    """As text for a job: a PNG in base64, a few kilobytes."""
    png = io.BytesIO()
    image.save(png, "PNG", optimize=True)
    return base64.b64encode(png.getvalue()).decode("ascii")


def from_wire(text: object) -> Image.Image:
    """The picture of a job. Raises Mistake."""
    if not isinstance(text, str):
        raise Mistake("its picture did not come with the job")
    try:
        return black_and_white(base64.b64decode(text, validate=True))
    except ValueError as error:
        raise error if isinstance(error, Mistake) else Mistake("its picture cannot be read") from None


def _hard(grey: Image.Image) -> Image.Image:
    return grey.point(lambda value: 255 if value >= MIDDLE else 0).convert("1", dither=Image.Dither.NONE)
