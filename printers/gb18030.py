"""Chinese for a printer's own font: GBK bytes, and something readable where the font has no such character.

The two-byte half of GB18030 (GBK, 21 886 characters) is what the fonts of printers sold as "GB18030" have in common;
a four-byte character prints as a blank or as two wrong ones. So it is never sent: a written-out form where one is
known, else its reading in brackets 〔Jie〕 (so that nobody takes it for the name itself), else what every device
of the hall shows (`devices.gbk`), else 〓, the printers' sign for a missing piece of type. Never `?`.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from devices import gbk

ALIKE = {
    "¥": "￥",
    "☐": "□",
    "✓": "√",
    "✔": "√",
    "❌": "×",
    "〜": "～",
    "𠮷": "〔吉〕",
    "㐂": "〔喜〕",
    "䶮": "〔龙天〕",
    "𬭚": "〔金享〕",
    "𫖯": "〔府页〕",
}


@lru_cache(maxsize=4096)
def readable(char: str) -> str:
    """`char` itself if a GBK font has it, else what can be read in its place: GBK characters, none for a control.

    >>> readable("①"), readable("㛃"), readable("ñ"), readable("😀"), readable("\\x1b")
    ('①', '〔Jie〕', 'n', '〓', '')
    """
    if char in ALIKE:
        return ALIKE[char]
    if unicodedata.category(char) == "Co":
        return gbk.NO_GLYPH  # private use encodes (the user-defined rows), but the font has nothing there
    shown = gbk.readable(char)
    if unicodedata.name(char, "").startswith("CJK") and shown.isascii():
        return f"〔{shown}〕"
    return shown


def printable(text: str) -> str:
    """The text as the printer will show it."""
    return "".join(readable(char) for char in text)


def encode(text: str) -> bytes:
    """Bytes for Chinese mode (between FS & and FS .): ASCII 20-7E and pairs 81-FE 40-FE, no control byte ever."""
    return printable(text).encode("gbk")


def columns(text: str) -> int:
    """How many half-width cells the text takes in the printer's font.

    >>> columns("窗口 3")
    6
    """
    return len(encode(text))
