"""A template filled in for one ticket: what stands on its slip from top to bottom, before anything is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote

from PIL import Image

from printers import blocks as b
from printers.fields import Values, values
from printers.phrases import Piece
from printers.slip import LONGEST_URL, Slip
from printers.template import Template

Mode = Literal["raster", "native"]
SECOND = 0.75  # the second language beside the first
LEAST = 21  # dots
LONGEST_BARS = 40


@dataclass(frozen=True)
class Bit:
    """Some words of a line: `how` is "", bold, stamp or numeral; `size` dots of its own, 0 for the line's."""

    text: str
    how: str = ""
    size: int = 0


Line = tuple[Bit, ...]


@dataclass(frozen=True, kw_only=True)
class Said:
    """`gap` dots of white above it."""

    gap: int = 0


@dataclass(frozen=True, kw_only=True)
class Words(Said):
    """Lines, each as long as it is; at most `most` of them once they are broken, 0 for any. `mark` stands before."""

    lines: tuple[Line, ...]
    size: int
    bold: bool
    align: b.Align = "left"
    most: int = 0
    mark: str = ""
    large: bool = False  # it would be large on 80 mm: a printer's own letters know two sizes


@dataclass(frozen=True, kw_only=True)
class Across(Said):
    """A rule, as much white under it as above."""

    dotted: bool


@dataclass(frozen=True, kw_only=True)
class White(Said):
    """Nothing."""


@dataclass(frozen=True, kw_only=True)
class TheNumber(Said):
    size: int
    align: b.Align


@dataclass(frozen=True, kw_only=True)
class Shown(Said):
    """A picture, `width` dots wide."""

    image: Image.Image
    width: int
    align: b.Align


@dataclass(frozen=True, kw_only=True)
class Code(Said):
    """A QR of ASCII `data`."""

    data: str
    module: int
    align: b.Align


@dataclass(frozen=True, kw_only=True)
class Bars(Said):
    """A Code 128 of ASCII `data`."""

    data: str
    height: int
    module: int
    align: b.Align


@dataclass(frozen=True, kw_only=True)
class Beside(Said):
    """Cells side by side, none of them empty."""

    cells: tuple[tuple[Said, ...], ...]


def said(template: Template, slip: Slip, paper: int, mode: Mode) -> tuple[Said, ...]:
    """What the slip says on `paper` (80 or 58 mm), drawn (`raster`) or in the printer's letters (`native`)."""
    return tuple(_Filling(template, slip, paper, mode).blocks(template.blocks))


class _Filling:
    def __init__(self, template: Template, slip: Slip, paper: int, mode: Mode) -> None:
        self._paper = paper
        self._values: list[Values] = [values(slip, language) for language in template.languages]
        self._languages = template.languages
        asked = {"paper": str(paper), "mode": mode, "language": template.languages[0], "class": slip.visitor_class}
        self._known = {**self._values[0], **asked}

    def blocks(self, blocks: tuple[b.Block, ...]) -> Iterator[Said]:
        for block in blocks:
            if block.when.holds(self._known):
                yield from self._block(block, block.gap.on(self._paper))

    def _block(self, block: b.Block, gap: int) -> Iterator[Said]:
        paper, first = self._paper, self._values[0]
        match block:
            case b.Text():
                yield from self._text(block, gap)
            case b.Listing():
                for n, entry in enumerate(first[block.field]):
                    line = (Bit(entry),)
                    size = block.size.on(paper)
                    yield Words(gap=0 if n else gap, lines=(line,), size=size, bold=block.bold, mark=block.mark)
            case b.Rule():
                yield Across(gap=gap, dotted=block.dotted)
            case b.White():
                yield White(gap=gap)
            case b.Number():
                yield TheNumber(gap=gap, size=block.size.on(paper), align=block.align)
            case b.Picture():
                width = block.width.on(paper) if block.width else block.image.width
                yield Shown(gap=gap, image=block.image, width=width, align=block.align)
            case b.Qr():
                data = quote(block.words.text(first), safe=":/?#[]@!$&'()*+,;=%-._~ ", errors="ignore")
                if data and len(data) <= LONGEST_URL:
                    yield Code(gap=gap, data=data, module=block.module.on(paper), align=block.align)
            case b.Barcode():
                data = "".join(char for char in block.words.text(first) if " " <= char <= "~")
                if data and len(data) <= LONGEST_BARS:
                    height, module = block.height.on(paper), block.module.on(paper)
                    yield Bars(gap=gap, data=data, height=height, module=module, align=block.align)
            case b.Columns():
                cells = tuple(filter(None, (tuple(self.blocks(cell)) for cell in block.cells)))
                if cells:
                    yield Beside(gap=gap, cells=cells)
            case b.Group():
                inner = list(self.blocks(block.blocks))
                if inner and gap:
                    yield White(gap=gap)
                yield from inner

    def _text(self, block: b.Text, gap: int) -> Iterator[Said]:
        """The text in each language of the slip; what is the same in both stands once."""
        told: list[str] = []
        for n, (language, known) in enumerate(zip(self._languages, self._values, strict=True)):
            lines = block.words[language].filled(known)
            text = block.words[language].text(known)
            if not lines or text in told:
                continue
            factor = SECOND if n else 1.0
            yield Words(
                gap=0 if told else gap,
                lines=tuple(tuple(self._bit(piece, factor) for piece in line) for line in lines),
                size=max(LEAST, round(block.size.on(self._paper) * factor)),
                bold=block.bold and not n,
                align=block.align,
                most=block.lines,
                large=block.size.wide >= 32 and not n,
            )
            told.append(text)

    def _bit(self, piece: Piece, factor: float) -> Bit:
        size = max(LEAST, round(piece.size.on(self._paper) * factor)) if piece.size else 0
        return Bit(piece.text, piece.how, size)
