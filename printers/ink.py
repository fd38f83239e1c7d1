"""Ink on a one-bit canvas: runs of mixed type measured, broken into lines and set on a baseline, as a browser would.

Sizes are in dots (8 a millimetre). Every digit among words is Barlow, 8 % larger than the Chinese around it, as
`tokens.css` has it ("Hall Digits"); type set as `numeral` takes everything Barlow has, its digits one width.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

from printers import faces, gb18030

DIGIT_ADVANCE = 0.538  # em; Barlow SemiBold's tabular figures
WORD_RISE, NUMERAL_RISE = 0.436, 0.4  # (ascent - descent) / 2 in em: Noto Sans 1.16/.288, Barlow 1.0/.2
THRESHOLD = 150  # a little above the middle: hairlines such as the arms of ＋ stay whole
STAMP, STAMP_EDGE = 24, 6  # dots that a stamp takes beside its words, and those of them before the words
STAMPED = "\ufffc"  # stands for a stamp where lines are broken
GROWS, LONGEST = 2000, 6000  # rows: what is longer than 75 cm is no slip any more
NOT_FIRST = "，。、；：？！）》」』】〕…—·,.;:!?)]}%％"
NOT_LAST = "（《「『【〔([{￥$"


@dataclass(frozen=True)
class Type:
    """How a run is set: `size` in dots, `leading` as a factor of it, `face` the site's own Chinese face or "".

    A `stamp` is cut out of a black block.
    """

    size: int
    bold: bool = False
    numeral: bool = False
    leading: float = 1.45
    face: str = ""
    stamp: bool = False


@dataclass(frozen=True)
class Run:
    text: str
    type: Type

    @property
    def width(self) -> float:
        return sum(advance for _, _, advance, _ in _glyphs(self.text, self.type)) + STAMP * self.type.stamp

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


def width(runs: Sequence[Run]) -> float:
    """Dots that runs take side by side, to a hundredth: in what order they are added up makes no difference."""
    return round(sum(run.width for run in runs), 2)


def wrap(runs: Sequence[Run], room: float, most: int = 0) -> list[list[Run]]:
    """Lines of at most `room` dots; at most `most` of them if it is not 0, the last ending in … if something is cut.

    A line is broken at wide blanks (　) where it can. Latin words and numbers stay whole where they can; no line begins
    with closing punctuation or ends with opening. A stamp that is wider than the room is set as plain words.
    """
    runs = [Run(run.text, replace(run.type, stamp=False)) if run.width > room else run for run in runs]
    lines: list[list[Run]] = []
    for part in _parts(runs) if width(runs) > room else [list(runs)]:
        if lines and width([*lines[-1], Run("　", part[0].type), *part]) <= room:
            lines[-1] = [*lines[-1], Run("　", part[0].type), *part]
        else:
            lines += _broken(part, room)
    lines = [line for line in map(_trimmed, lines) if line] or [list(runs)]
    if not most or len(lines) <= most:
        return lines
    last, dots = lines[most - 1], Run("…", lines[most - 1][-1].type)
    while last and width([*last, dots]) > room:
        last = _trimmed([*last[:-1], Run(last[-1].text[:-1], last[-1].type)])
    return [*lines[: most - 1], [*last, dots]]


def _parts(runs: Sequence[Run]) -> list[list[Run]]:
    """The runs between wide blanks."""
    parts: list[list[Run]] = [[]]
    for run in runs:
        first, *more = [run.text] if run.type.stamp else run.text.split("　")
        parts[-1].append(Run(first, run.type))
        parts += [[Run(text, run.type)] for text in more]
    return [part for part in (_trimmed(part) for part in parts) if part]


def _broken(runs: list[Run], room: float) -> list[list[Run]]:
    lines: list[list[Run]] = [[]]
    for piece in _pieces(runs, room):
        if lines[-1] and width(_trimmed([*lines[-1], *piece])) > room:
            lines.append([])
        lines[-1] = [*lines[-1], *piece] if lines[-1] else _trimmed(piece, ends=False)
    return lines


def _pieces(runs: list[Run], room: float) -> list[list[Run]]:
    """The runs cut where a line may break; a stamp is never broken."""
    pattern = rf"[{re.escape(NOT_LAST)}]*(?:[\x21-\x7e–]+|.)[{re.escape(NOT_FIRST)}]*"
    text = "".join(STAMPED if run.type.stamp else run.text for run in runs)
    of = [run for run in runs for _ in (STAMPED if run.type.stamp else run.text)]
    out = []
    for found in re.finditer(pattern, text, re.S):
        chars = [of[at] if of[at].type.stamp else Run(text[at], of[at].type) for at in range(*found.span())]
        whole = [char for char in chars if not char.text.isspace()]
        out += [_joined(chars)] if width(whole) <= room else [[char] for char in chars]
    return out


def _joined(runs: Sequence[Run]) -> list[Run]:
    """Neighbours of one type as one run."""
    out: list[Run] = []
    for run in runs:
        if out and out[-1].type == run.type and not run.type.stamp:
            out[-1] = Run(out[-1].text + run.text, run.type)
        else:
            out.append(run)
    return out


def _trimmed(runs: Sequence[Run], ends: bool = True) -> list[Run]:
    """Without blanks at its beginning and, if `ends`, at its end."""
    out = _joined(runs)
    while out and not out[0].type.stamp and not out[0].text.strip():
        out.pop(0)
    if out and not out[0].type.stamp:
        out[0] = Run(out[0].text.lstrip(), out[0].type)
    while ends and out and not out[-1].text.rstrip():
        out.pop()
    if ends and out:
        out[-1] = Run(out[-1].text.rstrip(), out[-1].type)
    return out


class Canvas:
    """A strip of thermal paper `dots` wide that grows downwards; black is 0. Drawn grey, made one bit at the end."""

    def __init__(self, dots: int, rows: int = GROWS) -> None:
        self.image = Image.new("L", (dots, rows), 255)
        self.draw = ImageDraw.Draw(self.image)

    def reach(self, y: float) -> None:
        """Make room down to `y`, as far as LONGEST; what is below that is not drawn."""
        if y > self.image.height < LONGEST:
            longer = Image.new("L", (self.image.width, min(LONGEST, round(y) + GROWS)), 255)
            longer.paste(self.image)
            self.image, self.draw = longer, ImageDraw.Draw(longer)

    def set(self, x: float, baseline: float, runs: Sequence[Run]) -> float:
        """Set the runs side by side on the baseline; returns where they end."""
        for run in runs:
            start, ink = (x + STAMP_EDGE, 255) if run.type.stamp else (x, 0)
            if run.type.stamp:
                self._block(x, baseline, run)
            for char, face, advance, shift in _glyphs(run.text, run.type):
                if not char.isspace():
                    self.draw.text((round(start + shift), round(baseline)), char, fill=ink, font=face, anchor="ls")
                start += advance
            x = start if not run.type.stamp else x + run.width
        return x

    def _block(self, x: float, baseline: float, run: Run) -> None:
        """The black block that a stamp is cut out of, in the middle of its line."""
        high = run.type.size * 1.2
        top = baseline - run.above + (run.above + run.below - high) / 2
        right = x + run.width - STAMP + 2 * STAMP_EDGE - 1
        self.draw.rounded_rectangle((round(x), round(top), round(right), round(top + high)), radius=3, fill=0)

    def finish(self, height: float) -> Image.Image:
        """The strip down to `height` as a mode "1" image."""
        strip = self.image.crop((0, 0, self.image.width, max(1, min(self.image.height, round(height)))))
        return strip.point(lambda grey: 255 if grey >= THRESHOLD else 0).convert("1", dither=Image.Dither.NONE)
