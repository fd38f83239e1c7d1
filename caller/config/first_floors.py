"""The plan of the building in `hall init`: one large floor, zones in rows of three, to be changed freely."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil

from caller.config.floors import LONGEST_M

WINDOW_M = 2
"""Metres of counter for a window."""
ROW_M = 12
"""Metres from one row of zones to the next."""
AISLE_M = 4
ZONES_IN_A_ROW = 3


def floors(windows_of_zone: Sequence[int]) -> Iterator[str]:
    """Zones in rows of three, each with its windows at one counter; the kiosk and the door are at the lower end."""
    widest = max(8, WINDOW_M * max(windows_of_zone) + 2)
    columns = min(ZONES_IN_A_ROW, len(windows_of_zone), max(1, 400 // (widest + AISLE_M)))
    rows = ceil(len(windows_of_zone) / columns)
    width, depth = columns * (widest + AISLE_M) + AISLE_M, rows * ROW_M + 8
    if max(width, depth) > LONGEST_M:
        return  # no floor is so large: somebody has to say how it is built
    zones, counters = [], []
    first = 1
    for i, many in enumerate(windows_of_zone):
        x, y = AISLE_M + (i % columns) * (widest + AISLE_M), 1 + (i // columns) * ROW_M
        zones.append(f"      - {{id: zone-{i + 1}, at: [{x}, {y}, {widest}, 9]}}")
        if many:
            span = str(first) if many == 1 else f"{first}-{first + many - 1}"
            counters.append(f"      - {{at: [{x + 1}, {y + 1}, {many * WINDOW_M}, 1.2], windows: [{span}]}}")
        first += many
    yield "# The building in plan, in metres from the upper left corner: the way to a window is drawn from it and told."
    yield "# This one is made up. Draw yours (docs/way.md), or take `floors` away: then no way is shown."
    yield "floors:"
    yield "  - id: 1"
    yield f"    size: [{width}, {depth}]"
    yield "    zones:"
    yield from zones
    yield "    counters:"
    yield from counters
    yield f"    kiosks: [{{id: 1, at: [{width / 2 + 3:g}, {depth - 3}], faces: right}}]"
    yield f"    doors: [{{at: [{width / 2:g}, {depth}]}}]"
    yield ""
