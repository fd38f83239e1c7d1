"""The lanes of a floor: the lines along which people walk, at half a metre from whatever is solid.

A shortest way in right angles needs no other lines than those along the edges of what is solid (grown by CLEAR) and
those through its two ends.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from hall.floors.building import Box, Building, Side

CLEAR = 50
"""cm that the middle of a walking person keeps from a wall; a passage is at least twice as wide."""
Node = tuple[int, int]


def grown(box: Box) -> Box:
    """The box with the clearance round it."""
    return Box(box.x - CLEAR, box.y - CLEAR, box.width + 2 * CLEAR, box.depth + 2 * CLEAR)


def free(building: Building, floor: str, x: int, y: int) -> bool:
    """Can somebody stand there?"""
    it = building.floor[floor]
    inside = CLEAR <= x <= it.width - CLEAR and CLEAR <= y <= it.depth - CLEAR
    walls = map(grown, building.solid(floor))
    return inside and not any(w.x < x < w.right and w.y < y < w.bottom for w in walls)


class Lanes:
    """The crossings of a floor's lanes; `through` are points that lanes lead through."""

    def __init__(self, building: Building, floor: str, through: Iterable[Node]) -> None:
        it, points = building.floor[floor], list(through)
        walls = [grown(box) for box in building.solid(floor)]
        low, right, bottom = CLEAR, it.width - CLEAR, it.depth - CLEAR
        xs = {low, right, *(x for w in walls for x in (w.x, w.right)), *(x for x, _ in points)}
        ys = {low, bottom, *(y for w in walls for y in (w.y, w.bottom)), *(y for _, y in points)}
        self.xs = sorted(x for x in xs if low <= x <= right)
        self.ys = sorted(y for y in ys if low <= y <= bottom)
        self._across: set[Node] = set()
        self._along: set[Node] = set()
        for w in walls:
            columns, rows = _cells(self.xs, w.x, w.right), _cells(self.ys, w.y, w.bottom)
            self._across |= {(i, j) for i in columns for j in _inside(self.ys, w.y, w.bottom)}
            self._along |= {(i, j) for i in _inside(self.xs, w.x, w.right) for j in rows}

    def at(self, x: int, y: int) -> Node | None:
        """The crossing at a point that lanes lead through; None outside the floor."""
        i, j = bisect_left(self.xs, x), bisect_left(self.ys, y)
        there = i < len(self.xs) and j < len(self.ys) and self.xs[i] == x and self.ys[j] == y
        return (i, j) if there else None

    def point(self, node: Node) -> Node:
        return self.xs[node[0]], self.ys[node[1]]

    def beside(self, node: Node) -> Iterator[tuple[Side, Node, int]]:
        """The next crossings that can be walked to, and how far they are in cm."""
        i, j = node
        if i + 1 < len(self.xs) and (i, j) not in self._across:
            yield "right", (i + 1, j), self.xs[i + 1] - self.xs[i]
        if i and (i - 1, j) not in self._across:
            yield "left", (i - 1, j), self.xs[i] - self.xs[i - 1]
        if j + 1 < len(self.ys) and (i, j) not in self._along:
            yield "down", (i, j + 1), self.ys[j + 1] - self.ys[j]
        if j and (i, j - 1) not in self._along:
            yield "up", (i, j - 1), self.ys[j] - self.ys[j - 1]


def _cells(lines: list[int], low: int, high: int) -> range:
    """The indices of the stretches between two neighbouring lines that lie in low…high."""
    return range(bisect_left(lines, low), bisect_left(lines, high))


def _inside(lines: list[int], low: int, high: int) -> range:
    """The indices of the lines strictly between low and high."""
    return range(bisect_right(lines, low), bisect_left(lines, high))
