"""The 256 bytes of text in an ID card: UCS-2, little-endian, in fields of fixed width, with codes for sex and nation.

Widths in bytes: name 30, sex 2, ethnic group 4, birth 16, address 70, number 36, issuer 30, valid from 16, until 16,
spare 36. A foreigner's permanent residence card has an I at byte 248, and fields of its own (docs/wire/sdt.md).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate

from kiosk.readers.ethnic_groups import ETHNIC_GROUPS

SEXES = {"0": "未知", "1": "男", "2": "女", "9": "未说明"}
"""GB/T 2261.1."""

FOR_EVER = "长期"
SIZE = 256

_CITIZEN = {
    "name": 30, "sex": 2, "group": 4, "birth": 16, "address": 70,
    "number": 36, "issuer": 30, "since": 16, "until": 16, "spare": 36,
}  # fmt: skip
_FOREIGNER = {
    "name_en": 120, "sex": 2, "number": 30, "country": 6, "name": 30, "since": 16, "until": 16,
    "birth": 16, "version": 4, "issuer": 8, "kind": 2, "spare": 6,
}  # fmt: skip
_KIND_AT = 248


@dataclass(frozen=True)
class Card:
    """What an ID card says. It is never printed whole: its repr shows nothing of it.

    `sex` and `ethnic_group` are words of GB/T 2261.1 and GB/T 3304, "" where there is none; `number` is as printed on
    it, with its check digit. `until` is None for a card that is valid for ever.
    """

    name: str = field(repr=False)
    number: str = field(repr=False)
    sex: str = field(default="", repr=False)
    ethnic_group: str = field(default="", repr=False)
    birth: date | None = field(default=None, repr=False)
    address: str = field(default="", repr=False)
    issuer: str = field(default="", repr=False)
    since: date | None = field(default=None, repr=False)
    until: date | None = field(default=None, repr=False)


def parse(text: bytes) -> Card:
    """The card of these bytes. Raises ValueError for what is no such text or has no number, and never quotes it."""
    if len(text) != SIZE:
        raise ValueError(f"{len(text)} bytes of text, not {SIZE}")
    foreigner = text[_KIND_AT : _KIND_AT + 2] == "I".encode("utf-16-le")
    said = _fields(text, _FOREIGNER if foreigner else _CITIZEN)
    if not (said["number"].isascii() and said["number"].isalnum()):
        raise ValueError("no number in the text")
    return Card(
        name=said["name"] or said.get("name_en", ""),
        number=said["number"],
        sex=SEXES.get(said["sex"], ""),
        ethnic_group=ETHNIC_GROUPS.get(said.get("group", ""), ""),
        birth=_day(said["birth"]),
        address=said.get("address", ""),
        issuer=said["issuer"],
        since=_day(said["since"]),
        until=_day(said["until"]),
    )


def build(card: Card) -> bytes:
    """The bytes of a citizen's card, as the far end of the wire keeps them. What is too long is cut."""
    codes = {word: code for code, word in (SEXES | ETHNIC_GROUPS).items()}
    said = {
        "name": card.name, "sex": codes.get(card.sex, ""), "group": codes.get(card.ethnic_group, ""),
        "birth": _written(card.birth), "address": card.address, "number": card.number, "issuer": card.issuer,
        "since": _written(card.since), "until": _written(card.until) if card.until or not card.since else FOR_EVER,
    }  # fmt: skip
    return b"".join(_padded(said.get(name, ""), width) for name, width in _CITIZEN.items())


def _fields(text: bytes, widths: dict[str, int]) -> dict[str, str]:
    ends = accumulate(widths.values())
    try:
        return {
            name: text[end - widths[name] : end].decode("utf-16-le").rstrip("\0 \u3000")
            for name, end in zip(widths, ends, strict=True)
        }
    except UnicodeDecodeError:
        raise ValueError("the text is not UCS-2") from None  # the error itself would carry the bytes along


def _padded(text: str, width: int) -> bytes:
    """Cut at a whole character and filled with blanks, as cards are."""
    while len(raw := text.encode("utf-16-le")) > width:
        text = text[:-1]
    return raw + b" \0" * ((width - len(raw)) // 2)


def _day(written: str) -> date | None:
    """20100307 as a date; None for 长期, or where there is none."""
    try:
        return date(int(written[:4]), int(written[4:6]), int(written[6:8]))
    except ValueError:
        return None


def _written(day: date | None) -> str:
    return f"{day:%Y%m%d}" if day else ""
