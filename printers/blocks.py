"""What a template is made of: blocks, one under another. Read by template.py, filled by said.py."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from PIL import Image

from printers.conditions import When
from printers.fields import Language
from printers.phrases import Phrase
from printers.sizes import Dots

Align = Literal["left", "centre", "right"]
Phrases = Mapping[Language, Phrase]
NOTHING = Dots(0, 0)
ALWAYS = When()


@dataclass(frozen=True, kw_only=True)
class Block:
    """`gap` is white above it; it is there when `when` holds."""

    when: When = ALWAYS
    gap: Dots = NOTHING


@dataclass(frozen=True, kw_only=True)
class Text(Block):
    """Words; at most so many `lines` of them, 0 for as many as it needs."""

    words: Phrases
    size: Dots
    bold: bool = False
    align: Align = "left"
    lines: int = 0


@dataclass(frozen=True, kw_only=True)
class Listing(Block):
    """A field of several entries, each with a mark before it."""

    field: str
    size: Dots
    bold: bool = False
    mark: str = "□"


@dataclass(frozen=True, kw_only=True)
class Rule(Block):
    """A line across the paper, `gap` white above and below it."""

    dotted: bool = False


@dataclass(frozen=True, kw_only=True)
class White(Block):
    """Nothing but its gap."""


@dataclass(frozen=True, kw_only=True)
class Number(Block):
    """The ticket's number, its letter cut out of a black tile, `size` dots high."""

    size: Dots
    align: Align = "left"


@dataclass(frozen=True, kw_only=True)
class Picture(Block):
    """A picture of the hall's own (mode "1"), `width` dots wide or as wide as it is."""

    image: Image.Image
    width: Dots | None = None
    align: Align = "left"


@dataclass(frozen=True, kw_only=True)
class Qr(Block):
    """A QR, `module` dots a module."""

    words: Phrase
    module: Dots
    align: Align = "left"


@dataclass(frozen=True, kw_only=True)
class Barcode(Block):
    """A Code 128, `height` dots high, `module` dots its thinnest bar."""

    words: Phrase
    height: Dots
    module: Dots
    align: Align = "left"


@dataclass(frozen=True, kw_only=True)
class Columns(Block):
    """Cells side by side, each a list of blocks."""

    cells: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True, kw_only=True)
class Group(Block):
    """Blocks that stand under one condition."""

    blocks: tuple[Block, ...]
