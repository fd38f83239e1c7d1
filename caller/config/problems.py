"""Mistakes in hall_config.yaml, told to the person who can mend them: all at once, each with its line."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

from caller.config.yaml import Key


@dataclass(frozen=True)
class Problem:
    """A mistake in the file, for the person who can mend it. `line` 0 is the file as a whole; `path` may be ""."""

    file: str
    line: int
    path: str
    what: str
    meant: str = ""

    def __str__(self) -> str:
        at = f"{self.file}:{self.line}: " if self.line else f"{self.file}: "
        path = f"{self.path}: " if self.path else ""
        return f"{at}{path}{self.what}." + (f" Did you mean '{self.meant}'?" if self.meant else "")


class ConfigProblems(Exception):
    """The file cannot be used; str() is all its problems, one a line, in the order of the file."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


@dataclass(frozen=True)
class Found:
    """A mistake: where, what, and what the writer may have meant ("" if nothing comes near)."""

    where: Key
    what: str
    written: str = ""
    names: tuple[str, ...] = ()


def suggestion(written: str, names: tuple[str, ...]) -> str:
    """The name that comes nearest to what was written, or ""."""
    lower = {name.lower(): name for name in reversed(names) if name != written}
    near = get_close_matches(written.lower(), lower, n=1, cutoff=0.6) if written else []
    return lower[near[0]] if near else ""


def path_words(where: Key) -> str:
    """windows[3].queues: entries counted from 0, as in the file's own order."""
    words = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in where)
    return words.lstrip(".")
