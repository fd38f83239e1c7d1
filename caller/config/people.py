"""The config's keys of the people who work here: who sits at a window, and what they can do."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from caller.config.problems import Found
from caller.config.rows import Row, Rows, word
from caller.config.served import ALL, queues_by_zone, served
from caller.config.values import Id, Name, Part, Ref, Whole


class ClerkPart(Part):
    """工作人员: who sits at a window."""

    staff_no: Id = Field(description="The staff number; logs in at a keypad.")
    name: Name = Field(description="The name on the window screen.")
    stars: Whole = Field(0, ge=0, le=5, description="Shown on the window screen and the evaluator.")
    skills: list[Ref] = Field(
        [], description="The queues this clerk can serve, at whatever window. Empty: all that the window serves."
    )


def check_people(file: Rows) -> Iterator[Found]:
    """Skills that lead nowhere, clerks who could call nobody where they sit, floors without a window."""
    queues = dict.fromkeys(file.names("queues"))
    for where, row in file.rows("queues"):
        if word(row, "id") == ALL:
            yield Found((*where, "id"), f"{ALL!r} is the word for every queue of a zone: take another id")
    for where, row in file.rows("clerks"):
        seen: set[str] = set()
        for at, skill in _skills(row):
            if skill not in queues:
                yield Found((*where, "skills", at), f"no queue {skill!r}", skill, tuple(queues))
            elif skill in seen:
                yield Found((*where, "skills", at), f"queue {skill!r} is in the list twice")
            seen.add(skill)
    yield from _idle_hands(file, set(queues))
    yield from _floors(file)


def warn_of_people(file: Rows) -> Iterator[Found]:
    """Queues that lead nowhere, or are called from only if somebody else sits down than who usually does."""
    zones, skills = queues_by_zone(file), _skills_of(file)
    windows: dict[str, list[str]] = {}
    can: set[str] = set()
    for _, row in file.rows("windows"):
        clerk = word(row, "clerk")
        for _, queue in served(row, zones):
            windows.setdefault(queue, []).append(word(row, "id"))
            if not clerk or not skills.get(clerk) or queue in skills[clerk]:
                can.add(queue)
    fed = {word(row, "queue") for _, row in file.rows("services")}
    for where, row in file.rows("queues"):
        queue = word(row, "id")
        if queue not in windows and queue not in fed:
            yield Found(where, f"queue {queue!r} is fed by no service and served by no window")
        if queue in windows and queue not in can:
            at = ", ".join(windows[queue][:5])
            yield Found(where, f"queue {queue!r} is served at window {at}, where nobody usually sits who has the skill")


def _skills(row: Row) -> Iterator[tuple[int, str]]:
    skills = row.get("skills")
    yield from ((i, it) for i, it in enumerate(skills if isinstance(skills, list) else []) if isinstance(it, str))


def _skills_of(file: Rows) -> dict[str, set[str]]:
    return {word(row, "staff_no"): {skill for _, skill in _skills(row)} for _, row in file.rows("clerks")}


def _idle_hands(file: Rows, queues: set[str]) -> Iterator[Found]:
    zones, skills = queues_by_zone(file), _skills_of(file)
    for where, row in file.rows("windows"):
        clerk = word(row, "clerk")
        here = {queue for _, queue in served(row, zones)}
        mine = skills.get(clerk) or set()
        if here and mine and here | mine <= queues and not here & mine:  # a misspelt one is told where it stands
            what = f"clerk {clerk!r} has the skill for no queue of this window: {_few(mine)}, and here are {_few(here)}"
            yield Found((*where, "clerk"), what)


def _floors(file: Rows) -> Iterator[Found]:
    hall = file.data.get("hall")
    wanted = hall.get("class_floor") if isinstance(hall, dict) else None
    if not isinstance(wanted, dict):
        return
    zones = {word(row, "id"): word(row, "floor") or "1" for _, row in file.rows("zones")}
    floors = {word(row, "floor") or zones.get(word(row, "zone"), ""): None for _, row in file.rows("windows")}
    for klass, floor in wanted.items():
        if isinstance(floor, str) and floor not in floors:
            what = f"no window is on floor {floor!r}; there are {', '.join(filter(None, floors))}"
            yield Found(("hall", "class_floor", klass), what)


def _few(queues: set[str]) -> str:
    return ", ".join(sorted(queues)[:5])
