"""Text for hardware that only knows GBK: what it cannot draw becomes something a visitor can still read."""

from __future__ import annotations

import unicodedata

from pypinyin import lazy_pinyin

NO_GLYPH = "〓"
"""The printer's mark for a missing piece of type; itself in GBK."""

_SPELLED = {"€": "EUR", "•": "·", "−": "-", "‑": "-", "™": "TM", "©": "(C)", "®": "(R)"}


def readable(text: str) -> str:
    """The text with every character in GBK and no control characters.

    A character outside GBK becomes its compatibility form, its letters without accents, or its pinyin; failing all,
    〓. Never a question mark that was not there.

    >>> readable("①号 café 王䶮 😀")
    '①号 café 王Yan 〓'
    """
    return "".join(_one(char) for char in text)


def fitted(text: str, most: int) -> bytes:
    """The readable text in GBK, at most so many bytes: what is too long ends after a whole character.

    >>> fitted("A①号", 4).decode("gbk"), fitted("A①号", 3).decode("gbk")
    ('A①', 'A①')
    """
    raw = readable(text).encode("gbk")
    return raw[:most].decode("gbk", "ignore").encode("gbk") if len(raw) > most else raw


def legible(raw: bytes) -> str:
    """The text of these GBK bytes, as a display reads it. Raises ValueError for what is no text: half a character,
    a control byte."""
    if any(byte < 0x20 or byte == 0x7F for byte in raw):
        raise ValueError("control bytes are no text")
    return raw.decode("gbk")


def in_gbk(text: str) -> bool:
    try:
        text.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True


def _one(char: str) -> str:
    if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Mn"):
        return " " if char in "\t\n\r" else ""
    if in_gbk(char):
        return char
    if char in _SPELLED:
        return _SPELLED[char]
    plain = "".join(c for c in unicodedata.normalize("NFKD", char) if not unicodedata.combining(c))
    if plain and plain != char and plain.isprintable() and in_gbk(plain):
        return plain
    (sound,) = lazy_pinyin(char) or [char]
    return sound.capitalize() if sound.isascii() and sound.isalpha() else NO_GLYPH
