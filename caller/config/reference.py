"""docs/config.md, written from the schema: every key, what it means, what it is when left out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from typing import Any, Literal, get_args, get_origin

from annotated_types import Ge, Le, MaxLen
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from caller.config.bookings import BookingsPart
from caller.config.floors import AreaOfZone, CounterPart, DoorPart, KioskPlace, PlacePart
from caller.config.hours import ExceptionPart, OpeningPart, ShiftPart
from caller.config.settings import AreaPart, RulePart, Settings
from caller.config.slip import SlipPart
from caller.config.values import SPEEDS

_HEAD = """# hall_config.yaml

Written by `python -m caller.config.reference > docs/config.md` from the schema; a test keeps it current.

The file is YAML in UTF-8. `hall check --config FILE` tells every mistake at once, with its line. Text without quotes
is taken as it is written: `id: 01` is the window "01". A key left empty counts as left out. Ids are up to 40 letters,
digits, `-`, `_` and `.`; other parts of the file, and addresses, use them.
"""

_KINDS = {
    "_letter": "a letter",
    "_letters": "1 or 2 letters",
    "_time": "HH:MM",
    "_timezone": "a time zone",
    "_url": "an address",
    "_port": "a port",
    "_id": "an id",
    "_flag": "`true` or `false`",
    "_quota": "a number, or shift: number",
    "_last_ticket": "HH:MM or minutes",
    "_day": "a day",
    "_ranked": "a list, or queue: rank",
    "as_yaml_reads": "keys with values",
    "_metres": "metres",
    "_point": "x, y in metres",
    "_box": "x, y, width, depth in metres",
    "_windows": "a list of windows",
    "_steps": "a list of queues, or of lists",
    "_speed": "one of " + ", ".join(map(str, SPEEDS)),
}


_PARTS: dict[type, str] = {
    RulePart: "keys of `rule`",
    BookingsPart: "keys of `bookings`",
    ShiftPart: "`hours.shifts`",
    ExceptionPart: "`hours.exceptions`",
    OpeningPart: "`hours.exceptions[].shifts`",
    SlipPart: "keys of `slip`",
    AreaOfZone: "`floors.zones`",
    CounterPart: "`floors.counters`",
    KioskPlace: "`floors.kiosks`",
    DoorPart: "`floors.doors`",
    PlacePart: "`floors.places`",
    date: "a day",
}


def config_reference() -> str:
    """The page, whole."""
    return "\n".join(_page())


def _page() -> Iterator[str]:
    yield _HEAD
    for name, field in Settings.model_fields.items():
        part = field.annotation
        listed = get_origin(part) is list
        model = get_args(part)[0] if listed else part
        if name == "zones":
            yield from _section("rule", RulePart, " (of a zone or a window)")
        if name == "services":
            yield from _section("bookings", BookingsPart, " (of a queue)")
        if name == "zones":
            yield from _section("hours.shifts", ShiftPart, " (a list; also `zones[].hours`)")
            yield from _section("hours.exceptions", ExceptionPart, " (a list)")
            yield from _section("hours.exceptions[].shifts", OpeningPart, " (a list)")
        if name == "lifts":
            for key, it in (("zones", AreaOfZone), ("counters", CounterPart), ("kiosks", KioskPlace)):
                yield from _section(f"floors.{key}", it, " (a list)")
            yield from _section("floors.doors", DoorPart, " (a list)")
            yield from _section("floors.places", PlacePart, " (a list)")
        if name == "voice":
            yield from _section("voice.areas.AREA", AreaPart, "")
        else:
            said = " (of the hall; also of a kiosk)" if name == "slip" else ""
            yield from _section(name, model, " (a list)" if listed else said)


def _section(name: str, model: type[BaseModel], listed: str) -> Iterator[str]:
    yield f"## `{name}`{listed}"
    yield ""
    yield (model.__doc__ or "").strip()
    yield ""
    yield "| key | is | left out | |"
    yield "|---|---|---|---|"
    for key, field in model.model_fields.items():
        yield f"| `{key}` | {_kind(field)} | {_default(field)} | {field.description} |"
    yield ""


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "**needed**"
    value = field.default
    if value in ("", [], {}) or value is None:
        return "–"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return f"`[{', '.join(value)}]`" if isinstance(value, list) else f"`{value}`"


def _kind(field: FieldInfo) -> str:
    for mark in field.metadata:
        if (said := _KINDS.get(getattr(getattr(mark, "func", None), "__name__", ""))) is not None:
            return said
    if MaxLen(40) in field.metadata:
        return "an id"
    low = [mark.ge for mark in field.metadata if isinstance(mark, Ge)]
    high = [mark.le for mark in field.metadata if isinstance(mark, Le)]
    if low and high:
        return f"{low[-1]} to {high[-1]}"
    return _kind_of_type(field.annotation)


def _kind_of_type(kind: Any) -> str:
    if get_origin(kind) is Literal:
        return " or ".join(f"`{name}`" for name in get_args(kind) if name)
    if get_origin(kind) is list:
        return f"a list of {_kind_of_type(get_args(kind)[0])}"
    if get_origin(kind) is dict:
        return "class: text" if str in get_args(get_args(kind)[1]) or get_args(kind)[1] is str else "class: number"
    return next((said for part, said in _PARTS.items() if part is kind or part in get_args(kind)), "text")


if __name__ == "__main__":
    sys.stdout.write(config_reference())
