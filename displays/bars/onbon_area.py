"""The dynamic area of onbon BX cards, a text in a rectangle: what stands in a packet A3 06, encoder and decoder.

    A3 06 | reply | 00 00 | taken away: count, ids | put up: count, for each: size LE16 and
    00 | x LE16 | y LE16 | width LE16 | height LE16 | id | line gap | run mode | time-out s LE16 | 00×3
       | one line 01, several 02 | breaks: by \\n alone 01, by itself 02 | effect | exit 00 | speed | stay
       | size LE32 | text

x and width are in units of 8 pixels, or with the high bit in pixels, as we write them. In the text, GBK, \\C1 is red,
\\C2 green, \\C3 yellow, \\FO000 a font, \\n the next line (docs/wire/onbon-bx.md).
"""

from __future__ import annotations

import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass

from devices.gbk import fitted, legible
from displays.bars import onbon

RUN_MODES = {"loop": 0, "hold": 1, "blank": 2, "once": 4}
"""loop: again and again; hold: the last page stays; blank: gone when nothing new came in time; once."""

EFFECTS = {"still": 1, "fast": 2, "left": 3, "right": 4, "up": 5, "down": 6}
COLOURS = {"red": 1, "green": 2, "yellow": 3}
SLOWEST = 24
MAX_TEXT = 900

_LIMITS = {
    "width": (1, 0x7FFF), "height": (1, 0xFFFF), "x": (0, 0x7FFF), "y": (0, 0xFFFF), "id": (0, 0xFF),
    "timeout_s": (0, 0xFFFF), "speed": (0, SLOWEST), "stay": (0, 0xFF), "line_gap": (0, 0xFF),
    "lines": (1, 2), "breaks": (1, 2),
}  # fmt: skip
_LAYOUT = struct.Struct("<BHHHHBBBH3xBBBBBBI")
_PIXELS = 0x8000
_MARK = re.compile(r"\\(?:C(?P<colour>[1-3])|FO(?P<font>\d{3})|(?P<line>n))")


@dataclass(frozen=True)
class Area:
    """A rectangle and its marked text. Pixels from the top left corner, `stay` in half seconds, `speed` 0 (fastest)
    to SLOWEST, `run_mode` and `effect` by name."""

    text: str
    width: int = 64
    height: int = 16
    x: int = 0
    y: int = 0
    id: int = 0
    run_mode: str = "loop"
    timeout_s: int = 0
    effect: str = "still"
    speed: int = 10
    stay: int = 10
    line_gap: int = 0
    lines: int = 2
    breaks: int = 2

    def __post_init__(self) -> None:
        """Raises ValueError, with a sentence, for what does not fit into the layout or no card knows."""
        for name, (least, most) in _LIMITS.items():
            if not least <= getattr(self, name) <= most:
                raise ValueError(f"{name} {getattr(self, name)}: {least} to {most}")
        for name, known in (("run_mode", RUN_MODES), ("effect", EFFECTS)):
            if getattr(self, name) not in known:
                raise ValueError(f"{name} {getattr(self, name)}: one of {', '.join(known)}")


def marked(rows: Sequence[tuple[str, str]], font: int | None = None) -> str:
    """The rows (text and colour) as one marked text, each cut to its share of MAX_TEXT bytes.

    A backslash would be a mark: it becomes ＼.

    >>> marked([("A001", "red"), ("A\\\\002", "green")])
    '\\\\C1A001\\\\n\\\\C2A＼002'
    """
    share = MAX_TEXT // max(len(rows), 1) - len("\\FO000\\C1\\n")
    texts = (fitted(text.replace("\\", "＼"), share).decode("gbk") for text, _ in rows)
    lines = (f"\\C{COLOURS[colour]}{text}" for text, (_, colour) in zip(texts, rows, strict=True))
    return ("" if font is None else f"\\FO{font:03d}") + "\\n".join(lines)


def rows_of(text: str) -> list[tuple[str, str]]:
    """The rows of a marked text, as the card shows them: text and colour. Raises ValueError for an unknown mark."""
    rows, colour, at = [["", "red"]], "red", 0
    names = {code: name for name, code in COLOURS.items()}
    while at < len(text):
        if text[at] != "\\":
            rows[-1][0] += text[at]
            at += 1
            continue
        mark = _MARK.match(text, at)
        if not mark:
            raise ValueError(f"no mark {text[at : at + 3]!r}")
        if mark["colour"]:
            colour = rows[-1][1] = names[int(mark["colour"])]
        if mark["line"]:
            rows.append(["", colour])
        at = mark.end()
    return [(said, paint) for said, paint in rows]


def show(*areas: Area) -> bytes:
    """The data of the packet that puts these areas up, each in the place of that with its id."""
    return onbon.request(onbon.AREA, b"\x00" + bytes((len(areas),)) + b"".join(map(_sized, areas)))


def take_away(*ids: int) -> bytes:
    """The data of the packet that takes away the areas of these ids; all of them for none."""
    return onbon.request(onbon.AREA, (bytes((len(ids), *ids)) if ids else b"\xff") + b"\x00")


def told(data: bytes) -> tuple[list[int] | None, list[Area]]:
    """What a packet A3 06 takes away (None: every area) and puts up. Raises ValueError for what is not whole."""
    try:
        many = 0 if data[5] == 0xFF else data[5]
        gone = None if data[5] == 0xFF else list(data[6 : 6 + many])
        count, at = data[6 + many], 7 + many
    except IndexError as short:
        raise ValueError("it ends before the areas") from short
    areas = []
    for _ in range(count):
        size = int.from_bytes(data[at : at + 2], "little")
        areas.append(_area(data[at + 2 : at + 2 + size]))
        at += 2 + size
    if at != len(data):
        raise ValueError(f"{len(data)} bytes, {at} are told of")
    return gone, areas


def _sized(area: Area) -> bytes:
    text = fitted(area.text, MAX_TEXT)
    raw = _LAYOUT.pack(
        0, _PIXELS | area.x, area.y, _PIXELS | area.width, area.height, area.id, area.line_gap,
        RUN_MODES[area.run_mode], area.timeout_s, area.lines, area.breaks, EFFECTS[area.effect], 0,
        area.speed, area.stay, len(text),
    ) + text  # fmt: skip
    return len(raw).to_bytes(2, "little") + raw


def _area(raw: bytes) -> Area:
    try:
        (kind, x, y, width, height, id_, gap, mode, timeout_s,
         lines, breaks, effect, _, speed, stay, size) = _LAYOUT.unpack_from(raw)  # fmt: skip
    except struct.error as short:
        raise ValueError("an area is too short") from short
    modes, effects = ({code: name for name, code in names.items()} for names in (RUN_MODES, EFFECTS))
    if kind or size != len(raw) - _LAYOUT.size:
        raise ValueError("no area like this")
    return Area(
        legible(raw[_LAYOUT.size :]), _pixels(width), height, _pixels(x), y, id_,
        modes.get(mode, str(mode)), timeout_s, effects.get(effect, str(effect)), speed, stay, gap, lines, breaks,
    )  # fmt: skip


def _pixels(value: int) -> int:
    return value & ~_PIXELS if value & _PIXELS else value * 8
