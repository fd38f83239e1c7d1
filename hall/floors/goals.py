"""Where in a zone one waits: at its middle, or the free place nearest to it."""

from __future__ import annotations

from hall.floors.building import Building, Stand
from hall.floors.lanes import free

SEARCHED_EVERY = 50


def zone_stand(building: Building, zone: str) -> Stand | None:
    """None for a zone that is drawn on no floor, or that is full of walls."""
    for floor in building.floors:
        box = floor.zones.get(zone)
        if box is None:
            continue
        x, y = box.x + box.width // 2, box.y + box.depth // 2
        points = [
            (px, py)
            for px in (x, *range(box.x, box.right + 1, SEARCHED_EVERY))
            for py in (y, *range(box.y, box.bottom + 1, SEARCHED_EVERY))
        ]
        for px, py in sorted(points, key=lambda p: (abs(p[0] - x) + abs(p[1] - y), p)):
            if free(building, floor.id, px, py):
                return Stand(floor.id, px, py, "up")
    return None
