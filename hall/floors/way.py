"""The shortest way from one stand to another, over floors; or, for whoever cannot climb, over lifts only.

A way is measured in metres as one feels them: walking is what it is, a turn costs two metres, a lift ten and three for
each floor, an escalator nine and stairs thirty for each floor, for many cannot climb.
So the plainer of two ways is shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count, pairwise

from hall.floors.building import SIDES, Building, Lift, Side, Stand
from hall.floors.lanes import Lanes, Node, free

TURN = 200
"""cm that a turn is felt to cost."""
RIDE = {"lift": (1000, 300), "escalator": (0, 900), "stairs": (0, 3000)}
"""cm that a ride is felt to cost: once, and for each floor."""

At = tuple[str, Node, Side | None]
"""A floor, a crossing of its lanes, and where one is heading; None: nowhere yet."""


@dataclass(frozen=True)
class Leg:
    """A walk on one floor: its corners from first to last, and which way one looks before it."""

    floor: str
    points: tuple[Node, ...]
    faces: Side

    @property
    def length(self) -> int:
        """cm."""
        return sum(abs(a[0] - b[0]) + abs(a[1] - b[1]) for a, b in pairwise(self.points))


@dataclass(frozen=True)
class Ride:
    """From one floor to another."""

    lift: Lift
    start: str
    end: str


@dataclass(frozen=True)
class Way:
    """Legs, with a ride between each two. `cost` is in cm as they are felt."""

    legs: tuple[Leg, ...]
    rides: tuple[Ride, ...]
    goal: Stand
    cost: int

    @property
    def length(self) -> int:
        """cm walked."""
        return sum(leg.length for leg in self.legs)

    @property
    def step_free(self) -> bool:
        return all(ride.lift.kind == "lift" for ride in self.rides)


def way(building: Building, start: Stand, goal: Stand, *, step_free: bool = False) -> Way | None:
    """The way that is felt to be shortest; None where there is none."""
    lifts = [it for it in building.lifts if it.kind == "lift" or not step_free]
    doors = {floor.id: [lift.door(floor.id) for lift in lifts if floor.id in lift.floors] for floor in building.floors}
    if not (_stands(building, start) and _stands(building, goal)):
        return None
    ends = [(it.x, it.y, it.floor) for it in (start, goal)]
    lanes = {
        floor: Lanes(building, floor, [*((s.x, s.y) for s in stands), *((x, y) for x, y, on in ends if on == floor)])
        for floor, stands in doors.items()
    }
    begin: At = (start.floor, lanes[start.floor].at(start.x, start.y) or (0, 0), None)
    end = (goal.floor, lanes[goal.floor].at(goal.x, goal.y))
    order = count()
    open_: list[tuple[int, int, At]] = [(0, next(order), begin)]
    cost: dict[At, int] = {begin: 0}
    came: dict[At, tuple[At, Lift | None]] = {}
    done: set[At] = set()
    while open_:
        so_far, _, at = heappop(open_)
        if at in done:
            continue
        done.add(at)
        if at[:2] == end:
            return _told(building, lanes, came, at, start, goal, so_far)
        for to, more, lift in _onward(building, lanes, lifts, at):
            if so_far + more < cost.get(to, so_far + more + 1):
                cost[to] = so_far + more
                came[to] = (at, lift)
                heappush(open_, (so_far + more, next(order), to))
    return None


def _stands(building: Building, it: Stand) -> bool:
    return it.floor in building.floor and free(building, it.floor, it.x, it.y)


def _onward(
    building: Building, lanes: dict[str, Lanes], lifts: list[Lift], at: At
) -> Iterator[tuple[At, int, Lift | None]]:
    floor, node, heading = at
    for side, to, far in lanes[floor].beside(node):
        quarter = (SIDES.index(side) - SIDES.index(heading)) % 4 if heading else 0
        yield (floor, to, side), far + (TURN if quarter else 0), None
    for lift in lifts:
        door = lift.door(floor)
        if floor in lift.floors and lanes[floor].point(node) == (door.x, door.y):
            for other in lift.floors:
                there = lanes[other].at(door.x, door.y) if other != floor else None
                if there and free(building, other, door.x, door.y):
                    once, each = RIDE[lift.kind]
                    yield (other, there, None), once + each * abs(building.levels(floor, other)), lift


def _told(
    building: Building,
    lanes: dict[str, Lanes],
    came: dict[At, tuple[At, Lift | None]],
    at: At,
    start: Stand,
    goal: Stand,
    cost: int,
) -> Way:
    legs: list[Leg] = []
    rides: list[Ride] = []
    walked = [lanes[at[0]].point(at[1])]
    while at in came:
        before, lift = came[at]
        if lift:
            legs.append(Leg(at[0], _corners(walked[::-1]), lift.front))
            rides.append(Ride(lift, before[0], at[0]))
            walked = []
        at = before
        walked.append(lanes[at[0]].point(at[1]))
    legs.append(Leg(start.floor, _corners(walked[::-1]), start.faces))
    return Way(tuple(legs[::-1]), tuple(rides[::-1]), goal, cost)


def _corners(points: list[Node]) -> tuple[Node, ...]:
    """The points where the way turns, with its ends."""
    kept = points[:1]
    for before, here, after in zip(points, points[1:], points[2:], strict=False):
        if (before[0] == here[0]) != (here[0] == after[0]):
            kept.append(here)
    return (*kept, *points[1:][-1:])
