"""The slip in the printer's own letters, for a slow serial line: a tenth of the bytes of a picture.

The number stays the largest thing, as a small picture of itself where the line can carry it in time.
"""

from __future__ import annotations

import re

from printers import escpos, gb18030
from printers.number import number_picture
from printers.papers import PAPERS, Sizes
from printers.slip import Figure, Slip

FULL_S, HALF_S = 1.5, 3.0  # how long the number alone may take on the line: at full and at half sharpness
PITCH = 34  # dots from line to line: 24 of letters, 10 of air
BITS = 10  # a byte on an 8N1 line


def compose(slip: Slip, paper: int = 80, speed: int = 9600) -> bytes:
    """ESC/POS bytes from reset to cut. `paper` 80 (48 columns) or 58 (32), `speed` of the line in bit/s."""
    sizes = PAPERS[paper]
    # both or neither: the place must not look more important than what the visitor came for
    large = all(_fits_large(words, sizes.columns) for words in (slip.service, slip.place(sizes.short)))
    return b"".join(
        (
            escpos.RESET,
            escpos.pitch(PITCH),
            _head(slip, sizes),
            _number(slip, sizes, speed),
            _said(slip.service, sizes.columns, large),
            _rule(sizes),
            _said(slip.place(sizes.short), sizes.columns, large),
            _wrapped("　".join(part for part in (slip.at_windows, slip.then) if part), sizes.columns),
            *(_wrapped(words, sizes.columns) for words in slip.more),
            _rule(sizes),
            _figures(slip.queue, slip.wait, sizes.columns),
            _rule(sizes),
            _materials(slip, sizes),
            _code(slip, sizes),
            *(_wrapped(words, sizes.columns) for words in slip.missed),
            _rule(sizes),
            _foot(slip, sizes),
            escpos.CUT,
        )
    )


def _head(slip: Slip, sizes: Sizes) -> bytes:
    return escpos.bold(True) + _ends(slip.hall, slip.when, sizes.columns) + escpos.bold(False)


def _number(slip: Slip, sizes: Sizes, speed: int) -> bytes:
    for size, times, limit in ((sizes.number, 1, FULL_S), (sizes.number // 2, 2, HALF_S)):
        drawn = escpos.picture(number_picture(slip, size, sizes.room // times), times)
        if len(drawn) * BITS / speed <= limit:
            return escpos.feed(1) + drawn + b"\n"
    tile = f" {slip.letters} " if slip.letters else ""
    times = max(1, min(8, sizes.columns // gb18030.columns(f"{tile} {slip.digits}")))
    block = escpos.reverse(True) + escpos.text(tile) + escpos.reverse(False) if tile else b""
    return (
        escpos.feed(1) + escpos.size(times) + block + escpos.line(f" {slip.digits}") + escpos.size(1) + escpos.feed(1)
    )


def _fits_large(words: str, columns: int) -> bool:
    return gb18030.columns(words) * 2 <= columns


def _said(words: str, columns: int, large: bool) -> bytes:
    """A line in bold, twice the size if `large`; at the usual size it takes as many lines as it needs."""
    drawn = _doubled(escpos.line(words)) if large else _wrapped(words, columns)
    return escpos.bold(True) + drawn + escpos.bold(False)


def _doubled(line: bytes) -> bytes:
    """A line at twice the size with air under it."""
    return escpos.size(2) + escpos.pitch(2 * PITCH - 8) + line + escpos.pitch(PITCH) + escpos.size(1)


def _figures(queue: Figure, wait: Figure, columns: int) -> bytes:
    parts = [_figure(queue), _figure(wait)]
    gap = columns - sum(taken for _, taken in parts)
    between = escpos.text(" " * gap) if gap > 0 else b"\n"
    line = escpos.bold(True) + parts[0][0] + between + parts[1][0] + b"\n" + escpos.bold(False)
    return escpos.pitch(2 * PITCH - 8) + line + escpos.pitch(PITCH)


def _figure(figure: Figure) -> tuple[bytes, int]:
    """The bytes and the columns they take, the value twice as large as its words."""
    if not figure.value:
        return escpos.text(figure.before), gb18030.columns(figure.before)
    before, after = f"{figure.before} ", f" {figure.after}"
    value = escpos.size(2) + escpos.text(figure.value) + escpos.size(1)
    return escpos.text(before) + value + escpos.text(after), gb18030.columns(before + after) + 2 * gb18030.columns(
        figure.value
    )


def _materials(slip: Slip, sizes: Sizes) -> bytes:
    if not slip.bring:
        return b""
    items = b"".join(_wrapped(f"□{item}", sizes.columns, hang=2) for item in slip.bring)
    return escpos.bold(True) + escpos.line("带齐材料") + escpos.bold(False) + items + _rule(sizes, dotted=True)


def _code(slip: Slip, sizes: Sizes) -> bytes:
    checked = f"校验码 {slip.check}" if slip.check else ""
    told = "　".join(part for part in (checked, slip.network) if part)
    if not slip.url and not told:
        return b""
    drawn = b""
    if slip.url:
        drawn = (
            (escpos.bold(True) + escpos.line("扫码看排到哪了") + escpos.bold(False))
            + (escpos.align(escpos.CENTRE) + escpos.qr(slip.url, sizes.module) + escpos.align(escpos.LEFT))
            + escpos.line("办完也在这里评价")
        )
    return drawn + (_wrapped(told, sizes.columns) if told else b"") + _rule(sizes, dotted=True)


def _foot(slip: Slip, sizes: Sizes) -> bytes:
    told = "　".join(part for part in (slip.kind, slip.kiosk) if part)
    return _ends(("【补打】" if slip.copy else "") + told, slip.valid, sizes.columns)


def _rule(sizes: Sizes, dotted: bool = False) -> bytes:
    return escpos.line("- " * (sizes.columns // 2) if dotted else "━" * (sizes.columns // 2))


def _ends(left: str, right: str, columns: int) -> bytes:
    """One text at each end of a line, or on lines of their own."""
    gap = columns - gb18030.columns(left) - gb18030.columns(right)
    return escpos.line(left + " " * gap + right) if gap > 0 else _wrapped(left, columns) + escpos.line(right)


def _wrapped(words: str, columns: int, hang: int = 0) -> bytes:
    """Lines of at most `columns`, the second and further ones `hang` columns in; Latin words whole where they can."""
    lines, current = [], ""
    for piece in re.findall(r"[\x21-\x7e]+|.", gb18030.printable(words)):
        for part in [piece] if gb18030.columns(piece) <= columns - hang else piece:
            if gb18030.columns(current + part) > columns:
                lines.append(current)
                current = " " * hang + part.lstrip()
            else:
                current += part
    return b"".join(escpos.line(text.rstrip()) for text in [*lines, current] if text.strip())
