"""What may stand as a value in hall_config.yaml: each reads the text that was written, or says what it should be."""

from __future__ import annotations

import re
from typing import Annotated, Any
from zoneinfo import ZoneInfo, available_timezones

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from caller.config.yaml import Plain

LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
"""What numbers begin with: no I, O and Q, which are read as 1 and 0 across a hall."""

SPEEDS = (1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200)


class Mistake(ValueError):
    """A value that cannot be; `meant` is what the writer may have meant, chosen from names that exist."""

    def __init__(self, what: str, written: str = "", names: tuple[str, ...] = ()) -> None:
        super().__init__(what)
        self.written, self.names = written, names


def _whole(value: object) -> object:
    if isinstance(value, str) and re.fullmatch(r"[+-]?\d{1,9}", value.strip(), re.ASCII):
        return int(value)
    return value


def as_yaml_reads(value: object) -> object:
    """Options belong to the driver: read plain scalars as YAML does."""
    if isinstance(value, Plain):
        return value.value()
    if isinstance(value, list):
        return [as_yaml_reads(item) for item in value]
    if isinstance(value, dict):
        return {key: as_yaml_reads(item) for key, item in value.items()}
    return value


def _id(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"[\w.-]{1,40}", value):
        raise Mistake(f"{value!r} cannot be an id: up to 40 letters, digits, and - _ . between them")
    return value


def _letters(value: object) -> object:
    return _capitals(value, 2, "one or two capital letters")


def _letter(value: object) -> object:
    return _capitals(value, 1, "one capital letter")


def _capitals(value: object, most: int, wanted: str) -> object:
    if not isinstance(value, str):
        return value
    if not re.fullmatch(rf"[A-Z]{{1,{most}}}", value):
        raise Mistake(f"should be {wanted}, not {value!r}", value, (value.upper(),))
    if bad := [letter for letter in value if letter not in LETTERS]:
        raise Mistake(f"{bad[0]} is read as {'1' if bad[0] == 'I' else '0'} across a hall: take another letter")
    return value


def _time(value: object) -> object:
    if value == "24:00":
        raise Mistake("a day ends at 24:00 and begins at 00:00: write 00:00 here", "24:00", ("00:00",))
    if isinstance(value, str) and not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value):
        raise Mistake(f"should be a time of day like 04:00, not {value!r}")
    return value


def _end(value: object) -> object:
    return value if value == "24:00" else _time(value)


def _timezone(value: object) -> object:
    if isinstance(value, str):
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError):  # no such zone, no such name, a folder of zones
            # the list of all zones is read from disk, a tenth of a second: only to suggest one
            raise Mistake(f"no time zone {value!r}", value, tuple(available_timezones())) from None
    return value


def _url(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", value):
        raise Mistake(f"should be an address like http://192.168.1.10:8000, not {value!r}")
    return value.rstrip("/") if isinstance(value, str) else value


def _port(value: object) -> object:
    if isinstance(value, str) and re.match(r"/dev/(usb/)?lp\d", value):
        raise Mistake(f"a printer's USB port is written file:{value}")
    if isinstance(value, str) and re.search(r"\s", value):
        raise Mistake(f"should be a port like /dev/ttyS0, COM3, tcp://10.0.0.9:9100 or virtual, not {value!r}")
    return value


def _speed(value: object) -> object:
    if (speed := _whole(value)) not in SPEEDS and isinstance(speed, int):
        raise Mistake(f"should be a line's speed, {', '.join(map(str, SPEEDS))}, not {speed}")
    return speed


def _printable(value: object) -> object:
    if isinstance(value, str) and (bad := re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", value)):
        raise Mistake(f"holds a character that cannot be shown or printed, U+{ord(bad[0]):04X}: write it again")
    return value


def _ranked(value: object) -> object:
    """[A, B] is {A: 1, B: 1}: who has waited longest is next; all alone is [all]."""
    if value == "all":
        return {"all": 1}
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return dict.fromkeys(value, 1)
    return value


def _flag(value: object) -> object:
    if value in ("true", "false"):
        return value == "true"
    if isinstance(value, str):
        raise Mistake(f"should be true or false, not {value!r}", value, ("true", "false"))
    return value


def _quota(value: object) -> object:
    """120 is {"": 120}: any shift."""
    return {"": value} if isinstance(value, str) else value


Text = Annotated[str, Field(max_length=500), BeforeValidator(_printable)]
Name = Annotated[str, Field(min_length=1, max_length=80), BeforeValidator(_printable)]
Id = Annotated[str, BeforeValidator(_id)]
Ref = Annotated[str, Field(max_length=40)]
Whole = Annotated[int, BeforeValidator(_whole)]
Letter = Annotated[str, BeforeValidator(_letter)]
Letters = Annotated[str, BeforeValidator(_letters)]
Time = Annotated[str, BeforeValidator(_time)]
EndTime = Annotated[str, BeforeValidator(_end)]
Timezone = Annotated[str, BeforeValidator(_timezone)]
Url = Annotated[str, BeforeValidator(_url)]
Port = Annotated[str, BeforeValidator(_port)]
Speed = Annotated[Whole, BeforeValidator(_speed)]
Options = Annotated[dict[str, Any], BeforeValidator(as_yaml_reads)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Quota = Annotated[dict[str, Annotated[Whole, Field(ge=0, le=99999)]], BeforeValidator(_quota)]
Ranked = Annotated[dict[str, Annotated[Whole, Field(ge=1, le=99)]], Field(min_length=1), BeforeValidator(_ranked)]


class Part(BaseModel):
    """Anything in the config: no key that is not described here, nothing changed after reading."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)
