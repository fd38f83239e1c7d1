"""What can be reached at all: one flood over all floors, for the check of a whole plan at once."""

from __future__ import annotations

from collections.abc import Iterable

from hall.floors.building import Building, Stand
from hall.floors.lanes import Lanes, Node, free


def reached(building: Building, start: Stand, goals: Iterable[Stand]) -> set[Stand]:
    """Those of the goals to which there is a way. Start and goals are where somebody can stand."""
    wanted = set(goals)
    doors = {
        floor.id: [it.door(floor.id) for it in building.lifts if floor.id in it.floors] for floor in building.floors
    }
    doors = {floor: [s for s in stands if free(building, floor, s.x, s.y)] for floor, stands in doors.items()}
    on = {floor: [*(s for s in (start, *wanted) if s.floor == floor), *doors[floor]] for floor in doors}
    lanes = {floor: Lanes(building, floor, [(s.x, s.y) for s in stands]) for floor, stands in on.items()}
    first = lanes[start.floor].at(start.x, start.y)
    if first is None:
        return set()
    found: set[tuple[str, Node]] = {(start.floor, first)}
    edge = list(found)
    at_door: dict[tuple[str, Node | None], list[Stand]] = {}
    for lift in building.lifts:
        open_doors = [s for s in map(lift.door, lift.floors) if s in doors[s.floor]]
        for s in open_doors:
            at_door.setdefault((s.floor, lanes[s.floor].at(s.x, s.y)), []).extend(open_doors)
    while edge:
        floor, node = edge.pop()
        beside: list[tuple[str, Node]] = [(floor, to) for _, to, _ in lanes[floor].beside(node)]
        for s in at_door.get((floor, node), ()):
            if to := lanes[s.floor].at(s.x, s.y):
                beside.append((s.floor, to))
        new = [each for each in beside if each not in found]
        found.update(new)
        edge += new
    return {s for s in wanted if (s.floor, lanes[s.floor].at(s.x, s.y)) in found}
