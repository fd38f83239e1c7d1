"""A YAML file as plain values, and the line that each of them stands on.

Every scalar is kept as the text that was written; the schema reads numbers out of it. So `id: 01` is the window "01"
and `floor: 3` the floor "3", and no window is ever called True. Plain `~`, `null` or nothing at all is None; a key
whose value is None counts as left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from yaml.resolver import BaseResolver

try:  # libyaml reads the reference hall in 0.1 s, PyYAML's own parser in 0.9 s
    from yaml.cyaml import CParser

    class _Composer(CParser, BaseResolver):
        def __init__(self, text: str) -> None:
            CParser.__init__(self, text)
            BaseResolver.__init__(self)

except ImportError:  # pragma: no cover - a PyYAML built without libyaml
    from yaml.composer import Composer
    from yaml.parser import Parser
    from yaml.reader import Reader
    from yaml.scanner import Scanner

    class _Composer(Reader, Scanner, Parser, Composer, BaseResolver):  # type: ignore[no-redef]
        def __init__(self, text: str) -> None:
            for part in (Reader, Scanner, Parser, Composer, BaseResolver):
                part.__init__(self, *([text] if part is Reader else []))


_WIDE = (("：", ": "), ("，", ", "), ("【", "["), ("“", '"'), ("－", "- "))
"""What a Chinese input method writes, and what YAML wants."""

DEEPEST = 20
MOST_VALUES = 1_000_000
LARGEST = 8 * 1024 * 1024  # bytes; a hall of 1 344 services has 0.2 million

Key = tuple[str | int, ...]
"""Where a value is: ("windows", 3, "queues")."""


class Plain(str):
    """A scalar written without quotes: where any value may stand (device options), 5 is a number and "5" is text."""

    __slots__ = ()

    def value(self) -> str | int | float | bool:
        """What YAML 1.2 reads in it.

        >>> [Plain(text).value() for text in ("5", "0.5", "true", "no", "0x0C", "3号")]
        [5, 0.5, True, 'no', 12, '3号']
        """
        if self in ("true", "false"):
            return self == "true"
        if re.fullmatch(r"0x[0-9a-fA-F]{1,15}|[+-]?\d{1,15}", self, re.ASCII):
            return int(self, 16 if self.startswith("0x") else 10)
        if re.fullmatch(r"[+-]?\d{1,15}\.\d{1,15}", self, re.ASCII):
            return float(self)
        return str(self)


@dataclass(frozen=True)
class Misread:
    """What could not be read: the line, where, and what is wrong, in words."""

    line: int
    where: Key
    what: str


@dataclass
class Written:
    """A file as it was written: `data` of dict, list, str and None; `lines` from where to line, 1 is the first."""

    data: Any = None
    lines: dict[Key, int] = field(default_factory=dict)
    misread: list[Misread] = field(default_factory=list)

    def line(self, where: Key) -> int:
        """The line of the value, or of the nearest thing around it that stands in the file."""
        while where and where not in self.lines:
            where = where[:-1]
        return self.lines.get(where, 1)


def read(path: Path) -> Written:
    """Read a file. Never raises: what cannot be read is a misreading, with line 0 when no line can be named."""
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except FileNotFoundError:
        return Written(misread=[Misread(0, (), "there is no such file. `hall init > FILE` writes one to start from")])
    except OSError as error:
        return Written(misread=[Misread(0, (), f"cannot be read: {error.strerror}")])
    if len(raw) > LARGEST:
        return Written(misread=[Misread(0, (), "is no configuration: it is larger than 8 MB")])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return Written(misread=[Misread(line, (), "is not UTF-8 here (GBK?): save the file as UTF-8")])
    return parse(text)


def parse(text: str) -> Written:
    """Read YAML. A mistake in the YAML itself is the one misreading of a Written without data."""
    written = Written()
    try:
        root = _Composer(text).get_single_node()
    except yaml.MarkedYAMLError as error:
        written.misread.append(_not_yaml(error, text))
        return written
    except yaml.YAMLError as error:  # a control character: libyaml tells where only in words
        written.misread.append(Misread(1, (), f"is not YAML: {' '.join(str(error).split())}"))
        return written
    if root is not None:
        written.data = _value(root, (), written, ())
    return written


def _value(node: yaml.Node, where: Key, written: Written, inside: tuple[int, ...]) -> Any:
    written.lines.setdefault(where, node.start_mark.line + 1)
    if isinstance(node, yaml.ScalarNode):
        if node.style not in (None, ""):
            return str(node.value)
        return None if node.value in ("", "~", "null") else Plain(node.value)
    wrong = ""
    if id(node) in inside:
        wrong = "contains itself (an alias, *, to what it is in)"
    elif len(inside) > DEEPEST:
        wrong = "is nested too deeply"
    elif len(written.lines) > MOST_VALUES:  # aliases of aliases: ten lines can stand for a billion values
        wrong = "is too much: aliases (*) repeat it without end"
    if wrong:
        if not written.misread or written.misread[-1].what != wrong:
            written.misread.append(Misread(node.start_mark.line + 1, where[:DEEPEST], wrong))
        return None
    inside = (*inside, id(node))
    if isinstance(node, yaml.SequenceNode):
        return [_value(child, (*where, i), written, inside) for i, child in enumerate(node.value)]
    return dict(_pairs(node, where, written, inside))


def _pairs(node: yaml.Node, where: Key, written: Written, inside: tuple[int, ...]) -> Iterator[tuple[str, Any]]:
    for name, child in node.value:
        line = name.start_mark.line + 1
        if not isinstance(name, yaml.ScalarNode):
            written.misread.append(Misread(line, where, "a key has to be one word"))
            continue
        key = (*where, name.value)
        if key in written.lines:
            written.misread.append(Misread(line, key, f"is written twice, first on line {written.lines[key]}"))
            continue
        written.lines[key] = line
        value = _value(child, key, written, inside)
        if value is not None:
            yield name.value, value


def _not_yaml(error: yaml.MarkedYAMLError, text: str) -> Misread:
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 1
    lines = dict(enumerate(text.splitlines(), 1))
    source = lines.get(line, "")
    if "\t" in source[: len(source) - len(source.lstrip())]:
        return Misread(line, (), "is indented with a tab: use spaces")
    for at in (line, line - 1):  # the parser often stumbles one line later
        for wide, narrow in _WIDE:
            if wide in lines.get(at, "") and narrow.strip() not in lines[at]:
                return Misread(at, (), f"is not YAML: there is a full-width {wide} where {narrow!r} is meant")
    what = error.problem or "it breaks off"
    if error.context:
        began = f" that begins on line {error.context_mark.line + 1}" if error.context_mark else ""
        what = f"{what}, {error.context}{began}"
    return Misread(line, (), f"is not YAML: {what}")
