"""A text of a template: words with {fields} in them, and [parts] that are left out when a field in them is empty.

请到[ {floor} 楼]{zone}等候        {field}        what the field says
前面 {ahead:54/44} 人              {field:26/23}  in numerals of that size, dots on 80 mm / 58 mm
校验码 {check:bold}                {field:bold}   bold; {field:stamp} white on black
                                   {{ }} [[ ]]    the signs themselves
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from printers.fields import FIELDS, NUMERALS, Values, empty, joined
from printers.mistakes import Mistake
from printers.sizes import Dots, sized
from printers.slip import plain

SET_AS = ("bold", "stamp")
_SIGNS = re.compile(r"\{\{|\}\}|\[\[|\]\]|\{[^{}]*\}|[\[\]{}]|[^\[\]{}]+")


@dataclass(frozen=True)
class Piece:
    """Words set in one way: `how` is "", bold, stamp or numeral; `size` their own size in numerals, or None."""

    text: str
    how: str = ""
    size: Dots | None = None


@dataclass(frozen=True)
class _Field:
    name: str
    how: str = ""
    size: Dots | None = None

    def said(self, values: Values) -> Piece:
        how = self.how or ("numeral" if self.name in NUMERALS else "")
        return Piece(joined(self.name, values[self.name]), how, self.size)


_Part = str | _Field


@dataclass(frozen=True)
class Phrase:
    """Parts in order; a tuple among them is left out when a field in it is empty."""

    parts: tuple[_Part | tuple[_Part, ...], ...]

    def filled(self, values: Values) -> tuple[tuple[Piece, ...], ...]:
        """The lines it says, without those that say nothing."""
        said: list[Piece] = []
        for part in self.parts:
            inner = part if isinstance(part, tuple) else (part,)
            fields = [it for it in inner if isinstance(it, _Field)]
            if not isinstance(part, tuple) or not any(empty(values[it.name]) for it in fields):
                said += [Piece(it) if isinstance(it, str) else it.said(values) for it in inner]
        return tuple(line for line in map(_tidy, _lines(said)) if line)

    def text(self, values: Values) -> str:
        """The same as plain text."""
        return "\n".join("".join(piece.text for piece in line) for line in self.filled(values))


def phrase(text: str) -> Phrase:
    """Read a text. Raises Mistake for a field that there is not, and for a bracket without its other half."""
    parts: list[_Part | tuple[_Part, ...]] = []
    inner: list[_Part] | None = None
    for sign in _SIGNS.findall(text):
        here = parts if inner is None else inner
        if sign in ("{{", "}}", "[[", "]]"):
            here.append(sign[0])
        elif sign == "[":
            if inner is not None:
                raise Mistake("a [part] cannot hold another one")
            inner = []
        elif sign == "]":
            if inner is None:
                raise Mistake("there is a ] without its [ ; a bracket itself is written ]]")
            if not any(isinstance(it, _Field) for it in inner):
                raise Mistake("a [part] is left out when a field in it is empty, and this one has none; write [[ ]]")
            parts.append(tuple(inner))
            inner = None
        elif sign in "{}":
            raise Mistake(f"there is a {sign} without its other half; the sign itself is written {sign}{sign}")
        else:
            here.append(_field(sign[1:-1]) if sign[0] == "{" else _words(sign))
    if inner is not None:
        raise Mistake("there is a [ without its ] ; a bracket itself is written [[")
    return Phrase(tuple(parts))


def _field(written: str) -> _Field:
    name, colon, how = (part.strip() for part in written.partition(":"))
    if name not in FIELDS:
        raise Mistake(f"no field {name!r}", name, tuple(FIELDS))
    if not colon or how in SET_AS:
        return _Field(name, how)
    if not re.match(r"\d", how):
        raise Mistake(f"a field is set bold, stamp or in a size like 54/44, not {how!r}", how, SET_AS)
    return _Field(name, size=sized(how, least=21, most=240))


def _words(text: str) -> str:
    """Words as they can be printed, with their line ends."""
    lines = []
    for line in text.split("\n"):
        kept = plain(f"|{line}|", 2000)  # the bars keep blanks at its ends
        lines.append(kept[1:-1])
    return "\n".join(lines)


def _lines(pieces: list[Piece]) -> Iterator[list[Piece]]:
    line: list[Piece] = []
    for piece in pieces:
        first, *more = piece.text.split("\n")
        line.append(Piece(first, piece.how, piece.size))
        for text in more:
            yield line
            line = [Piece(text, piece.how, piece.size)]
    yield line


def _tidy(line: list[Piece]) -> tuple[Piece, ...]:
    """Without blanks at its ends and without two wide ones side by side: what stood between may have been left out."""
    kept: list[Piece] = []
    for piece in line:
        text = re.sub("　{2,}", "　", piece.text)
        last = kept[-1].text if kept else "　"
        if last.endswith("　"):
            text = text.lstrip("　 ") if not piece.how else text
        if text:
            kept.append(Piece(text, piece.how, piece.size))
    while kept and not (text := kept[-1].text.rstrip()):
        kept.pop()
    if kept:
        kept[-1] = Piece(kept[-1].text.rstrip(), kept[-1].how, kept[-1].size)
    return tuple(kept)
