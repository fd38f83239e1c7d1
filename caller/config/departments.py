"""The config's keys of departments (部门), and where a service stands in the tree under them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pydantic import Field

from caller.config.problems import Found
from caller.config.rows import Rows, word
from caller.config.values import Id, Name, Part, Text
from hall.plan import Department


class DepartmentPart(Part):
    """部门: who answers for services. Left out, the departments are what the services name."""

    id: Id = Field(description="What services call it; its name does too.")
    name: Name = Field(description="Its name.")
    name_en: Text = Field("", description="The same in English.")
    floor: Text = Field("", description="The floor it is on.")


class GroupPart(Part):
    """A group of services in their `path`, for its English name. One that is not listed has none."""

    name: Name = Field(description="As services write it in their `path`.")
    name_en: Text = Field("", description="The same in English.")


def departments(listed: Iterable[DepartmentPart], named: Iterable[str]) -> dict[str, Department]:
    """What services write -> the department: its id, its name, or the text of one that is not listed."""
    told: dict[str, Department] = {}
    for it in listed:
        told[it.id] = told[it.name] = Department(it.id, it.name, it.name_en, it.floor)
    for name in named:
        if name:
            told.setdefault(name, Department(name, name))
    return told


def check_departments(file: Rows) -> Iterator[Found]:
    """Departments given twice or that nobody knows; English names of groups that are in no path."""
    first: dict[str, int] = {}
    for where, row in file.rows("departments"):
        for key in ("id", "name"):
            name = word(row, key)
            if name and (line := first.setdefault(name, file.line(where))) != file.line(where):
                yield Found((*where, key), f"department {name!r} is there already, on line {line}")
    if first:  # where none are listed, what services write is the department
        names = tuple(first)
        for where, row in file.rows("services"):
            if (name := word(row, "department")) and name not in first:
                yield Found((*where, "department"), f"no department {name!r}", name, names)
    paths = (row.get("path") for _, row in file.rows("services"))
    known = {step: None for path in paths if isinstance(path, list) for step in path if isinstance(step, str)}
    for where, row in file.rows("groups"):
        if (group := word(row, "name")) and group not in known:
            yield Found((*where, "name"), f"no service has the group {group!r} in its path", group, tuple(known))
