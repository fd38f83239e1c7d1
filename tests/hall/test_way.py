"""The way through a building: never through a wall, never longer than need be, the same there and back."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from hall.floors.building import SIDES, STEP, Box, Building, Counter, Floor, Lift, Stand
from hall.floors.goals import zone_stand
from hall.floors.lanes import CLEAR, free
from hall.floors.reach import reached
from hall.floors.way import RIDE, TURN, Way, way
from hall.floors.words import Goal, steps

CELL = CLEAR
"""The grid of the second opinion: everything in these plans lies on it."""
SIDE = 20
DESK = Goal("3 号窗口", "window 3", True)

cells = st.integers(0, SIDE)
boxes = st.builds(
    lambda x, y, w, d: Box(x * CELL, y * CELL, w * CELL, d * CELL), cells, cells, st.integers(1, 8), st.integers(1, 8)
)
stands = st.builds(
    lambda floor, x, y, faces: Stand(floor, x * CELL, y * CELL, faces),
    st.sampled_from("12"),
    st.integers(1, SIDE - 1),
    st.integers(1, SIDE - 1),
    st.sampled_from(SIDES),
)
# an arm's length is no whole number of cells: a lift of this depth has its door on the grid
lifts = st.builds(
    lambda kind, x, y: Lift(kind, Box(x * CELL, y * CELL + 20, 100, 100), "up", ("1", "2")),
    st.sampled_from(list(RIDE)),
    st.integers(1, SIDE - 3),
    st.integers(4, SIDE - 3),
)


@st.composite
def buildings(draw: st.DrawFn) -> Building:
    """Two floors with some walls, and lifts whose doors lie on the grid."""
    size = SIDE * CELL
    floors = tuple(Floor(i, size, size, {}, walls=tuple(draw(st.lists(boxes, max_size=5)))) for i in "12")
    made = []
    for lift in draw(st.lists(lifts, max_size=2)):
        door = lift.door("1")
        made.append(Lift(lift.kind, Box(lift.box.x, lift.box.y - door.y % CELL, 100, 100), "up", lift.floors))
    return Building(floors, tuple(made))


def felt(building: Building, start: Stand, goal: Stand, step_free: bool) -> int | None:
    """The least cost, by walking from cell to cell until nothing becomes cheaper (Bellman and Ford)."""
    spots = {
        (floor.id, x, y)
        for floor in building.floors
        for x in range(0, floor.width + 1, CELL)
        for y in range(0, floor.depth + 1, CELL)
        if free(building, floor.id, x, y)
    }
    begin, end = (start.floor, start.x, start.y), (goal.floor, goal.x, goal.y)
    if begin not in spots or end not in spots:
        return None
    doors = [(lift, lift.door("1")) for lift in building.lifts if lift.kind == "lift" or not step_free]
    cost: dict[tuple, int] = {(begin, None): 0}
    edge = set(cost)
    while edge:
        changed = set()
        for spot, heading in edge:
            floor, x, y = spot
            so_far = cost[spot, heading]
            onward = [
                (((floor, x + dx * CELL, y + dy * CELL), side), CELL + (TURN if heading not in (None, side) else 0))
                for side, (dx, dy) in STEP.items()
            ]
            for lift, door in doors:
                if (door.x, door.y) == (x, y):
                    onward.append(((("2" if floor == "1" else "1", x, y), None), sum(RIDE[lift.kind])))
            for to, more in onward:
                if to[0] in spots and so_far + more < cost.get(to, so_far + more + 1):
                    cost[to] = so_far + more
                    changed.add(to)
        edge = changed
    return min((far for (spot, _), far in cost.items() if spot == end), default=None)


def through_walls(building: Building, found: Way) -> list[object]:
    """Stretches that come nearer to something solid than one can walk."""
    wrong = []
    for leg in found.legs:
        for (ax, ay), (bx, by) in pairwise(leg.points):
            assert ax == bx or ay == by
            for box in building.solid(leg.floor):
                x, y = box.x - CLEAR, box.y - CLEAR
                if (
                    max(ax, bx) > x
                    and min(ax, bx) < box.right + CLEAR
                    and max(ay, by) > y
                    and min(ay, by) < box.bottom + CLEAR
                ):
                    wrong.append((leg.floor, (ax, ay), (bx, by), box))
    return wrong


@given(buildings(), stands, stands, st.booleans())
def test_no_way_is_shorter_and_none_leads_through_a_wall(
    building: Building, start: Stand, goal: Stand, step_free: bool
) -> None:
    """A second opinion over every cell of a small plan finds nothing cheaper; without lifts, the same or no way."""
    found = way(building, start, goal, step_free=step_free)
    best = felt(building, start, goal, step_free)
    if building.lifts:  # their sides lie between the cells: a way along them may be shorter than any by cells
        assert best is None or (found is not None and found.cost <= best)
    else:
        assert (found.cost if found else None) == best
    if found:
        assert through_walls(building, found) == []
        assert found.legs[0].points[0] == (start.x, start.y) and found.legs[-1].points[-1] == (goal.x, goal.y)
        assert len(found.legs) == len(found.rides) + 1
        assert found.step_free or not step_free


@given(buildings(), stands, stands)
def test_it_is_as_far_there_as_back(building: Building, start: Stand, goal: Stand) -> None:
    there, back = way(building, start, goal), way(building, goal, start)
    assert (there and there.cost) == (back and back.cost)


@given(buildings(), stands, st.lists(stands, max_size=4))
def test_what_the_check_calls_reached_is_what_a_way_leads_to(
    building: Building, start: Stand, goals: list[Stand]
) -> None:
    assume(free(building, start.floor, start.x, start.y))
    standing = {it for it in goals if free(building, it.floor, it.x, it.y)}
    assert reached(building, start, standing) == {it for it in standing if way(building, start, it)}


@given(buildings(), stands, stands)
def test_every_way_can_be_told_in_both_languages(building: Building, start: Stand, goal: Stand) -> None:
    found = way(building, start, goal)
    assume(found)
    told = steps(building, found, DESK)
    assert told and all(step.zh and step.en[0].isupper() for step in told)
    assert "3 号窗口" in told[-1].zh and "indow 3" in told[-1].en


def test_left_and_right_are_the_walkers() -> None:
    """Out of a kiosk: round, past the end of a wall, and the window is on the hand that the picture says."""
    counter = Counter(Box(0, 0, 1000, 100), ("1", "2"), "down")
    told = {}
    for x, wall, window in ((900, Box(0, 500, 700, 100), "1"), (100, Box(300, 500, 700, 100), "2")):
        building = Building((Floor("1", 1000, 1000, {}, (counter,), walls=(wall, Box(wall.x, 600, 700, 400))),))
        found = way(building, Stand("1", x, 900, "down"), building.windows[window])
        told[window] = [(step.zh, step.en) for step in steps(building, found, DESK)]
    assert told == {
        "1": [
            ("转身直走 7 米", "Turn round and go 7 m"),
            ("左转走 6 米，3 号窗口在右手边", "Turn left, go 6 m, window 3 is on your right"),
        ],
        "2": [
            ("转身直走 7 米", "Turn round and go 7 m"),
            ("右转走 6 米，3 号窗口在左手边", "Turn right, go 6 m, window 3 is on your left"),
        ],
    }


@given(buildings(), boxes)
def test_one_waits_in_the_zone_where_somebody_can_stand(building: Building, box: Box) -> None:
    floor = Floor("1", SIDE * CELL, SIDE * CELL, {"z": box}, walls=building.floors[0].walls)
    it = Building((floor,), building.lifts)
    if stand := zone_stand(it, "z"):
        assert free(it, "1", stand.x, stand.y)
        assert box.x <= stand.x <= box.right and box.y <= stand.y <= box.bottom
