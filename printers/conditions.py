"""The conditions of a template: `when: url`, `not copy`, `class is booked or paper is 58`, a list for all of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from printers.fields import CHOICES, FIELDS, Value, empty
from printers.mistakes import Mistake
from printers.slip import CLASSES

Known = Mapping[str, Value]
"""What conditions can ask of: the fields, and paper, mode, language; `class` by its English name."""

_NAMES = (*FIELDS, *(name for name in CHOICES if name not in FIELDS))


@dataclass(frozen=True)
class Condition:
    """`name` is there, or is `value`; the opposite with `no`."""

    name: str
    value: str = ""
    no: bool = False

    def holds(self, known: Known) -> bool:
        now = known[self.name]
        found = now == self.value if self.value else not empty(now)
        return found != self.no


@dataclass(frozen=True)
class When:
    """All of them, each of which is one of several; () always holds."""

    all_of: tuple[tuple[Condition, ...], ...] = ()

    def holds(self, known: Known) -> bool:
        return all(any(each.holds(known) for each in any_of) for any_of in self.all_of)


def condition(text: str) -> tuple[Condition, ...]:
    """Read one condition: its alternatives. Raises Mistake.

    >>> condition("not copy or class is booked")
    (Condition(name='copy', value='', no=True), Condition(name='class', value='booked', no=False))
    """
    return tuple(_one(part.strip()) for part in re.split(r"\s+or\s+", text.strip()))


def _one(text: str) -> Condition:
    found = re.fullmatch(r"(not\s+)?(\S+)(?:\s+is\s+(not\s+)?(.+))?", text)
    if not found or (found[1] and found[4]):
        raise Mistake(f"should be a condition like url, not copy, or class is booked, and not {text[:60]!r}")
    name, value = found[2], (found[4] or "").strip()
    if name not in _NAMES:
        raise Mistake(f"no field {name!r} to ask of", name, _NAMES)
    if value and name in CHOICES:
        value = {said: key for key, said in CLASSES.items()}.get(value, value) if name == "class" else value
        if value not in CHOICES[name]:
            raise Mistake(f"{name} is {' or '.join(CHOICES[name])}, never {value!r}", value, CHOICES[name])
    elif name in CHOICES and name != "class":
        raise Mistake(f"should say what {name} is: {name} is {CHOICES[name][0]}")
    return Condition(name, value, bool(found[1] or found[3]))
