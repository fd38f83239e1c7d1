"""The kinds of block there are: a table of what each is called, which options it has, and how it is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PIL import Image

from printers import blocks as b
from printers.fields import LISTS
from printers.mistakes import Mistake
from printers.reading import Notes, Of, Where
from printers.sizes import Dots
from printers.slip import plain

DEEPEST, MOST_BLOCKS, MOST_CELLS = 4, 200, 8
ABOVE = {"rule": Dots(12, 9)}  # white above a block that says nothing of it
HALF = 2 / 3  # what is no letter shrinks with the paper: 576 dots to 384
NO_PICTURE = Image.new("1", (8, 8), 1)
Common = dict[str, Any]


def read_blocks(notes: Notes, where: Where, data: object, depth: int = 0) -> tuple[b.Block, ...]:
    """The good ones of a list of blocks; what is wrong with the others is noted."""
    if not isinstance(data, list):
        notes.note(where, "should be a list, each block after a '- '")
        return ()
    if depth > DEEPEST:
        notes.note(where, "is nested too deeply")
        return ()
    made = [_block(notes, (*where, at), it, depth) for at, it in enumerate(data[: MOST_BLOCKS + 1])]
    return tuple(it for it in made if it is not None)


def _block(notes: Notes, where: Where, data: object, depth: int) -> b.Block | None:
    notes.blocks += 1
    if notes.blocks > MOST_BLOCKS:
        if notes.blocks == MOST_BLOCKS + 1:
            notes.note(where, f"is one block too many: a slip has at most {MOST_BLOCKS}")
        return None
    if not isinstance(data, Mapping):
        notes.note(where, "should be a block like `text: …`")
        return None
    kinds = [kind for kind in KINDS if kind in data]
    if kinds[1:] == ["gap"]:
        kinds.pop()  # the white above a block of another kind
    if len(kinds) > 1:
        notes.note(where, f"should be one block, not {kinds[0]} and {kinds[1]} at once")
        return None
    if not kinds:
        first = str(next((key for key in data if key != "when"), ""))
        notes.note((*where, first) if first else where, "no such block", first, tuple(KINDS))
        return None
    options, read = KINDS[kinds[0]]
    notes.keys(where, data, (kinds[0], *options, "gap", "when"))
    of, before = Of(notes, where, data, depth), len(notes.wrong)
    made = read(of, {"when": of.when(), "gap": of.gap(ABOVE.get(kinds[0], b.NOTHING))})
    return made if len(notes.wrong) == before else None


def _text(of: Of, common: Common) -> b.Block:
    lines = of.made("lines", _few, 0)
    words, size, bold, align = of.phrases("text"), of.letters(), of.flag("bold"), of.align()
    return b.Text(words=words, size=size, bold=bold, align=align, lines=lines, **common)


def _list(of: Of, common: Common) -> b.Block:
    field, mark = of.choice("list", LISTS), of.made("mark", lambda text: plain(text, 4), "□")
    return b.Listing(field=field, size=of.letters(), bold=of.flag("bold"), mark=mark, **common)


def _rule(of: Of, common: Common) -> b.Block:
    return b.Rule(dotted=of.choice("rule", ("line", "dots")) == "dots", **common)


def _number(of: Of, common: Common) -> b.Block:
    return b.Number(size=of.dots("number", 48, 400, HALF), align=of.align(), **common)


def _picture(of: Of, common: Common) -> b.Block:
    width = of.dots("width", 8, 576, HALF) if "width" in of.data else None
    return b.Picture(image=of.made("picture", of.notes.picture, NO_PICTURE), width=width, align=of.align(), **common)


def _qr(of: Of, common: Common) -> b.Block:
    module = of.dots("module", 3, 16, 0.8, Dots(5, 4))
    return b.Qr(words=of.phrase("qr"), module=module, align=of.align(), **common)


def _barcode(of: Of, common: Common) -> b.Block:
    height, module = of.dots("height", 16, 300, HALF, Dots(60, 48)), of.dots("module", 1, 6, 1.0, Dots(2, 2))
    return b.Barcode(words=of.phrase("barcode"), height=height, module=module, align=of.align(), **common)


def _columns(of: Of, common: Common) -> b.Block:
    written, where = of.data["columns"], (*of.where, "columns")
    cells: list[tuple[b.Block, ...]] = []
    if not isinstance(written, list) or not 1 <= len(written) <= MOST_CELLS:
        of.notes.note(where, f"should be a list of 1 to {MOST_CELLS} cells, each a block or a list of blocks")
        written = []
    for at, cell in enumerate(written):
        if isinstance(cell, list):
            cells.append(read_blocks(of.notes, (*where, at), cell, of.depth + 1))
        else:  # a cell of one block is written without the '- ' of a list
            made = _block(of.notes, (*where, at), cell, of.depth + 1)
            cells.append((made,) if made else ())
        if any(isinstance(it, b.Columns | b.Group | b.Rule | b.Number) for it in cells[-1]):
            of.notes.note((*where, at), "a cell holds text, list, qr, barcode and picture only")
    return b.Columns(cells=tuple(cells), **common)


def _group(of: Of, common: Common) -> b.Block:
    blocks = read_blocks(of.notes, (*of.where, "blocks"), of.data["blocks"], of.depth + 1)
    return b.Group(blocks=blocks, **common)


def _white(of: Of, common: Common) -> b.Block:
    return b.White(**common)


def _few(text: str) -> int:
    if text not in map(str, range(1, 21)):
        raise Mistake(f"should be 1 to 20 lines, not {text[:20]!r}")
    return int(text)


KINDS: dict[str, tuple[tuple[str, ...], Callable[[Of, Common], b.Block]]] = {
    # name: options, how it is read
    "text": (("size", "bold", "align", "lines"), _text),
    "list": (("mark", "size", "bold"), _list),
    "rule": ((), _rule),
    "number": (("align",), _number),
    "picture": (("width", "align"), _picture),
    "qr": (("module", "align"), _qr),
    "barcode": (("height", "module", "align"), _barcode),
    "columns": ((), _columns),
    "blocks": ((), _group),
    "gap": ((), _white),
}
