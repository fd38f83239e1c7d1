"""What no single key can show: names that lead nowhere, names given twice, places taken twice.

The checks read the file as it was written, not the schema's values, so that they find their mistakes in a file that
has others too. What has the wrong shape is passed over here; the schema has told it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from caller.config_problems import Found, suggestion
from caller.config_yaml import Key, Written
from devices.registry import Family, families

Row = dict[str, Any]
PLACES = {"keypad": "window", "pad": "window", "bar": "window", "voice": "area"}
"""What a device of a kind has to name; a printer may be named by its kiosks instead."""
ADDRESSES = {"a090": 4095}
"""The last address of families that have more than the usual byte for it."""


def check(written: Written) -> Iterator[Found]:
    """All mistakes between the parts of the file."""
    file = _File(written)
    yield from _twice(file)
    yield from _references(file)
    yield from _windows(file)
    yield from _devices(file)
    yield from _ports(file)
    yield from _voice(file)


class _File:
    """The rows of each part, as written."""

    def __init__(self, written: Written) -> None:
        self.line = written.line
        self.data = written.data if isinstance(written.data, dict) else {}

    def rows(self, part: str) -> Iterator[tuple[Key, Row]]:
        listed = self.data.get(part)
        for i, row in enumerate(listed if isinstance(listed, list) else []):
            if isinstance(row, dict):
                yield (part, i), row

    def names(self, part: str, key: str = "id") -> tuple[str, ...]:
        return tuple(word(row, key) for _, row in self.rows(part) if word(row, key))

    def areas(self) -> tuple[str, ...]:
        return tuple({word(row, "area") or "hall": None for _, row in self.rows("zones")})


def word(row: Row, key: str) -> str:
    """The text under a key, or "" where there is none."""
    value = row.get(key)
    return value if isinstance(value, str) else ""


def served(row: Row) -> tuple[tuple[str | int, str], ...]:
    """The queues of a window's row, each with its index or key."""
    queues = row.get("queues")
    if isinstance(queues, dict):
        return tuple((queue, queue) for queue in queues)
    return tuple((i, queue) for i, queue in enumerate(queues or []) if isinstance(queue, str))


def _twice(file: _File) -> Iterator[Found]:
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
        if name and word(row, "name") and (at := first.get(name)):
            yield Found((*where, "name"), f"a window called {name!r} is there already, on line {file.line(at)}")
        first.setdefault(name, where)


def _references(file: _File) -> Iterator[Found]:
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
    ):
        names = file.areas() if target == "areas" else file.names(target, "staff_no" if target == "clerks" else "id")
        for where, row in file.rows(part):
            if (name := word(row, key)) and name not in names:
                yield Found((*where, key), f"no {thing} {name!r}", name, names)
    queues = file.names("queues")
    for where, row in file.rows("windows"):
        seen: set[str] = set()
        for at, queue in served(row):
            if queue not in queues:
                yield Found((*where, "queues", at), f"no queue {queue!r}", queue, queues)
            elif queue in seen:
                yield Found((*where, "queues", at), f"queue {queue!r} is in the list twice")
            seen.add(queue)


def _windows(file: _File) -> Iterator[Found]:
    seats: dict[str, str] = {}
    served_somewhere: set[str] = set()
    queues = file.names("queues")
    for where, row in file.rows("windows"):
        # a misspelt queue is told once, at the window, and not again at each of its services
        served_somewhere.update(queue if queue in queues else suggestion(queue, queues) for _, queue in served(row))
        clerk, window = word(row, "clerk"), word(row, "id")
        if clerk and seats.setdefault(clerk, window) != window:
            yield Found((*where, "clerk"), f"clerk {clerk!r} sits at window {seats[clerk]} already")
    lost: dict[str, list[tuple[Key, Row]]] = {}
    for where, row in file.rows("services"):
        queue = word(row, "queue")
        if queue in queues and queue not in served_somewhere:
            lost.setdefault(queue, []).append((where, row))
    for queue, services in lost.items():
        where, row = services[0]
        more = f" (and {len(services) - 1} more services)" if len(services) > 1 else ""
        name = word(row, "name") or word(row, "id")
        yield Found(
            (*where, "queue"), f"no window serves queue {queue!r}, so {name}{more} leads nowhere 该事项未配置到窗口"
        )


