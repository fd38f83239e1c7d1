"""The slip in the printer's own letters, for a slow serial line: a tenth of the bytes of a picture.

The number stays the largest thing, as a small picture of itself where the line can carry it in time; so does a
picture of the hall's own, which is left out otherwise. What a printer's font cannot do (sizes between one and two,
words beside a code) is done with what it has: letters once or twice as large, one thing under another.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from PIL import Image

from printers import escpos, gb18030
from printers.bars import bars_picture
from printers.code import module_of
from printers.logo import resized
from printers.number import number_picture
from printers.papers import PAPERS, Sizes
from printers.said import Across, Bars, Beside, Bit, Code, Line, Said, Shown, TheNumber, Words, said
from printers.slip import Slip
from printers.template import Template, shipped

FULL_S, HALF_S = 1.5, 3.0  # how long one picture may take on the line: at full and at half sharpness
PITCH = 34  # dots from line to line: 24 of letters, 10 of air
BITS = 10  # a byte on an 8N1 line
ALIGN = {"left": escpos.LEFT, "centre": escpos.CENTRE, "right": escpos.RIGHT}


def compose(slip: Slip, paper: int = 80, speed: int = 9600, template: Template | None = None) -> bytes:
    """ESC/POS bytes from reset to cut. `paper` 80 (48 columns) or 58 (32), `speed` of the line in bit/s."""
    blocks = said(template or shipped(), slip, PAPERS[paper].paper, "native")
    writing = _Writing(slip, PAPERS[paper], speed, blocks)
    return b"".join((escpos.RESET, escpos.pitch(PITCH), *map(writing.block, blocks), escpos.CUT))


class _Writing:
    def __init__(self, slip: Slip, sizes: Sizes, speed: int, blocks: Sequence[Said]) -> None:
        self._slip, self._sizes, self._speed = slip, sizes, speed
        large = [line for it in _all_words(blocks) if it.large and not _figures(it) for line in it.lines]
        # all or none: the place must not look more important than what the visitor came for
        self._large = all(2 * _columns(line) <= sizes.columns for line in large)

    def block(self, block: Said) -> bytes:
        white = escpos.feed(round(block.gap / PITCH)) if block.gap > PITCH / 2 and not _is_rule(block) else b""
        return white + self._block(block)

    def _block(self, block: Said) -> bytes:
        columns = self._sizes.columns
        match block:
            case Words():
                return _placed(self._words(block), block.align)
            case Across():
                return escpos.line("- " * (columns // 2) if block.dotted else "━" * (columns // 2))
            case TheNumber():
                return escpos.feed(1) + _placed(self._number(block), block.align)
            case Shown():
                drawn = self._drawn(lambda part: resized(block.image, block.width // part, self._sizes.dots // part))
                return _placed(drawn, block.align)
            case Bars():
                height, module, dots = block.height, block.module, self._sizes.dots
                drawn = self._drawn(lambda part: bars_picture(block.data, height // part, module // part, dots // part))
                return _placed(drawn, block.align)
            case Code():
                return _placed(
                    escpos.qr(block.data, module_of(block.data, block.module, self._sizes.room)), block.align
                )
            case Beside():
                return self._beside(block)
        return b""

    def _words(self, block: Words) -> bytes:
        if block.large and self._large and not _figures(block):
            lines = b"".join(_doubled(_written(line, block.bold)) for line in block.lines)
            return _bold(lines) if block.bold else lines
        lines = b"".join(self._line(line, block) for line in block.lines)
        return _bold(lines) if block.bold else lines

    def _line(self, line: Line, block: Words) -> bytes:
        mark = (Bit(block.mark),) if block.mark else ()
        if _columns((*mark, *line)) <= self._sizes.columns:
            return _high(_written((*mark, *line), block.bold) + b"\n", any(bit.size for bit in line))
        words = "".join(_shown(bit) for bit in (*mark, *line))
        return wrapped(words, self._sizes.columns, hang=gb18030.columns(block.mark), most=block.most)

    def _number(self, block: TheNumber) -> bytes:
        slip, sizes = self._slip, self._sizes
        drawn = self._drawn(lambda part: number_picture(slip, block.size // part, sizes.room // part))
        if drawn:
            return drawn + b"\n"
        tile = f" {slip.letters} " if slip.letters else ""
        times = max(1, min(8, sizes.columns // gb18030.columns(f"{tile} {slip.digits}")))
        cut_out = escpos.reverse(True) + escpos.text(tile) + escpos.reverse(False) if tile else b""
        return escpos.size(times) + cut_out + escpos.line(f" {slip.digits}") + escpos.size(1) + escpos.feed(1)

    def _drawn(self, draw: Callable[[int], Image.Image | None]) -> bytes:
        """A picture at full or at half sharpness, b"" when the line is too slow for either."""
        for part, limit in ((1, FULL_S), (2, HALF_S)):
            if (drawn := draw(part)) is not None:
                sent = escpos.picture(drawn, part)
                if len(sent) * BITS / self._speed <= limit:
                    return sent
        return b""

    def _beside(self, block: Beside) -> bytes:
        """One line if the cells fit on one, else one under another, codes and pictures in the middle."""
        words = [cell[0] for cell in block.cells if len(cell) == 1 and isinstance(cell[0], Words)]
        lines = [it.lines[0] for it in words if len(it.lines) == 1]
        if len(lines) == len(block.cells):
            gap = self._sizes.columns - sum(map(_columns, lines))
            if gap >= len(lines) - 1:
                return self._spread(words, lines, gap)
        return b"".join(
            self.block(it) if isinstance(it, Words) else _placed(self._block(it), "centre")
            for cell in block.cells
            for it in cell
        )

    def _spread(self, words: Sequence[Words], lines: Sequence[Line], gap: int) -> bytes:
        out = b""
        for n, (it, line) in enumerate(zip(words, lines, strict=True)):
            between = gap // (len(lines) - 1) if n else 0
            before = gap - between * (len(lines) - 2) if n == len(lines) - 1 and n else between
            out += escpos.text(" " * before) if before else b""
            out += _bold(_written(line, it.bold)) if it.bold else _written(line, it.bold)
        return _high(out + b"\n", any(map(_figures, words)))


def _all_words(blocks: Sequence[Said]) -> Iterator[Words]:
    for block in blocks:
        if isinstance(block, Words):
            yield block
        elif isinstance(block, Beside):
            for cell in block.cells:
                yield from _all_words(cell)


def _is_rule(block: Said) -> bool:
    return isinstance(block, Across | TheNumber)  # their white is their own


def _figures(block: Words) -> bool:
    return any(bit.size for line in block.lines for bit in line)


def _shown(bit: Bit) -> str:
    return f"【{bit.text}】" if bit.how == "stamp" else bit.text


def _columns(line: Line) -> int:
    return sum(gb18030.columns(_shown(bit)) * (2 if bit.size else 1) for bit in line)


def _written(line: Line, bold: bool) -> bytes:
    """The line's bytes without its end: figures twice as large as the words, bold where it is not already."""
    out, plain = b"", ""
    for bit in (*line, Bit("")):
        if not bit.size and (bit.how != "bold" or bold) and bit.text:
            plain += _shown(bit)
            continue
        out += escpos.text(plain) if plain else b""
        plain = ""
        if bit.size:
            out += escpos.size(2) + escpos.text(bit.text) + escpos.size(1)
        elif bit.text:
            out += _bold(escpos.text(bit.text))
    return out


