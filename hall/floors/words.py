"""A way as one would tell it: a sentence for each walk and each ride, in Chinese and English.

Left and right are the walker's. Who begins at a kiosk looks at it; who leaves a lift looks away from it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from hall.floors.building import SIDES, Building, Side
from hall.floors.lanes import Node
from hall.floors.way import Leg, Ride, Way

Turn = Literal["straight", "right", "back", "left"]
TURNS: tuple[Turn, ...] = ("straight", "right", "back", "left")
JOG = 150
"""cm: a shorter stretch is a step aside, and nobody is told of it."""
MOST_STEPS = 4
"""More than these are told in one sentence."""
NEAR = 250
"""cm from a corner to the thing at which one is told to turn."""


@dataclass(frozen=True)
class Step:
    """A sentence, the sign before it (a turn or a lift's kind), and the floor on which it begins."""

    sign: str
    floor: str
    zh: str
    en: str


@dataclass(frozen=True)
class Goal:
    """What one walks to. `window`: one stands before it and is told on which hand it is."""

    zh: str
    en: str
    window: bool


FIRST_ZH = {"straight": "直走", "right": "向右走", "back": "转身直走", "left": "向左走"}
FIRST_EN = {"straight": "Go straight", "right": "Go right", "back": "Turn round and go", "left": "Go left"}
OUT_ZH = {"straight": "出{lift}直走", "right": "出{lift}右转走", "back": "出{lift}向后走", "left": "出{lift}左转走"}
OUT_EN = {
    "straight": "From the {lift} go straight",
    "right": "From the {lift} go right",
    "back": "From the {lift} go back",
    "left": "From the {lift} go left",
}
TURN_ZH = {"right": "右转走", "left": "左转走", "back": "往回走", "straight": "再走"}
TURN_EN = {"right": "turn right", "left": "turn left", "back": "turn back", "straight": "go on"}
HAND_ZH = {"straight": "就在前面", "right": "在右手边", "left": "在左手边", "back": "在身后"}
HAND_EN = {"straight": "is ahead", "right": "is on your right", "left": "is on your left", "back": "is behind you"}
LIFT_ZH = {"lift": "电梯", "stairs": "楼梯", "escalator": "扶梯"}
LIFT_EN = {"lift": "lift", "stairs": "stairs", "escalator": "escalator"}
RIDE_ZH = {"lift": "乘电梯", "stairs": "走楼梯", "escalator": "乘扶梯"}


def steps(building: Building, way: Way, goal: Goal) -> tuple[Step, ...]:
    """The whole way in sentences: a walk and a ride by turns; on one floor each turn by itself, while they are few."""
    told: list[Step] = []
    for i, leg in enumerate(way.legs):
        before = way.rides[i - 1] if i else None
        after = way.rides[i] if i < len(way.rides) else None
        parts = _walk(building, leg, before, after, goal, way.goal.faces)
        if way.rides or len(parts) > MOST_STEPS:
            parts = [_joined(parts)] if parts else []
        told += parts
        if after:
            told.append(_ride(building, after))
    return tuple(replace(step, en=step.en[:1].upper() + step.en[1:]) for step in told)


def turn(heading: Side, side: Side) -> Turn:
    """How one turns to go to that side."""
    return TURNS[(SIDES.index(side) - SIDES.index(heading)) % 4]


def _ride(building: Building, ride: Ride) -> Step:
    kind = ride.lift.kind
    higher = building.levels(ride.start, ride.end) > 0
    zh = f"{RIDE_ZH[kind]}{'上' if higher else '下'}到 {ride.end} 楼"
    en = f"Take the {LIFT_EN[kind]} {'up' if higher else 'down'} to floor {ride.end}"
    return Step(kind, ride.start, zh, en)


def _walk(building: Building, leg: Leg, before: Ride | None, after: Ride | None, goal: Goal, looks: Side) -> list[Step]:
    """A step for each stretch; the last one says where it ends. None for a leg that is no walk at all."""
    told: list[Step] = []
    heading = leg.faces
    for i, (at, side, far) in enumerate(_stretches(leg.points)):
        how = turn(heading, side)
        first = i == 0
        zh, en = _begun(how, before) if first else _turned(how, _landmark(building, leg.floor, at))
        told.append(Step(how, leg.floor, f"{zh} {_metres(far)} 米", f"{en} {_metres(far)} m"))
        heading = side
    if after:
        kind = after.lift.kind
        end = Step(kind, leg.floor, f"到{LIFT_ZH[kind]}", f"to the {LIFT_EN[kind]}")
        return [*told[:-1], _joined([told[-1], end])] if told else []
    if goal.window:
        hand = turn(heading, looks)
        end = Step(hand, leg.floor, f"{goal.zh}{HAND_ZH[hand]}", f"{goal.en} {HAND_EN[hand]}")
    elif told:
        end = Step("straight", leg.floor, f"到{goal.zh}", f"to {goal.en}")
    else:
        end = Step("straight", leg.floor, f"这里就是{goal.zh}", f"{goal.en} is here")
    return [*told[:-1], _joined([*told[-1:], end])]


def _joined(parts: list[Step]) -> Step:
    zh, en = "，".join(part.zh for part in parts), ", ".join(part.en for part in parts)
    return Step(parts[0].sign, parts[0].floor, zh, en)


def _begun(how: Turn, before: Ride | None) -> tuple[str, str]:
    if before is None:
        return FIRST_ZH[how], FIRST_EN[how]
    kind = before.lift.kind
    return OUT_ZH[how].format(lift=LIFT_ZH[kind]), OUT_EN[how].format(lift=LIFT_EN[kind])


def _turned(how: Turn, mark: tuple[str, str] | None) -> tuple[str, str]:
    at_zh, at_en = (f"到{mark[0]}", f" at {mark[1]}") if mark else ("", "")
    return f"{at_zh}{TURN_ZH[how]}", f"{TURN_EN[how]}{at_en}, go"


def _stretches(points: tuple[Node, ...]) -> list[tuple[Node, Side, int]]:
    """Where each begins, to which side, how many cm; without steps aside, and in one what goes on straight."""
    told: list[tuple[Node, Side, int]] = []
    for a, b in pairwise(points):
        far = abs(a[0] - b[0]) + abs(a[1] - b[1])
        if far < JOG:
            continue
        side = _side(a, b)
        if told and told[-1][1] == side:
            told[-1] = (told[-1][0], side, told[-1][2] + far)
        else:
            told.append((a, side, far))
    return told


def _side(a: Node, b: Node) -> Side:
    if a[0] == b[0]:
        return "down" if b[1] > a[1] else "up"
    return "right" if b[0] > a[0] else "left"


def _metres(cm: int) -> int:
    """To five metres where it is far: nobody counts steps."""
    return round(cm / 100) if cm < 1250 else 5 * round(cm / 500)


def _landmark(building: Building, floor: str, at: Node) -> tuple[str, str] | None:
    """The thing with a name nearest to a corner."""
    near = []
    for place in building.floor[floor].places:
        box = place.box
        dx = max(box.x - at[0], 0, at[0] - box.right)
        dy = max(box.y - at[1], 0, at[1] - box.bottom)
        if max(dx, dy) <= NEAR:
            near.append((dx + dy, place.name, place.name_en or place.name))
    return min(near)[1:] if near else None
