"""What is wrong with a building's plan: windows that are nowhere, kiosks in a wall, no way from here to there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ValidationError

from caller.config.floors import FloorPart, LiftPart, building
from caller.config.problems import Found
from caller.config.rows import Row, Rows, word
from caller.config.yaml import Key
from hall.floors.building import Building, Stand
from hall.floors.goals import zone_stand
from hall.floors.lanes import free
from hall.floors.reach import reached


def check_floors(file: Rows) -> Iterator[Found]:
    """Every mistake in `floors` and `lifts`; where there are none, there is nothing to be wrong."""
    floors = [(where, it) for where, row in file.rows("floors") if (it := _read(FloorPart, row))]
    lifts = [(where, it) for where, row in file.rows("lifts") if (it := _read(LiftPart, row))]
    if not floors:
        return
    names = tuple(it.id for _, it in floors)
    wrong = [*_twice(floors), *_names(file, floors), *_shapes(floors), *_lifts(lifts, names)]
    yield from wrong
    if wrong or len(floors) < sum(1 for _ in file.rows("floors")):
        return  # ways are looked for in a building that stands
    yield from _left_out(file, floors)
    yield from _ways(building([it for _, it in floors], [it for _, it in lifts]), floors)


def _read(part: type[BaseModel], row: Row) -> Any:
    try:
        return part.model_validate(row)
    except ValidationError:  # the schema tells of it
        return None


def _twice(floors: list[tuple[Key, FloorPart]]) -> Iterator[Found]:
    seen: set[tuple[str, str]] = set()
    for where, floor in floors:
        for key, what, name in (
            (where, "floor", floor.id),
            *(((*where, "zones", i), "zone", it.id) for i, it in enumerate(floor.zones)),
            *(((*where, "kiosks", i), "kiosk", it.id) for i, it in enumerate(floor.kiosks)),
            *(((*where, "counters", i), "window", w) for i, it in enumerate(floor.counters) for w in it.windows),
        ):
            if (what, name) in seen:
                yield Found(key, f"{what} {name!r} is drawn already: it can be in one place only")
            seen.add((what, name))


def _floors_of(file: Rows, part: str) -> dict[str, str]:
    """Id -> the floor that the rest of the file says it is on."""
    zones = {word(row, "id"): word(row, "floor") or "1" for _, row in file.rows("zones")}
    told = {}
    for _, row in file.rows(part):
        own = word(row, "floor") or (zones.get(word(row, "zone"), "1") if part == "windows" else "1")
        told[word(row, "id")] = own
    return told


def _drawn(where: Key, floor: FloorPart) -> Iterator[tuple[str, Key, str]]:
    """(part of the file, where it is drawn, id) of all that is drawn on a floor."""
    for i, zone in enumerate(floor.zones):
        yield "zones", (*where, "zones", i, "id"), zone.id
    for i, kiosk in enumerate(floor.kiosks):
        yield "kiosks", (*where, "kiosks", i, "id"), kiosk.id
    for i, counter in enumerate(floor.counters):
        for window in counter.windows:
            yield "windows", (*where, "counters", i, "windows"), window


def _names(file: Rows, floors: list[tuple[Key, FloorPart]]) -> Iterator[Found]:
    said = {part: _floors_of(file, part) for part in ("zones", "kiosks", "windows")}
    for where, floor in floors:
        for part, key, name in _drawn(where, floor):
            what, known = part[:-1], said[part]
            if name not in known:
                yield Found(key, f"no {what} {name!r}", name, tuple(known))
            elif known[name] != floor.id:
                yield Found(key, f"{what} {name!r} is on floor {known[name]!r}, and is drawn on floor {floor.id!r}")


def _shapes(floors: list[tuple[Key, FloorPart]]) -> Iterator[Found]:
    """Nothing hangs over the edge of its floor."""
    for where, floor in floors:
        width, depth = floor.size
        boxes: list[tuple[Key, list[float]]] = [
            *(((*where, "walls", i), wall) for i, wall in enumerate(floor.walls)),
            *(((*where, "zones", i, "at"), it.at) for i, it in enumerate(floor.zones)),
            *(((*where, "counters", i, "at"), it.at) for i, it in enumerate(floor.counters)),
            *(((*where, "places", i, "at"), it.at) for i, it in enumerate(floor.places)),
        ]
        for key, (x, y, wide, deep) in boxes:
            if x + wide > width + 0.001 or y + deep > depth + 0.001:
                yield Found(key, f"reaches over the edge of the floor, which is {width:g} by {depth:g} m")
            if not wide or not deep:
                yield Found(key, "has no width or no depth: [x, y, width, depth]")


def _lifts(lifts: list[tuple[Key, LiftPart]], names: tuple[str, ...]) -> Iterator[Found]:
    for where, lift in lifts:
        for i, floor in enumerate(lift.floors):
            if floor not in names:
                yield Found((*where, "floors", i), f"no floor {floor!r}", floor, names)
            elif floor in lift.floors[:i]:
                yield Found((*where, "floors", i), f"names floor {floor!r} twice")


def _left_out(file: Rows, floors: list[tuple[Key, FloorPart]]) -> Iterator[Found]:
    """A plan that shows some windows and not others would send people astray."""
    drawn = {(part, name) for where, floor in floors for part, _, name in _drawn(where, floor)}
    for part in ("zones", "windows", "kiosks"):
        for where, row in file.rows(part):
            if (name := word(row, "id")) and (part, name) not in drawn:
                yield Found((*where, "id"), f"{part[:-1]} {name!r} is nowhere in the plan ('floors')")


def _ways(it: Building, floors: list[tuple[Key, FloorPart]]) -> Iterator[Found]:
    keys = {(part, name): key for where, floor in floors for part, key, name in _drawn(where, floor)}
    stands: dict[tuple[str, str], Stand | None] = {("kiosks", kiosk): stand for kiosk, stand in it.kiosks.items()}
    stands |= {("windows", window): stand for window, stand in it.windows.items()}
    stands |= {("zones", zone): zone_stand(it, zone) for floor in it.floors for zone in floor.zones}
    standing: dict[tuple[str, str], Stand] = {}
    for at, stand in stands.items():
        if stand and free(it, stand.floor, stand.x, stand.y):
            standing[at] = stand
        else:
            yield Found(
                keys[at], f"nobody can stand before {at[0][:-1]} {at[1]!r}: it is in a wall, or too near to one"
            )
    doors = {}
    for where, floor in floors:
        for i, stand in enumerate(it.floor[floor.id].doors):
            key = (*where, "doors", i)
            if free(it, stand.floor, stand.x, stand.y):
                doors[key] = stand
            else:
                yield Found(key, "nobody can come in here: there is a wall, or `faces` looks out of the building")
    starts: dict[str, Stand] = {f"kiosk {name!r}": s for (part, name), s in standing.items() if part == "kiosks"}
    starts |= {f"the door on floor {s.floor!r}": s for s in doors.values()}
    goals = {at: s for at, s in standing.items() if at[0] != "kiosks"}
    told: set[tuple[str, str]] = set()
    for name, start in starts.items():
        there = reached(it, start, goals.values())
        for at, stand in goals.items():
            if stand not in there and at not in told:
                told.add(at)
                yield Found(keys[at], f"there is no way from {name} to {at[0][:-1]} {at[1]!r}")
