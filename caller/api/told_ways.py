"""What the API answers about the way to a window, as models. All lengths are metres, from the picture's upper left."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from caller.api.told import Told

Box = list[float]
Point = list[float]


class StepTold(Told):
    sign: str = Field(description="straight, left, right, back; or lift, stairs, escalator.")
    floor: str = Field(description="Where it begins.")
    zh: str
    en: str


class WalkTold(Told):
    leg: int = Field(description="0 is the first walk of the way.")
    points: list[Point]


class FloorTold(Told):
    floor: str
    size: Point
    zones: list[dict[str, Any]] = Field(description="As a zone is told, with `at` [x, y, width, depth] and `goal`.")
    counters: list[dict[str, Any]] = Field(description="`letter`, `at`, `front`, `windows` of {name, at, goal}.")
    walls: list[Box]
    places: list[dict[str, Any]] = Field(description="{name, name_en, at}.")
    lifts: list[dict[str, Any]] = Field(description="{kind, at, used}.")
    doors: list[Point]
    walks: list[WalkTold]
    here: Point | None
    goal: Point | None


class WayTold(Told):
    kiosk: str = Field(description='Where it begins; "" is the door.')
    window: str
    window_name: str
    zone: dict[str, Any]
    windows: str = Field(description="The zone's: 97–106.")
    floor: str = Field(description="Where it ends.")
    metres: int
    minutes: int
    step_free: bool
    steps: list[StepTold]
    floors: list[FloorTold] = Field(description="Those that the way passes, the lowest first.")
