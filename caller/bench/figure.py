"""What a bench tells: ours beside bare, measured in the same run."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """What was measured; `ratio` is hall / bare, for rates (`unit` per second) as for times (ms)."""

    name: str
    hall: float
    bare: float
    unit: str

    @property
    def ratio(self) -> float:
        return self.hall / self.bare if self.bare else float("nan")


def at(times: list[float], share: float) -> float:
    """The quantile of sorted times.

    >>> at([1.0, 2.0, 3.0], 0.5)
    2.0
    """
    return times[min(len(times) - 1, int(len(times) * share))]
