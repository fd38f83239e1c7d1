"""The slip as a picture: what it says, drawn from top to bottom between the margins of the paper."""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image

from printers.bars import bars_picture
from printers.code import code_picture
from printers.ink import LONGEST, Canvas, Run, Type, width, wrap
from printers.logo import resized
from printers.number import across, place_number
from printers.papers import PAPERS
from printers.said import Across, Bars, Beside, Bit, Code, Said, Shown, TheNumber, White, Words, said
from printers.slip import Slip
from printers.template import Template, shipped

RULE = 3  # dots: of a rule, of its dots and of the white between them
BETWEEN = 16  # dots between cells
NARROWEST, LETTERS = 96, 4  # dots, and letters: cells in which words have less room go one under another
TIGHT, CLOSE, WIDE = 1.3, 1.4, 1.45  # leading of large words, of lines that belong together, of the others
FOOT = 12
EPSILON = 0.02  # dots: a sum of widths is not broken by its last digit


def draw(slip: Slip, paper: int = 80, face: str = "", template: Template | None = None) -> Image.Image:
    """The slip as a mode "1" image, 576 dots wide for 80 mm and 384 for 58 mm. `face`: the site's own Chinese face."""
    sizes = PAPERS[paper]
    canvas = Canvas(sizes.dots)
    column = _Column(canvas, slip, face, sizes.margin, sizes.dots - sizes.margin)
    end = column.draw(said(template or shipped(), slip, sizes.paper, "raster"), sizes.top)
    return canvas.finish(end + FOOT)


