"""The slip as a picture: one column of rows between rules, the number always the largest thing on it.

A row is a rule, the paper's gap, its lines, the gap again; sizes are in papers.py.
"""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image

from printers.code import QUIET, code_picture
from printers.ink import Canvas, Run, Type, width, wrap
from printers.number import place_number
from printers.papers import PAPERS, Sizes
from printers.slip import Figure, Slip


def draw(slip: Slip, paper: int = 80, face: str = "") -> Image.Image:
    """The slip as a mode "1" image, 576 dots wide for 80 mm and 384 for 58 mm. `face`: the site's own Chinese face."""
    return _Strip(slip, PAPERS[paper], face).picture()


class _Strip:
    """A slip being drawn: the pen moves down the paper."""

    def __init__(self, slip: Slip, sizes: Sizes, face: str) -> None:
        self.slip, self.sizes, self.face = slip, sizes, face
        self.canvas = Canvas(sizes.dots)
        self.y = float(sizes.top)
        self.left, self.right = sizes.margin, sizes.dots - sizes.margin

    def picture(self) -> Image.Image:
        self._head()
        self._number()
        self._where()
        self._queue()
        self._materials()
        self._code()
        self._missed()
        self._foot()
        return self.canvas.finish(self.y + 12)

    def type(self, size: int, bold: bool = False, leading: float = 1.45, numeral: bool = False) -> Type:
        return Type(size, bold, numeral, leading, self.face)

    def _head(self) -> None:
        slip, sizes = self.slip, self.sizes
        name, clock = self.type(sizes.head, bold=True), self.type(sizes.head, numeral=True)
        taken = 0.0 if sizes.short else width(slip.when, clock)
        top = self.y
        self.lines(wrap(slip.hall, name, self.right - self.left - taken - (16 if taken else 0), 2), name)
        if taken:
            # on the hall's baseline, where the eye reads them as one line
            self.canvas.set(self.right - taken, top + Run("", name).above, [Run(slip.when, clock)])

    def _number(self) -> None:
        self.y += self.sizes.number_above
        place_number(self.canvas, self.slip, self.left, self.y, self.sizes.number, self.sizes.room)
        self.y += self.sizes.number + self.sizes.number_below
        service = self.type(self.sizes.service, bold=True, leading=1.3)
        self.lines(wrap(self.slip.service, service, self.sizes.room, 3), service)
        self.y += self.sizes.gap

    def _where(self) -> None:
        slip, sizes = self.slip, self.sizes
        self.rule()
        place = self.type(sizes.place, bold=True, leading=1.3)
        self.lines(wrap(slip.place(sizes.short), place, sizes.room), place)
        below = self.type(sizes.windows)
        whole = "　".join(part for part in (slip.at_windows, slip.then) if part)
        apart = width(whole, below) > sizes.room
        for words in (slip.at_windows, slip.then) if apart else (whole,):
            self.lines(wrap(words, below, sizes.room), below, pitch=place)
        for words in slip.more:
            self.lines(wrap(words, below, sizes.room), below)
        self.y += sizes.gap

    def _queue(self) -> None:
        self.rule()
        ahead, wait = self._figure(self.slip.queue), self._figure(self.slip.wait)
        together = sum(run.width for run in ahead + wait) + 16 <= self.sizes.room
        if together:
            above, below = _box(ahead + wait)
            self.canvas.set(self.left, self.y + above, ahead)
            self.canvas.set(self.right - sum(run.width for run in wait), self.y + above, wait)
            self.y += above + below
        else:
            for runs in (ahead, wait):
                self.runs(runs, self.left)
        self.y += self.sizes.gap

    def _figure(self, figure: Figure) -> list[Run]:
        words = self.type(self.sizes.queue, bold=True)
        if not figure.value:
            return [Run(figure.before, words)]
        number = self.type(self.sizes.figure, leading=1.0, numeral=True)
        return [Run(figure.before + " ", words), Run(figure.value, number), Run(" " + figure.after, words)]

    def _materials(self) -> None:
        if not self.slip.bring:
            return
        self.rule()
        self.lines(["带齐材料"], self.type(self.sizes.text, bold=True))
        words = self.type(self.sizes.text)
        indent = width("□ ", words)
        for item in self.slip.bring:
            self.canvas.set(self.left, self.y + Run("", words).above, [Run("□", words)])
            self.lines(wrap(item, words, self.sizes.room - indent), words, self.left + indent)
        self.y += self.sizes.gap

    def _code(self) -> None:
        slip, sizes = self.slip, self.sizes
        strong, words = self.type(sizes.beside, bold=True), self.type(sizes.beside)
        told = [("扫码看排到哪了", strong), ("办完也在这里评价", words)] if slip.url else []
        if not (told or slip.check or slip.network):
            return
        self.rule(dotted=True)
        top, beside, room = self.y, self.left, sizes.room
        if slip.url:
            code = code_picture(slip.url, sizes.module, sizes.room // 2)
            self.canvas.image.paste(code, (self.left, round(top)))
            beside, room = self.left + code.width + QUIET * 4, sizes.room - code.width - QUIET * 4
        for text, style in told:
            self.lines(wrap(text, style, room), style, beside)
        if slip.check:
            self.runs([Run("校验码 ", words), Run(slip.check, strong)], beside)
        for line in wrap(slip.network, words, room) if slip.network else ():
            self.lines([line], words, beside)
        self.y = max(self.y, top + (code.height if slip.url else 0)) + sizes.gap

    def _missed(self) -> None:
        self.rule(dotted=True)
        style = self.type(self.sizes.small, leading=1.4)
        for words in self.slip.missed:
            self.lines(wrap(words, style, self.sizes.room), style)
        if not self.sizes.short:
            self.y += self.sizes.gap

    def _foot(self) -> None:
        slip = self.slip
        style = self.type(self.sizes.foot)
        told = [slip.kind, slip.kiosk]
        if not self.sizes.short:
            self.rule()
        elif slip.kind == "普通号":
            told = [slip.kiosk]
        start = self.left + (self.stamp("补打", style) if slip.copy else 0)
        if self.sizes.short:
            clock = Run(slip.when + "　", self.type(self.sizes.foot, numeral=True))
            start = self.canvas.set(start, self.y + Run("", style).above, [clock])
        kept = 0 if self.sizes.short else width(slip.valid, style) + 16
        top = self.y
        self.lines(wrap("　".join(part for part in told if part), style, self.right - start - kept), style, start)
        if kept:
            self.canvas.set(self.right - kept + 16, top + Run("", style).above, [Run(slip.valid, style)])

    def stamp(self, words: str, style: Type) -> float:
        """Words cut out of a black block at the pen; returns the room it took."""
        across, box = width(words, style), Run(words, style)
        top = self.y + (box.above + box.below - style.size * 1.2) / 2
        frame = (self.left, round(top), round(self.left + across + 11), round(top + style.size * 1.2))
        self.canvas.draw.rounded_rectangle(frame, radius=3, fill=0)
        self.canvas.set(self.left + 6, self.y + box.above, [box], ink=255)
        return across + 24

    def lines(self, lines: Sequence[str], style: Type, x: float | None = None, pitch: Type | None = None) -> None:
        """Lines from x (the margin), in line boxes of their own type, or of `pitch` to keep the step of another."""
        box = Run("", pitch or style)
        for words in lines:
            self.canvas.set(self.left if x is None else x, self.y + box.above, [Run(words, style)])
            self.y += box.above + box.below

    def runs(self, runs: list[Run], x: float) -> float:
        """One line of mixed type; returns where it ends."""
        above, below = _box(runs)
        end = self.canvas.set(x, self.y + above, runs)
        self.y += above + below
        return end

    def rule(self, dotted: bool = False) -> None:
        """3 dots of rule, or 3 by 3 dots with as much between, then the row's gap."""
        top = round(self.y)
        for x in range(self.left, self.right, 6) if dotted else (self.left,):
            end = min(x + 2, self.right - 1) if dotted else self.right - 1
            self.canvas.draw.rectangle((x, top, end, top + 2), fill=0)
        self.y = top + 3 + self.sizes.gap


def _box(runs: Sequence[Run]) -> tuple[float, float]:
    """Above and below the baseline of a line that holds all the runs."""
    return max(run.above for run in runs), max(run.below for run in runs)