def _devices(file: _File) -> Iterator[Found]:
    known = families()
    agents = {word(row, "id"): word(row, "agent") or "main" for _, row in file.rows("lines")}
    printers_at = {word(row, "printer") for _, row in file.rows("kiosks")}
    kiosks = {word(row, "id"): word(row, "printer") for _, row in file.rows("kiosks")}
    taken: dict[tuple[str, str, str], str] = {}
    drivers: dict[str, Family | None] = {}
    for where, row in file.rows("devices"):
        name, device = word(row, "driver"), word(row, "id")
        drivers[device] = family = known.get(name)
        if not name:
            continue
        if family is None:
            yield Found((*where, "driver"), f"no driver {name!r}", name, tuple(known))
            continue
        if (kind := word(row, "kind")) and kind != family.kind:
            yield Found((*where, "kind"), f"{name} is a driver for a {family.kind}, not for a {kind}")
        yield from _stands(where, row, family, agents)
        spot = (word(row, "line"), _frames(family), word(row, "address").lstrip("0"))
        if spot[0] and spot[2] and (other := taken.setdefault(spot, device)) != device:
            yield Found((*where, "address"), f"address {spot[2]} on line {spot[0]!r} is taken by {other}")
        place = PLACES.get(family.kind, "")
        if place and not word(row, place):
            yield Found(where, f"a {family.kind} names its {place}: write `{place}: ID`")
        if family.kind == "printer":
            paper = kiosks.get(word(row, "kiosk"), "")
            if paper and paper != device:
                yield Found((*where, "kiosk"), f"kiosk {word(row, 'kiosk')!r} prints on {paper!r}, as it says itself")
            if not word(row, "kiosk") and device not in printers_at:
                yield Found(where, "nothing prints here: write `kiosk: ID`, or `printer: ID` at a kiosk")
        for other in ("window", "kiosk", "area"):
            wanted = place or "kiosk"
            if word(row, other) and other != wanted:
                yield Found((*where, other), f"a {family.kind} has no {other}; it names its {wanted}")
    for where, row in file.rows("kiosks"):
        family = drivers.get(word(row, "printer"))
        if family and family.kind != "printer":
            yield Found((*where, "printer"), f"{word(row, 'printer')!r} is a {family.kind}, not a printer")


def _frames(family: Family) -> str:
    """What its frames look like: two devices may not share an address if theirs look the same."""
    return family.name.partition("-")[0]


def _stands(where: Key, row: Row, family: Family, agents: dict[str, str]) -> Iterator[Found]:
    """On a line with an address, or alone on a port."""
    line, port = word(row, "line"), word(row, "port")
    on_line, last = family.place == "line", ADDRESSES.get(_frames(family), 255)
    if line and port:
        yield Found((*where, "port"), "stands on a line and on a port of its own: leave one out")
    elif on_line and not line:
        yield Found(where, f"a {family.kind} {word(row, 'driver')} stands on a line: write `line: ID` and `address: N`")
    elif not on_line and line:
        yield Found((*where, "line"), f"{word(row, 'driver')} has a port of its own: write `port: …` instead of a line")
    elif not on_line and not port and family.kind != "voice":
        yield Found(where, "is missing a port: write `port: …`")
    elif on_line and not word(row, "address").isdigit():
        if "address" not in row:
            yield Found(where, "is missing its address on the line: write `address: N`")
    elif on_line and not 1 <= int(word(row, "address")) <= last:
        yield Found((*where, "address"), f"should be 1 to {last}, not {word(row, 'address')}")
    agent = word(row, "agent")
    if agent and line in agents and agent != agents[line]:
        yield Found((*where, "agent"), f"line {line!r} is held by agent {agents[line]!r}")


def _ports(file: _File) -> Iterator[Found]:
    """One thing opens a port; only virtual ones are as many as you like."""
    taken: dict[tuple[str, str], Key] = {}
    for part in ("lines", "devices"):
        for where, row in file.rows(part):
            port, agent = word(row, "port"), word(row, "agent") or "main"
            if port and port != "virtual" and (at := taken.setdefault((agent, port), where)) != where:
                it = word(file.data[at[0]][at[1]], "id")
                yield Found((*where, "port"), f"port {port} is taken by {it!r} on line {file.line(at)}")


def _voice(file: _File) -> Iterator[Found]:
    voice = file.data.get("voice")
    areas = voice.get("areas") if isinstance(voice, dict) else None
    for area in areas if isinstance(areas, dict) else ():
        if area not in file.areas():
            yield Found(("voice", "areas", area), f"no zone is in loudspeaker area {area!r}", area, file.areas())
