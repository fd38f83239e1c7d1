"""What an agent sends, brought to what the hub may keep, journal and show. Agents may be old, broken, or not ours."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from typing import Any

Body = dict[str, Any]

LONGEST_WORD = 500
MOST_PARTS = 100
DEEPEST = 4
"""Far more than any device has to say of itself."""


def word(value: Any, longest: int = LONGEST_WORD) -> str:
    """Text as it is, of a number its digits, of anything else ""; without half surrogates, which no journal takes.

    >>> word("A001"), word(3), word(["x"]), word(None)
    ('A001', '3', '', '')
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    text = value if isinstance(value, str) else repr(value) if isinstance(value, float) or -1e18 < value < 1e18 else ""
    return text[:longest].encode(errors="replace").decode()


def plain(value: Any, deep: int = DEEPEST) -> Any:
    """The value as JSON can tell it again: no bytes, nothing endless, nothing very deep; None for what is not."""
    if isinstance(value, str):
        return word(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, int):  # bool is one
        return value if -(2**53) <= value <= 2**53 else None
    if isinstance(value, list) and deep:
        return [plain(it, deep - 1) for it in value[:MOST_PARTS]]
    if isinstance(value, dict) and deep:
        return {word(key): plain(it, deep - 1) for key, it in list(value.items())[:MOST_PARTS]}
    return None


def dicts(body: Any, name: str) -> list[Body]:
    """The rows of that name, made plain; what is no row is left out."""
    given = body.get(name) if isinstance(body, dict) else None
    return [plain(row) for row in given if isinstance(row, dict)] if isinstance(given, list) else []


def outcome(body: Body) -> Body:
    """A `done` as docs/agent.md has it; a sound in its detail stays as it is."""
    detail = body.get("detail")
    detail = detail if isinstance(detail, dict) else {}
    told = plain(detail)
    if isinstance(detail.get("wav"), bytes):
        told["wav"] = detail["wav"]
    return {
        "id": word(body.get("id")),
        "device": word(body.get("device")),
        "ok": body.get("ok") is True,
        "error": word(body.get("error"), 100),
        "sentence": word(body.get("sentence")),
        "detail": told,
    }


def event(value: Any) -> Body | None:
    """What was pressed or shown; None when it is no event. Every word of it is a string or a number."""
    told = plain(value)
    return told if isinstance(told, dict) and isinstance(told.get("kind"), str) else None


def passed(rows: Any) -> list[Body]:
    """What was seen on a line: only rows that a program which looks on can read."""
    rows = rows if isinstance(rows, list) else []
    return [row for row in rows if isinstance(row, dict) and _is_passed(row)]


def _is_passed(row: Body) -> bool:
    t, text = row.get("t"), row.get("hex")
    timed = isinstance(t, int | float) and not isinstance(t, bool) and math.isfinite(t)
    hexed = isinstance(text, str) and re.fullmatch(r"(?:[0-9a-f]{2} ?)*", text) is not None
    return timed and hexed and row.get("dir") in ("in", "out") and isinstance(row.get("device", ""), str)


def lines(value: Any) -> list[str]:
    """A slip's text, line by line."""
    return [word(it) for it in value[:MOST_PARTS]] if isinstance(value, list) else []


def only(ids: Iterable[Body], mine: set[str]) -> list[Body]:
    """The rows whose id is one of these."""
    return [row for row in ids if word(row.get("id")) in mine]
