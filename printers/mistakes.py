"""A mistake in a slip's template, for whoever wrote it."""

from __future__ import annotations

from dataclasses import dataclass


class Mistake(ValueError):
    """What is wrong in one place; `written` and the `names` it may have been meant for let a reader suggest one."""

    def __init__(self, what: str, written: str = "", names: tuple[str, ...] = ()) -> None:
        super().__init__(what)
        self.written, self.names = written, names


@dataclass(frozen=True)
class Wrong:
    """A mistake and where it is: ("slip", 3, "size")."""

    where: tuple[str | int, ...]
    what: str
    written: str = ""
    names: tuple[str, ...] = ()


class TemplateProblems(ValueError):
    """A template cannot be used; `wrong` is everything that is wrong in it, str() the same in sentences."""

    def __init__(self, wrong: list[Wrong]) -> None:
        self.wrong = wrong
        super().__init__("; ".join(f"{'.'.join(map(str, it.where))}: {it.what}" for it in wrong))
