"""The way from a kiosk or the door to a zone or a window, as pages draw and tell it; lengths are metres."""

from __future__ import annotations

from math import ceil
from typing import Any

from hall import telling
from hall.floors.building import Box, Building, Counter, Floor, Stand
from hall.floors.goals import zone_stand
from hall.floors.way import Way, way
from hall.floors.words import Goal, steps
from hall.plan import Plan

Body = dict[str, Any]
WALKED_IN_A_MINUTE = 50
"""Metres: who is old walks 0.8 m a second."""
RIDE_MIN = 0.7


def start_of(building: Building, kiosk: str) -> Stand | None:
    """Where one stands at a kiosk; for any other name at the first door, else at the first kiosk."""
    others = (*building.doors, *building.kiosks.values())
    return building.kiosks.get(kiosk) or (others[0] if others else None)


def way_to(plan: Plan, kiosk: str, *, window: str = "", zone: str = "", step_free: bool = False) -> Body | None:
    """The way to a window, or for "" to a zone; None where there is none, or no plan of the building."""
    building = plan.building
    start = start_of(building, kiosk)
    goal = building.windows.get(window) if window else zone_stand(building, zone)
    found = way(building, start, goal, step_free=step_free) if start and goal else None
    if not found or not goal:
        return None
    in_zone = plan.window[window].zone if window else zone
    passed = dict.fromkeys(leg.floor for leg in found.legs)
    metres = found.length / 100
    return {
        "kiosk": kiosk if kiosk in building.kiosks else "",
        "window": window,
        "window_name": plan.window[window].name if window else "",
        "zone": telling.zone(plan, in_zone),
        "windows": telling.span(telling.windows_of_zone(plan, in_zone)),
        "floor": goal.floor,
        "metres": round(metres),
        "minutes": max(1, ceil(metres / WALKED_IN_A_MINUTE + RIDE_MIN * len(found.rides))),
        "step_free": found.step_free,
        "steps": [vars(step) for step in steps(building, found, _goal(plan, window, in_zone))],
        "floors": [_floor(plan, floor, found, in_zone, window) for floor in building.floors if floor.id in passed],
    }


def _goal(plan: Plan, window: str, zone: str) -> Goal:
    if window:
        name = plan.window[window].name
        return Goal(f"{name} 号窗口", f"window {name}", True)
    it = plan.zone[zone]
    return Goal(it.name.removesuffix("区") + "区", it.name_en or it.name, False)


def _floor(plan: Plan, floor: Floor, found: Way, zone: str, window: str) -> Body:
    building = plan.building
    walks = [(i, leg) for i, leg in enumerate(found.legs) if leg.floor == floor.id]
    used = {ride.lift for ride in found.rides}
    last = found.legs[-1].points[-1]
    return {
        "floor": floor.id,
        "size": [floor.width / 100, floor.depth / 100],
        "zones": [{**telling.zone(plan, it), "at": _box(box), "goal": it == zone} for it, box in floor.zones.items()],
        "counters": [_counter(plan, counter, window) for counter in floor.counters],
        "walls": [_box(wall) for wall in floor.walls],
        "places": [{"name": it.name, "name_en": it.name_en, "at": _box(it.box)} for it in floor.places],
        "lifts": [
            {"kind": it.kind, "at": _box(it.box), "used": it in used} for it in building.lifts if floor.id in it.floors
        ],
        "doors": [[door.x / 100, door.y / 100] for door in floor.doors],
        "walks": [{"leg": i, "points": [[x / 100, y / 100] for x, y in leg.points]} for i, leg in walks],
        "here": _point(found.legs[0].points[0]) if floor.id == found.legs[0].floor else None,
        "goal": _point(last) if floor.id == found.legs[-1].floor else None,
    }


def _counter(plan: Plan, counter: Counter, window: str) -> Body:
    return {
        "letter": plan.zone[plan.window[counter.windows[0]].zone].letter,
        "at": _box(counter.box),
        "front": counter.front,
        "windows": [
            {"name": plan.window[it].name, "at": _box(counter.slot(it)), "goal": it == window} for it in counter.windows
        ],
    }


def _box(it: Box) -> list[float]:
    return [it.x / 100, it.y / 100, it.width / 100, it.depth / 100]


def _point(at: tuple[int, int]) -> list[float]:
    return [at[0] / 100, at[1] / 100]
