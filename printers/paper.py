"""The paper in a virtual printer: a head that prints its own letters in cells, pictures and codes on a strip."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import segno
from PIL import Image, ImageDraw, ImageOps

from printers import faces

CELL = 24  # dots: a Chinese character is 24 by 24, a Latin one 12 by 24
DEFAULT_PITCH = 30
LEVELS = {0x30: "l", 0x31: "m", 0x32: "q", 0x33: "h"}


@dataclass
class Set:
    """How the next characters are set; `wide` and `high` for Latin, `chinese` (wide, high) for Chinese."""

    wide: int = 1
    high: int = 1
    chinese: tuple[int, int] = (1, 1)
    bold: bool = False
    reverse: bool = False
    align: int = 0
    pitch: int = DEFAULT_PITCH


class Strip:
    """A slip while it comes out. Raises ValueError for what would run over the edge of the paper."""

    def __init__(self, dots: int) -> None:
        self.dots = dots
        self.set = Set()
        self.lines: list[str] = []
        self.codes: list[str] = []
        self._printed: list[Image.Image] = []
        self._cells: list[Image.Image] = []
        self._words = ""

    @property
    def height(self) -> int:
        return sum(piece.height for piece in self._printed)

    def char(self, char: str) -> None:
        self._words += char
        wide, high = (self.set.wide, self.set.high) if char.isascii() else self.set.chinese
        cell = _cell(char, self.set.bold)
        cell = cell.resize((cell.width * wide, cell.height * high), Image.Resampling.NEAREST)
        self._cells.append(ImageOps.invert(cell.convert("L")).convert("1") if self.set.reverse else cell)
        if sum(cell.width for cell in self._cells) > self.dots:
            raise ValueError(f"the line {self._words!r} runs over the edge of the paper")

    def line(self) -> None:
        """Print the line buffer, its characters standing on one foot, and move on by the pitch."""
        high = max([cell.height for cell in self._cells], default=0)
        row = Image.new("1", (self.dots, max(self.set.pitch, high + 2)), 1)
        x = (self.dots - sum(cell.width for cell in self._cells)) * self.set.align // 2
        for cell in self._cells:
            row.paste(cell, (x, high - cell.height))
            x += cell.width
        self._printed.append(row)
        if self._words.strip():
            self.lines.append(self._words.strip())
        self._cells, self._words = [], ""

    @property
    def bare(self) -> bool:
        """Nothing has come to it."""
        return not (self._printed or self._cells)

    def drop_line(self) -> None:
        """Forget what is not printed yet; what is on the paper stays."""
        self._cells, self._words = [], ""

    def feed(self, lines: int) -> None:
        if self._cells:
            self.line()
            lines -= 1
        if lines > 0:
            self._blank(self.set.pitch * lines)

    def picture(self, mode: int, across: int, rows: int, data: bytes) -> None:
        """GS v 0: `across` bytes by `rows`, 1 is black; mode bit 0 doubles the width, bit 1 the height."""
        if self._cells:
            raise ValueError("a picture in the middle of a line of text")
        drawn = Image.frombytes("1", (across * 8, rows), bytes(byte ^ 0xFF for byte in data))
        drawn = drawn.resize((drawn.width << (mode & 1), drawn.height << (mode >> 1)), Image.Resampling.NEAREST)
        self._place(drawn)

    def code(self, data: bytes, module: int, level: int) -> None:
        """A QR of `module` dots a module."""
        made = segno.make(data, error=LEVELS[level], micro=False, boost_error=False)
        across = len(made.matrix)
        small = Image.new("1", (across, across), 1)
        small.putdata([0 if dark else 1 for row in made.matrix for dark in row])
        self._blank(module * 4)
        self._place(small.resize((across * module, across * module), Image.Resampling.NEAREST))
        self._blank(module * 4)
        self.codes.append(data.decode("ascii"))

    def picture_of_all(self) -> Image.Image:
        whole = Image.new("1", (self.dots, max(1, self.height)), 1)
        y = 0
        for piece in self._printed:
            whole.paste(piece, (0, y))
            y += piece.height
        return whole

    def _place(self, drawn: Image.Image) -> None:
        if drawn.width > self.dots + 7:
            raise ValueError(f"{drawn.width} dots do not fit on {self.dots}")
        row = Image.new("1", (self.dots, drawn.height), 1)
        row.paste(drawn, ((self.dots - drawn.width) * self.set.align // 2, 0))
        self._printed.append(row)

    def _blank(self, dots: int) -> None:
        self._printed.append(Image.new("1", (self.dots, dots), 1))


@lru_cache(maxsize=2048)
def _cell(char: str, bold: bool) -> Image.Image:
    """A character as the printer's font has it."""
    if char.isascii():
        face, baseline, across = faces.words(22, bold), 20, CELL // 2
    else:
        face, baseline, across = faces.face_of(char, CELL, bold) or faces.words(CELL, bold), 21, CELL
    natural = max(across, round(face.getlength(char)))
    grey = Image.new("L", (natural, CELL), 255)
    ImageDraw.Draw(grey).text(((natural - face.getlength(char)) / 2, baseline), char, fill=0, font=face, anchor="ls")
    if natural > across:
        grey = grey.resize((across, CELL), Image.Resampling.BOX)
    return grey.point(lambda value: 255 if value > 140 else 0).convert("1", dither=Image.Dither.NONE)
