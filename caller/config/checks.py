"""What no single key can show of a hall: names that lead nowhere, names given twice, services that no window serves."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caller.config.problems import Found, suggestion
from caller.config.rows import Row, Rows, word
from caller.config.served import ALL, queues_by_zone, served
from caller.config.steps import check_steps
from caller.config.yaml import Key


def check_names(file: Rows) -> Iterator[Found]:
    """Every name that leads nowhere or is given twice, and every service that no window serves."""
    yield from _twice(file)
    yield from _references(file)
    yield from _windows(file)
    yield from _voice(file)


def _twice(file: Rows) -> Iterator[Found]:
    for part, key, thing in (
        ("zones", "id", "zone"),
        ("zones", "letter", "letter"),
        ("queues", "id", "queue"),
        ("queues", "letters", "letters"),
        ("services", "id", "service"),
        ("clerks", "staff_no", "staff number"),
        ("windows", "id", "window"),
        ("kiosks", "id", "kiosk"),
        ("lines", "id", "line"),
        ("devices", "id", "device"),
    ):
        first: dict[str, Key] = {}
        for where, row in file.rows(part):
            name = word(row, key)
            if name and (at := first.setdefault(name, where)) != where:
                yield Found((*where, key), f"{thing} {name!r} is there already, on line {file.line((*at, key))}")
    first = {}
    for where, row in file.rows("windows"):
        name = word(row, "name") or word(row, "id")
        bare = re.sub(r"(?<=.)\s*(号窗口|号窗|窗口|号)$", "", name)
        if bare != name:
            yield Found((*where, "name"), f"{name!r} is shown with 号窗口 behind it: write {bare!r}")
        if name and word(row, "name") and (at := first.get(name)):
            yield Found((*where, "name"), f"a window called {name!r} is there already, on line {file.line(at)}")
        first.setdefault(name, where)


def _references(file: Rows) -> Iterator[Found]:
    for part, key, target, thing in (
        ("queues", "zone", "zones", "zone"),
        ("services", "queue", "queues", "queue"),
        ("windows", "zone", "zones", "zone"),
        ("windows", "clerk", "clerks", "clerk"),
        ("kiosks", "printer", "devices", "device"),
        ("devices", "line", "lines", "line"),
        ("devices", "window", "windows", "window"),
        ("devices", "kiosk", "kiosks", "kiosk"),
        ("devices", "area", "areas", "loudspeaker area"),
        ("devices", "zone", "zones", "zone"),
    ):
        names = file.areas() if target == "areas" else file.names(target, "staff_no" if target == "clerks" else "id")
        known = set(names)
        for where, row in file.rows(part):
            if (name := word(row, key)) and name not in known:
                yield Found((*where, key), f"no {thing} {name!r}", name, names)
    queues, zones = file.names("queues"), queues_by_zone(file)
    for where, row in file.rows("windows"):
        seen: set[str] = set()
        for at, queue in served(row, zones):
            if queue not in queues:
                yield Found((*where, "queues", at), f"no queue {queue!r}", queue, queues)
            elif queue in seen:
                yield Found((*where, "queues", at), f"queue {queue!r} is in the list twice")
            seen.add(queue)


def _windows(file: Rows) -> Iterator[Found]:
    seats: dict[str, str] = {}
    served_somewhere: set[str] = set()
    queues, zones = file.names("queues"), queues_by_zone(file)
    for where, row in file.rows("windows"):
        if row.get("queues") == ALL and word(row, "zone") in file.names("zones") and not served(row, zones):
            yield Found((*where, "queues"), f"zone {word(row, 'zone')!r} has no queue of its own")
        # a misspelt queue is told once, at the window, and not again at each of its services
        served_somewhere.update(
            queue if queue in queues else suggestion(queue, queues) for _, queue in served(row, zones)
        )
        clerk, window = word(row, "clerk"), word(row, "id")
        if clerk and seats.setdefault(clerk, window) != window:
            yield Found((*where, "clerk"), f"clerk {clerk!r} sits at window {seats[clerk]} already")
    lost: dict[str, list[tuple[Key, Row]]] = {}
    for where, row in file.rows("services"):
        queue = word(row, "queue")
        if queue in queues and queue not in served_somewhere:
            lost.setdefault(queue, []).append((where, row))
    yield from check_steps(file, frozenset(served_somewhere))
    for queue, services in lost.items():
        where, row = services[0]
        more = f" (and {len(services) - 1} more services)" if len(services) > 1 else ""
        name = word(row, "name") or word(row, "id")
        what = f"no window serves queue {queue!r}, so {name}{more} leads nowhere (该事项未配置到窗口)"
        yield Found((*where, "queue"), what)


def _voice(file: Rows) -> Iterator[Found]:
    voice = file.data.get("voice")
    areas = voice.get("areas") if isinstance(voice, dict) else None
    for area in areas if isinstance(areas, dict) else ():
        if area not in file.areas():
            yield Found(("voice", "areas", area), f"no zone is in loudspeaker area {area!r}", area, file.areas())
