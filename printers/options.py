"""What the options of a printer may be: one list for the driver and for `hall check`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from printers.choice import FONTS, MODES
from printers.escpos import CUTS
from printers.papers import PAPERS
from printers.profile import trouble_with

ONE_OF: dict[str, tuple[Any, ...]] = {
    "width": tuple(sorted(PAPERS)),
    "mode": MODES,
    "fonts": FONTS,
    "near_end": ("warn", "stop"),
    "status": ("dle", "gs-r"),
    "flow": ("none", "dsrdtr", "rtscts", "xonxoff"),
    "transport": ("tcp", "serial"),
    "cut": tuple(CUTS),
    "believe_cups": (True, False),
}
BETWEEN: dict[str, tuple[float, float]] = {
    "finish_s": (1, 120),
    "roll_m": (0, 1000),
    "low_slips": (0, 10_000),
    "gs_r_out": (0, 255),
    "speed": (1200, 921_600),
    "in_ep": (0, 255),
    "out_ep": (0, 255),
}


def mistakes(options: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each wrong option and a sentence about its value; what it does not know it leaves alone.

    >>> list(mistakes({"near_end": "no", "roll_m": 50, "font": "/x.ttc"}))
    [('near_end', "near_end is warn or stop, not 'no'")]
    """
    for name, value in options.items():
        if name == "profile":
            if wrong := trouble_with(str(value)):
                yield name, wrong
        elif name in ONE_OF and not any(value is known or value == known for known in ONE_OF[name]):
            told = [str(it).lower() if isinstance(it, bool) else str(it) for it in ONE_OF[name]]
            yield name, f"{name} is {', '.join(told[:-1])} or {told[-1]}, not {value!r}"
        elif name in BETWEEN:
            least, most = BETWEEN[name]
            if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
                yield name, f"{name} is a number from {least} to {most}, not {value!r}"


def first_mistake(options: Mapping[str, Any]) -> str:
    """The sentence about the first of them, "" when there is none."""
    return next((sentence for _, sentence in mistakes(options)), "")
