"""The roll in a printer: how much of it is printed, what is left, and when a new one has been put in. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Literal

from printers.status import Status

CUTTER_MM = 12.0
"""From the head to the knife: so much every slip takes beside what is printed on it."""
USUAL_SLIP_MM = 120.0
"""Reckoned with until this printer's own slips are known."""
LATEST = 0.1
"""How much the newest slip counts in the usual length: about the last twenty tell."""


@dataclass(frozen=True)
class Roll:
    """Lengths in mm since the roll was put in, at `since` (ISO; "" is not known).

    `seen` is what the paper sensors said last with the cover closed; `opened`: the cover was open since, or the printer
    was out of sight, so that somebody may have put in another roll.
    """

    printed_mm: float = 0.0
    slips: int = 0
    since: str = ""
    slip_mm: float = USUAL_SLIP_MM
    seen: Literal["", "paper", "near_end", "out"] = ""
    opened: bool = False

    def printed(self, mm: float) -> Roll:
        """A slip of that length has come out, or may have."""
        took = mm + CUTTER_MM
        usual = self.slip_mm + LATEST * (took - self.slip_mm)
        return replace(self, printed_mm=self.printed_mm + took, slips=self.slips + 1, slip_mm=usual)

    def changed(self, at: str) -> Roll:
        """A new roll is in, at this time."""
        return Roll(since=at, slip_mm=self.slip_mm, seen="paper")

    def saw(self, now: Status, at: str) -> Roll:
        """What the sensors say. Paper after none is a new roll; so is enough after near its end, if the cover was open:
        without that it is a sensor at the edge. Under an open cover they say nothing.
        """
        if now.cover_open:
            return replace(self, opened=True)
        paper: Literal["paper", "near_end", "out"] = "out" if now.no_paper else "near_end" if now.near_end else "paper"
        if paper == "paper" and (self.seen == "out" or (self.seen == "near_end" and self.opened)):
            return self.changed(at)
        if paper == "paper" and self.seen == "near_end":
            return self
        return replace(self, seen=paper, opened=False)

    def out_of_sight(self) -> Roll:
        """The printer is off or unplugged: whatever is done to it now, nobody tells."""
        return replace(self, opened=True)

    def left_mm(self, roll_m: float) -> float:
        """What is left of a roll of so many metres; none when the sensor says so."""
        return 0.0 if self.seen == "out" else max(0.0, roll_m * 1000 - self.printed_mm)

    def slips_left(self, roll_m: float) -> int:
        """About how many more slips come out of it."""
        return int(self.left_mm(roll_m) / self.slip_mm)

    def record(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self)

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Roll:
        """From a record; ValueError or TypeError for one that is none."""
        made = cls(**{field.name: record[field.name] for field in fields(cls) if field.name in record})
        if not (made.printed_mm >= 0 and made.slip_mm > 0 and made.slips >= 0):
            raise ValueError("a roll has lengths above nothing")
        return made