def _bold(sent: bytes) -> bytes:
    return escpos.bold(True) + sent + escpos.bold(False)


def _placed(sent: bytes, align: str) -> bytes:
    return sent if align == "left" or not sent else escpos.align(ALIGN[align]) + sent + escpos.align(escpos.LEFT)


def _high(line: bytes, high: bool) -> bytes:
    """A line with figures of twice the size in it."""
    return escpos.pitch(2 * PITCH - 8) + line + escpos.pitch(PITCH) if high else line


def _doubled(line: bytes) -> bytes:
    """A line at twice the size with air under it."""
    return escpos.size(2) + escpos.pitch(2 * PITCH - 8) + line + b"\n" + escpos.pitch(PITCH) + escpos.size(1)


def wrapped(words: str, columns: int, hang: int = 0, most: int = 0) -> bytes:
    """Lines of at most `columns`, the second and further ones `hang` columns in, at most `most` of them if not 0.

    Broken at wide blanks where they can be; Latin words whole where they can.
    """
    lines: list[str] = []
    for part in filter(None, gb18030.printable(words).split("　")):
        if lines and gb18030.columns(f"{lines[-1]}　{part}") <= columns:
            lines[-1] += f"　{part}"
        else:
            lines += _broken(part, columns, hang, bool(lines))
    if most and len(lines) > most:
        last = lines[most - 1]
        while gb18030.columns(last + "…") > columns:
            last = last[:-1]
        lines = [*lines[: most - 1], last + "…"]
    return b"".join(escpos.line(text.rstrip()) for text in lines if text.strip())


def _broken(words: str, columns: int, hang: int, hangs: bool) -> list[str]:
    lines, current = [], " " * hang if hangs else ""
    for piece in re.findall(r"[\x21-\x7e]+|.", words):
        for part in [piece] if gb18030.columns(piece) <= columns - hang else piece:
            if gb18030.columns(current + part) > columns:
                lines.append(current)
                current = " " * hang + part.lstrip()
            else:
                current += part
    return [*lines, current]
