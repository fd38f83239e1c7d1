"""A building in plan: floors with walls and counters, and the lifts and stairs that join them.

All lengths are whole centimetres, x from the left and y from the top of the picture. Floors lie over each other: a lift
stands at the same x and y on each of its floors. Shapes are rectangles along the two axes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

Side = Literal["up", "right", "down", "left"]
SIDES: tuple[Side, ...] = ("up", "right", "down", "left")
"""Clockwise on the picture: the next one is to the right of whoever looks to this one."""
STEP: Mapping[Side, tuple[int, int]] = {"up": (0, -1), "right": (1, 0), "down": (0, 1), "left": (-1, 0)}
LiftKind = Literal["lift", "stairs", "escalator"]

ARM = 80
"""So far a visitor stands before a counter or a lift's door, and a door's way begins behind it."""


def opposite(side: Side) -> Side:
    return SIDES[(SIDES.index(side) + 2) % 4]


@dataclass(frozen=True)
class Box:
    """A rectangle: its upper left corner, its width and depth."""

    x: int
    y: int
    width: int
    depth: int

    @property
    def right(self) -> int:
        return self.x + self.width

    @property
    def bottom(self) -> int:
        return self.y + self.depth

    def before(self, side: Side) -> tuple[int, int]:
        """The point an arm's length before the middle of a side."""
        x, y = self.x + self.width // 2, self.y + self.depth // 2
        dx, dy = STEP[side]
        return x + dx * (self.width // 2 + ARM), y + dy * (self.depth // 2 + ARM)


@dataclass(frozen=True)
class Stand:
    """Where a visitor stands, on which floor, and to which side of the picture they look."""

    floor: str
    x: int
    y: int
    faces: Side


@dataclass(frozen=True)
class Counter:
    """Windows side by side, from the left or from the top in this order; visitors come to its `front`."""

    box: Box
    windows: tuple[str, ...]
    front: Side

    def slot(self, window: str) -> Box:
        """The part of the counter that is this window. ValueError for one that is not in it."""
        at, of, box = self.windows.index(window), len(self.windows), self.box
        if self.front in ("up", "down"):
            left, right = box.width * at // of, box.width * (at + 1) // of
            return Box(box.x + left, box.y, right - left, box.depth)
        top, bottom = box.depth * at // of, box.depth * (at + 1) // of
        return Box(box.x, box.y + top, box.width, bottom - top)


@dataclass(frozen=True)
class Place:
    """Something that stands in the way and has a name: a desk, a planter. People are told to turn at it."""

    box: Box
    name: str
    name_en: str = ""


@dataclass(frozen=True)
class Floor:
    """One floor. `zones` are areas to wait in; `kiosks` where the visitor before each stands; `doors` lead outside."""

    id: str
    width: int
    depth: int
    zones: Mapping[str, Box]
    counters: tuple[Counter, ...] = ()
    kiosks: Mapping[str, Stand] = field(default_factory=dict)
    doors: tuple[Stand, ...] = ()
    walls: tuple[Box, ...] = ()
    places: tuple[Place, ...] = ()

    @cached_property
    def solid(self) -> tuple[Box, ...]:
        """What cannot be walked through, without the lifts."""
        return (*self.walls, *(it.box for it in self.counters), *(it.box for it in self.places))


@dataclass(frozen=True)
class Lift:
    """A lift, stairs or an escalator: a box on each of its floors, entered and left at its `front`."""

    kind: LiftKind
    box: Box
    front: Side
    floors: tuple[str, ...]

    def door(self, floor: str) -> Stand:
        """Where one stands who has just come out."""
        x, y = self.box.before(self.front)
        return Stand(floor, x, y, self.front)


@dataclass(frozen=True)
class Building:
    """Floors from the lowest to the highest, and what joins them."""

    floors: tuple[Floor, ...] = ()
    lifts: tuple[Lift, ...] = ()

    @cached_property
    def floor(self) -> dict[str, Floor]:
        return {it.id: it for it in self.floors}

    @cached_property
    def kiosks(self) -> dict[str, Stand]:
        return {kiosk: stand for floor in self.floors for kiosk, stand in floor.kiosks.items()}

    @cached_property
    def windows(self) -> dict[str, Stand]:
        """Where a visitor stands at each window, looking at the clerk."""
        told = {}
        for floor in self.floors:
            for counter in floor.counters:
                for window in counter.windows:
                    x, y = counter.slot(window).before(counter.front)
                    told[window] = Stand(floor.id, x, y, opposite(counter.front))
        return told

    @cached_property
    def doors(self) -> tuple[Stand, ...]:
        return tuple(stand for floor in self.floors for stand in floor.doors)

    def solid(self, floor: str) -> tuple[Box, ...]:
        """What cannot be walked through on a floor."""
        return (*self.floor[floor].solid, *(lift.box for lift in self.lifts if floor in lift.floors))

    def levels(self, one: str, other: str) -> int:
        """So many floors higher is the other."""
        ids = [it.id for it in self.floors]
        return ids.index(other) - ids.index(one)
