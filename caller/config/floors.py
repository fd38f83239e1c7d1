"""The config's keys of the building's plan: `floors` and `lifts`; and the building that they are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from caller.config.values import Mistake, Name, Part, Ref, Text
from hall.floors.building import ARM, STEP, Box, Building, Counter, Floor, Lift, Place, Side, Stand

LONGEST_M = 500


def _metres(value: object) -> object:
    if isinstance(value, str) and re.fullmatch(r"\d{1,3}(\.\d{1,2})?", value.strip(), re.ASCII):
        return float(value)
    raise Mistake(f"should be metres like 12 or 4.5, not {value!r}")


def _listed(value: object, many: int, what: str) -> object:
    if not isinstance(value, list) or len(value) != many:
        raise Mistake(f"should be {what}")
    return value


def _point(value: object) -> object:
    return _listed(value, 2, "two numbers of metres, [x, y]: from the left and from the top of the picture")


def _box(value: object) -> object:
    return _listed(value, 4, "four numbers of metres, [x, y, width, depth]")


def _windows(value: object) -> object:
    """["1", "5-7"] is ["1", "5", "6", "7"]."""
    if not isinstance(value, list):
        return value
    told: list[object] = []
    for item in value:
        span = re.fullmatch(r"(\d{1,3})-(\d{1,3})", item, re.ASCII) if isinstance(item, str) else None
        told += map(str, range(int(span[1]), int(span[2]) + 1)) if span else [item]
    return told


Metres = Annotated[float, Field(ge=0, le=LONGEST_M), BeforeValidator(_metres)]
Point = Annotated[list[Metres], BeforeValidator(_point)]
BoxM = Annotated[list[Metres], BeforeValidator(_box)]
Sides = Literal["up", "right", "down", "left"]
WindowsOf = Annotated[list[Ref], Field(min_length=1), BeforeValidator(_windows)]


class AreaOfZone(Part):
    """Where a zone is: its visitors wait there."""

    id: Ref = Field(description="The zone.")
    at: BoxM = Field(description="Its area.")


class CounterPart(Part):
    """A counter (柜台) with windows side by side."""

    at: BoxM = Field(description="The counter itself; nobody walks through it.")
    windows: WindowsOf = Field(description="Its windows from the left, or from the top: `[1, 2]`, `[97-106]`.")
    front: Sides = Field("down", description="The side its visitors come to.")


class KioskPlace(Part):
    """Where a kiosk is."""

    id: Ref = Field(description="The kiosk.")
    at: Point = Field(description="Where the visitor before it stands.")
    faces: Sides = Field("up", description="To which side that visitor looks.")


class DoorPart(Part):
    """A door to the street."""

    at: Point = Field(description="Where it is in the outer wall.")
    faces: Sides = Field("up", description="To which side one looks who comes in.")


class PlacePart(Part):
    """What stands in the way and has a name: people are told to turn at it."""

    name: Name = Field(description="Its name: 服务台.")
    name_en: Text = Field("", description="The same in English.")
    at: BoxM = Field(description="What it takes.")


class FloorPart(Part):
    """楼层: the plan of a floor, in metres from the upper left corner of the picture; docs/way.md."""

    id: Name = Field(description="As zones, windows and kiosks write it in `floor`. The lowest floor is listed first.")
    size: Point = Field(description="Its width and depth.")
    zones: list[AreaOfZone] = Field([], description="Where its zones are.")
    counters: list[CounterPart] = Field([], description="Where its windows are.")
    kiosks: list[KioskPlace] = Field([], description="Where its kiosks are.")
    doors: list[DoorPart] = Field([], description="Its doors to the street.")
    walls: list[BoxM] = Field([], description="Walls and pillars. A passage between them is at least 1 m wide.")
    places: list[PlacePart] = Field([], description="Desks and other things with a name.")


class LiftPart(Part):
    """A lift (电梯), stairs (楼梯) or an escalator (扶梯)."""

    kind: Literal["lift", "stairs", "escalator"] = Field("lift", description="Which of them.")
    at: BoxM = Field(description="What it takes, the same on each floor.")
    front: Sides = Field("down", description="The side it is entered and left at.")
    floors: list[Name] = Field(min_length=2, description="The floors it joins.")


def building(floors: Iterable[FloorPart], lifts: Iterable[LiftPart]) -> Building:
    """The building as the way is found in it."""
    return Building(
        tuple(_floor(it) for it in floors),
        tuple(Lift(it.kind, box(it.at), it.front, tuple(it.floors)) for it in lifts),
    )


def _floor(it: FloorPart) -> Floor:
    width, depth = map(_cm, it.size)
    return Floor(
        id=it.id,
        width=width,
        depth=depth,
        zones={zone.id: box(zone.at) for zone in it.zones},
        counters=tuple(Counter(box(row.at), tuple(row.windows), row.front) for row in it.counters),
        kiosks={kiosk.id: _stand(it.id, kiosk.at, kiosk.faces) for kiosk in it.kiosks},
        doors=tuple(_stand(it.id, door.at, door.faces, ARM) for door in it.doors),
        walls=tuple(box(wall) for wall in it.walls),
        places=tuple(Place(box(place.at), place.name, place.name_en) for place in it.places),
    )


def box(at: list[float]) -> Box:
    """Metres as centimetres."""
    return Box(*map(_cm, at))


def _stand(floor: str, at: list[float], faces: Side, inward: int = 0) -> Stand:
    dx, dy = STEP[faces]
    return Stand(floor, _cm(at[0]) + dx * inward, _cm(at[1]) + dy * inward, faces)


def _cm(metres: float) -> int:
    return round(metres * 100)
