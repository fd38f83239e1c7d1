"""Paper: the two widths a hall uses and the size of everything on them, in dots at 8 a millimetre."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Sizes:
    """One paper width. `paper` is the name a site calls it by, in millimetres; the rest is dots."""

    paper: int
    dots: int
    margin: int
    top: int
    head: int
    number: int
    number_above: int
    number_below: int
    service: int
    gap: int
    place: int
    windows: int
    queue: int
    figure: int
    text: int
    beside: int
    small: int
    foot: int
    module: int
    short: bool = False

    @property
    def room(self) -> int:
        return self.dots - 2 * self.margin

    @property
    def columns(self) -> int:
        """Half-width cells of 12 dots in the printer's own font: 48 or 32."""
        return self.dots // 12


# fmt: off
WIDE = Sizes(paper=80, dots=576, margin=28, top=20, head=26, number=166, number_above=18, number_below=10, service=38,
             gap=12, place=36, windows=28, queue=36, figure=54, text=26, beside=25, small=24, foot=22, module=5)
NARROW = Sizes(paper=58, dots=384, margin=14, top=12, head=22, number=112, number_above=12, number_below=6, service=32,
               gap=9, place=29, windows=24, queue=30, figure=44, text=23, beside=21, small=21, foot=21, module=4,
               short=True)
# fmt: on
PAPERS = {80: WIDE, 58: NARROW}
