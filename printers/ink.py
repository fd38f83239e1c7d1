"""Ink on a one-bit canvas: runs of mixed type measured, broken into lines and set on a baseline, as a browser would.

Sizes are in dots (8 a millimetre). Every digit among words is Barlow, 8 % larger than the Chinese around it, as
`tokens.css` has it ("Hall Digits"); type set as `numeral` takes everything Barlow has, its digits one width.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

from printers import faces, gb18030

DIGIT_ADVANCE = 0.538  # em; Barlow SemiBold's tabular figures
WORD_RISE, NUMERAL_RISE = 0.436, 0.4  # (ascent - descent) / 2 in em: Noto Sans 1.16/.288, Barlow 1.0/.2
THRESHOLD = 150  # a little above the middle: hairlines such as the arms of ＋ stay whole
NOT_FIRST = "，。、；：？！）》」』】〕…—·,.;:!?)]}%％"
NOT_LAST = "（《「『【〔([{￥$"


@dataclass(frozen=True)
class Type:
    """How a run is set: `size` in dots, `leading` as a factor of it, `face` the site's own Chinese face or ""."""

    size: int
    bold: bool = False
    numeral: bool = False
    leading: float = 1.45
    face: str = ""


@dataclass(frozen=True)
class Run:
    text: str
    type: Type

    @property
    def width(self) -> float:
        return sum(advance for _, _, advance, _ in _glyphs(self.text, self.type))

    @property
    def above(self) -> float:
        """Dots from the top of its line box to the baseline."""
        rise = NUMERAL_RISE if self.type.numeral else WORD_RISE
        return self.type.size * (self.type.leading / 2 + rise)

    @property
    def below(self) -> float:
        return self.type.size * self.type.leading - self.above


@lru_cache(maxsize=2048)
def _glyphs(text: str, style: Type) -> tuple[tuple[str, ImageFont.FreeTypeFont, float, float], ...]:
    """(char, face, advance, shift) of each glyph; characters no face has come as their readable form."""
    out = []
    for char in text:
        digit = char.isascii() and char.isdigit()
        if style.numeral and char.isascii():
            face = faces.numerals(style.size)
            own = face.getlength(char)
            advance = style.size * DIGIT_ADVANCE if digit else own
            out.append((char, face, advance, (advance - own) / 2))
        elif digit:
            face = faces.numerals(round(style.size * 1.08), style.bold)
            out.append((char, face, face.getlength(char), 0))
        else:
            bold = style.bold or style.numeral
            shown = char if faces.face_of(char, style.size, bold, style.face) else gb18030.readable(char)
            for piece in shown:
                face = faces.face_of(piece, style.size, bold, style.face) or faces.words(style.size, bold, style.face)
                out.append((piece, face, face.getlength(piece), 0))
    return tuple(out)


def width(text: str, style: Type) -> float:
    return Run(text, style).width


def wrap(text: str, style: Type, room: float, most: int = 99) -> list[str]:
    """Lines of at most `room` dots, at most `most` of them (the last ends in … if cut).

    Latin words and numbers stay whole where they can; no line begins with closing punctuation or ends with opening.
    """
    lines, current = [], ""
    for piece in _pieces(text, style, room):
        if current and width((current + piece).rstrip(), style) > room:
            lines.append(current.rstrip())
            current = piece.lstrip()
        else:
            current += piece
    lines.append(current.rstrip())
    lines = [line for line in lines if line] or [""]
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and width(last + "…", style) > room:
        last = last[:-1]
    return [*lines[: most - 1], last + "…"]


def _pieces(text: str, style: Type, room: float) -> list[str]:
    """The text cut where a line may break."""
    pattern = rf"[{re.escape(NOT_LAST)}]*(?:[\x21-\x7e–]+|.)[{re.escape(NOT_FIRST)}]*"
    out = []
    for piece in re.findall(pattern, text, re.S):
        whole = width(piece.strip(), style) <= room
        out.extend([piece] if whole else list(piece))
    return out


class Canvas:
    """A strip of thermal paper `dots` wide that grows downwards; black is 0. Drawn grey, made one bit at the end."""

    def __init__(self, dots: int, longest: int = 4000) -> None:
        self.image = Image.new("L", (dots, longest), 255)
        self.draw = ImageDraw.Draw(self.image)

    def set(self, x: float, baseline: float, runs: list[Run], ink: int = 0) -> float:
        """Set the runs side by side on the baseline; returns where they end."""
        for run in runs:
            for char, face, advance, shift in _glyphs(run.text, run.type):
                if not char.isspace():
                    self.draw.text((round(x + shift), round(baseline)), char, fill=ink, font=face, anchor="ls")
                x += advance
        return x

    def finish(self, height: float) -> Image.Image:
        """The strip down to `height` as a mode "1" image."""
        strip = self.image.crop((0, 0, self.image.width, round(height)))
        return strip.point(lambda grey: 255 if grey >= THRESHOLD else 0).convert("1", dither=Image.Dither.NONE)
