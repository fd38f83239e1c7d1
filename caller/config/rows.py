"""The file's entries as they were written, for the checks.

Checks read these and not the schema's values, so that they find their mistakes in a file that has others too. What has
the wrong shape is passed over here: the schema tells of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from caller.config.yaml import Key, Written

Row = dict[str, Any]


class Rows:
    """The rows of each part of the file, as written."""

    def __init__(self, written: Written) -> None:
        self.line = written.line
        self.data = written.data if isinstance(written.data, dict) else {}

    def rows(self, part: str) -> Iterator[tuple[Key, Row]]:
        listed = self.data.get(part)
        for i, row in enumerate(listed if isinstance(listed, list) else []):
            if isinstance(row, dict):
                yield (part, i), row

    def row(self, where: Key) -> Row:
        """The entry at ("devices", 3)."""
        return self.data[where[0]][where[1]]

    def names(self, part: str, key: str = "id") -> tuple[str, ...]:
        return tuple(word(row, key) for _, row in self.rows(part) if word(row, key))

    def areas(self) -> tuple[str, ...]:
        return tuple({word(row, "area") or "hall": None for _, row in self.rows("zones")})


def word(row: Row, key: str) -> str:
    """The text under a key, or "" where there is none."""
    value = row.get(key)
    return value if isinstance(value, str) else ""
