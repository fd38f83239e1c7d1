"""A printer's roll, kept in a file of the agent's data folder so that a restart does not forget what is printed."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from printers.roll import Roll
from printers.status import Status

log = logging.getLogger(__name__)

LOW_SLIPS = 30


class RollBook:
    """Of printer `id`. Options: `data_dir` where to keep it (nowhere without), `roll_m` its length in metres (0: not
    told), `low_slips` so many slips left are few.

    A full disk stops no slip: what cannot be written is written with the next one.
    """

    def __init__(self, id: str, options: Mapping[str, Any], wall: Callable[[], datetime]) -> None:  # noqa: A002
        self.roll_m = float(options.get("roll_m", 0))
        self._low = int(options.get("low_slips", LOW_SLIPS))
        if not 0 <= self.roll_m <= 1000 or not 0 <= self._low <= 10_000:
            raise ValueError(f"{id}: roll_m is 0 to 1000 metres and low_slips 0 to 10000")
        self._wall = wall
        folder = options.get("data_dir")
        self._file = Path(folder) / "rolls" / (re.sub(r"[^\w-]", "_", id) + ".json") if folder else None
        self.roll = self._read()

    def printed(self, mm: float) -> None:
        self._keep(self.roll.printed(mm))

    def changed(self) -> None:
        """Somebody says that a new roll is in."""
        self._keep(self.roll.changed(self._now()))

    def saw(self, now: Status) -> None:
        self._keep(self.roll.saw(now, self._now()))

    def out_of_sight(self) -> None:
        self._keep(self.roll.out_of_sight())

    def told(self) -> dict[str, Any]:
        """For the health: {"printed_m", "since", "roll_m", "slips_left", "low"}; the last three only with a length."""
        told: dict[str, Any] = {"printed_m": round(self.roll.printed_mm / 1000, 1), "since": self.roll.since}
        if not self.roll_m:
            return told
        left = self.roll.slips_left(self.roll_m)
        return told | {"roll_m": self.roll_m, "slips_left": left, "low": left <= self._low}

    def _now(self) -> str:
        return self._wall().isoformat(timespec="seconds")

    def _read(self) -> Roll:
        try:
            return Roll.of(json.loads(self._file.read_text("utf-8"))) if self._file else Roll()
        except FileNotFoundError:
            return Roll()
        except (OSError, ValueError, TypeError) as wrong:
            log.warning("%s: what is left of the roll is not known any more: %s", self._file, wrong)
            return Roll()

    def _keep(self, roll: Roll) -> None:
        before, self.roll = self.roll, roll
        if roll == before or self._file is None:
            return
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            fresh = self._file.with_suffix(".new")
            fresh.write_text(json.dumps(roll.record()), "utf-8")
            fresh.replace(self._file)
        except OSError as wrong:
            log.debug("%s cannot be written: %s", self._file, wrong)