class _Column:
    """Draws from `left` to `right` on the canvas, one thing under another."""

    def __init__(self, canvas: Canvas, slip: Slip, face: str, left: float, right: float) -> None:
        self.canvas, self.slip, self.face = canvas, slip, face
        self.left, self.right = left, right

    @property
    def room(self) -> float:
        return self.right - self.left

    def draw(self, blocks: Sequence[Said], y: float) -> float:
        """Returns where it ends."""
        for block in blocks:
            if y > LONGEST:
                break
            y = self._draw(block, y + block.gap)
        return y

    def _draw(self, block: Said, y: float) -> float:
        match block:
            case Words():
                return self._words(block, y)
            case Across():
                return self._rule(block, y) + block.gap
            case Beside():
                return self._beside(block, y)
            case TheNumber():
                self.canvas.reach(y + block.size)
                x = self._aligned(min(self.room, across(self.slip, block.size)), block.align)
                place_number(self.canvas, self.slip, x, y, block.size, self.room)
                return y + block.size
            case Shown() | Code() | Bars():
                drawn = self._picture(block)
                if drawn is None:
                    return y - block.gap
                self.canvas.reach(y + drawn.height)
                self.canvas.image.paste(drawn, (round(self._aligned(drawn.width, block.align)), round(y)))
                return y + drawn.height
        return y

    def _picture(self, block: Said) -> Image.Image | None:
        match block:
            case Shown():
                return resized(block.image, block.width, int(self.room))
            case Code():
                return code_picture(block.data, block.module, int(self.room))
            case Bars():
                return bars_picture(block.data, block.height, block.module, int(self.room))
        return None

    def _aligned(self, wide: float, align: str) -> float:
        return self.left + {"left": 0.0, "centre": (self.room - wide) / 2, "right": self.room - wide}[align]

    def _rule(self, block: Across, y: float) -> float:
        top, right = round(y), round(self.right)
        self.canvas.reach(top + RULE)
        for x in range(round(self.left), right, 2 * RULE) if block.dotted else (round(self.left),):
            end = min(x + RULE - 1, right - 1) if block.dotted else right - 1
            self.canvas.draw.rectangle((x, top, end, top + RULE - 1), fill=0)
        return float(top + RULE)

    # words

    def _type(self, block: Words) -> Type:
        figures = any(bit.size for line in block.lines for bit in line)
        leading = TIGHT if block.large and not figures else CLOSE if len(block.lines) > 1 else WIDE
        return Type(block.size, block.bold, False, leading, self.face)

    def _runs(self, line: Sequence[Bit], style: Type) -> list[Run]:
        runs = []
        for bit in line:
            if bit.size:
                runs.append(Run(bit.text, Type(bit.size, True, True, 1.0, self.face)))
            else:
                bold, numeral = style.bold or bit.how == "bold", bit.how == "numeral"
                own = Type(style.size, bold, numeral, style.leading, self.face, bit.how == "stamp")
                runs.append(Run(bit.text, own))
        return runs

    def _lines(self, block: Words) -> list[list[Run]]:
        """Its lines, broken to the room there is."""
        style, hang = self._type(block), self._hang(block)
        broken = [wrap(self._runs(line, style), self.room - hang) for line in block.lines]
        lines = [line for each in broken for line in each]
        if block.most and len(lines) > block.most:
            whole = [run for line in block.lines for run in self._runs(line, style)]
            return wrap(whole, self.room - hang, block.most)
        return lines

    def _hang(self, block: Words) -> float:
        return Run(block.mark + " ", self._type(block)).width if block.mark else 0.0

    def _words(self, block: Words, y: float, least_above: float = 0.0) -> float:
        style, hang = self._type(block), self._hang(block)
        for n, line in enumerate(self._lines(block)):
            above, below = _box(line, style)
            baseline = y + max(above, 0.0 if n else least_above)
            self.canvas.reach(baseline + below)
            if block.mark and not n:
                self.canvas.set(self.left, baseline, [Run(block.mark, style)])
            self.canvas.set(self._aligned(width(line) + hang, block.align) + hang, baseline, line)
            y = baseline + below
        return y

    # cells side by side

    def _beside(self, block: Beside, y: float) -> float:
        columns = self._columns(block)
        if columns is None:
            for cell in block.cells:
                y = self.draw(cell, y)
            return y
        firsts = [(column, cell[0]) for column, cell in zip(columns, block.cells, strict=True)]
        # the first lines of the cells stand on one baseline, where the eye reads them as one line
        above = max((column.first_above(first) for column, first in firsts if isinstance(first, Words)), default=0.0)
        ends = []
        for column, cell in zip(columns, block.cells, strict=True):
            first = cell[0]
            end = column._words(first, y + first.gap, above) if isinstance(first, Words) else column.draw([first], y)
            ends.append(column.draw(cell[1:], end))
        return max(ends)

    def first_above(self, block: Words) -> float:
        """Dots from the top of the first line to its baseline."""
        return _box(self._lines(block)[0], self._type(block))[0]

    def _columns(self, block: Beside) -> list[_Column] | None:
        """Where each cell stands; None if they have to stand one under another.

        Words that fit side by side stand from edge to edge. Else codes, pictures, what stands at the right and what
        has a large figure keep their width, and the others share what is left.
        """
        wanted = [max(map(self._width, cell)) for cell in block.cells]
        fit = sum(wanted) + BETWEEN * (len(wanted) - 1) <= self.room
        words = all(isinstance(it, Words) for cell in block.cells for it in cell)
        kept = [(fit and words) or any(map(_keeps, cell)) for cell in block.cells]
        between = BETWEEN * (len(wanted) - 1)
        left_over = self.room - between - sum(wide for wide, keeps in zip(wanted, kept, strict=True) if keeps)
        sharing = kept.count(False)
        share = left_over / sharing if sharing else 0.0
        flexible = [cell for cell, keeps in zip(block.cells, kept, strict=True) if not keeps]
        least = max(map(self._least, flexible), default=0.0)
        if left_over < 0 or (sharing and share < least):
            return None
        step = BETWEEN + (left_over / (len(wanted) - 1) if not sharing and len(wanted) > 1 else 0.0)
        columns, x = [], self.left
        for wide, keeps in zip(wanted, kept, strict=True):
            end = x + (wide if keeps else share)
            columns.append(_Column(self.canvas, self.slip, self.face, x, end + EPSILON))
            x = end + step
        return columns

    def _least(self, cell: Sequence[Said]) -> float:
        """Dots without which its words would stand in a column of single letters."""
        words = [it for it in cell if isinstance(it, Words)]
        return max((min(self._width(it), max(NARROWEST, LETTERS * it.size)) for it in words), default=0.0)

    def _width(self, block: Said) -> float:
        """Dots it would like to have."""
        if isinstance(block, Words):
            style = self._type(block)
            return max(width(self._runs(line, style)) for line in block.lines) + self._hang(block)
        half = _Column(self.canvas, self.slip, self.face, self.left, self.left + self.room // 2)
        drawn = half._picture(block)  # a code beside words leaves them half of the paper
        return float(drawn.width) if drawn else 0.0


def _keeps(block: Said) -> bool:
    if isinstance(block, Words):
        return block.align == "right" or any(bit.size for line in block.lines for bit in line)
    return not isinstance(block, White)


def _box(runs: Sequence[Run], style: Type) -> tuple[float, float]:
    """Above and below the baseline of a line: its own type's, and more where a figure in it is larger."""
    boxes = [Run("", style), *(run for run in runs if run.type.size > style.size)]
    return max(run.above for run in boxes), max(run.below for run in boxes)
