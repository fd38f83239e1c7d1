"""What the options of a device on a line may be: kinds by name, the rest by trying its driver on them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from devices.driver import DeviceSpec
from devices.registry import TABLE, Family
from devices.traffic import Overheard

SECONDS: dict[str, tuple[float, float]] = {
    "answer_s": (0.02, 10),
    "rest_s": (0, 10),
    "bounce_s": (0, 60),
    "again_s": (0, 600),
    "look_s": (0.5, 600),
    "ping_s": (0.5, 3600),
}
WHOLE: dict[str, tuple[int, int]] = {
    "tries": (1, 10),
    "rows": (1, 12),
    "columns": (1, 200),
    "digits": (1, 8),
    "zeros": (0, 64),
    "window": (0, 255),
    "times": (1, 5),
    "speed": (300, 921_600),
} | dict.fromkeys(
    ("width", "height", "x", "y", "area", "timeout_s", "stay", "line_gap", "effect_speed", "brightness"), (0, 65_535)
)
WHOLE |= {"font": (0, 65_535), "card": (0, 255), "mode": (0, 255)}
"""Some of them have narrower bounds in a family, which its driver tells."""

YES_OR_NO = frozenset(("answers", "unicode", "letters", "broadcast", "panels", "tail_in_sum", "clear"))


def mistakes(family: Family, options: Mapping[str, Any], address: int = 1) -> list[tuple[str, str]]:
    """Each wrong option of a device on a line and a sentence about its value; by "" what only its driver finds.

    A driver of another package is not tried: what it wants may be on the agent's machine only.
    """
    found = list(_of_the_wrong_kind(options))
    if not found and options and family in TABLE:
        sentence = _tried(family, options, address)
        found += [(_named_in(sentence, options), sentence)] if sentence else []
    return found


def _of_the_wrong_kind(options: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in options.items():
        if name in YES_OR_NO and not isinstance(value, bool):
            yield name, f"{name} is true or false, not {value!r}"
        elif name in SECONDS:
            least, most = SECONDS[name]
            if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
                yield name, f"{name} is a number of seconds from {least} to {most}, not {value!r}"
        elif name in WHOLE:
            low, high = WHOLE[name]
            if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
                yield name, f"{name} is a whole number from {low} to {high}, not {value!r}"


def _tried(family: Family, options: Mapping[str, Any], address: int) -> str:
    """What the driver says of them when it is made; "" when it has nothing to say. It opens no port."""
    spec, ear = DeviceSpec("d", family.kind, family.name, "l", address, options=options), Overheard()
    try:
        family.load_driver()(spec, ear, ear)
    except Exception as wrong:  # as devices.rack, which makes a fault of it
        return str(wrong) or type(wrong).__name__
    return ""


def _named_in(sentence: str, options: Mapping[str, Any]) -> str:
    return next((name for name in options if name in sentence), "")
