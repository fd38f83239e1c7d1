"""Paper: the widths a hall uses, in dots at 8 a millimetre; what stands on them is the template's."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Sizes:
    """One paper width. `paper` is the name a site calls it by, in millimetres; the rest is dots."""

    paper: int
    dots: int
    margin: int
    top: int

    @property
    def room(self) -> int:
        return self.dots - 2 * self.margin

    @property
    def columns(self) -> int:
        """Half-width cells of 12 dots in the printer's own font: 48 or 32."""
        return self.dots // 12


PAPERS = {
    80: Sizes(paper=80, dots=576, margin=28, top=20),
    72: Sizes(paper=80, dots=504, margin=4, top=20),
    58: Sizes(paper=58, dots=384, margin=14, top=12),
}
"""By the width a site writes. 72: paper of 80 in a printer with a head of 504 or 512 dots, as the TM-T88 has."""
