"""How good the estimates of a day were: how many waits were within P90, how far off P50 was, and the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from hall.simulate.watch import Forecast

OTHERS = ("naive_s", "les_s", "hol_s")


@dataclass(frozen=True)
class Score:
    """Of those who were told something. Errors are means of |estimate − wait| in seconds, over the tickets that every
    way of estimating had an answer for, so that they can be compared; None when there are none.
    """

    tickets: int
    told: int
    wait_p50_s: float
    wait_p90_s: float
    coverage: float | None
    within_half: float | None
    ours_s: float | None
    naive_s: float | None
    les_s: float | None
    hol_s: float | None

    @property
    def better_than_naive(self) -> float | None:
        """By which share the error is smaller than the naive one: 0.25 is a quarter."""
        return 1 - self.ours_s / self.naive_s if self.ours_s is not None and self.naive_s else None


def score(forecasts: Iterable[Forecast]) -> Score:
    """The figures of these tickets."""
    rows = list(forecasts)
    waits = sorted(row.waited_s for row in rows) or [0.0]
    told = [row for row in rows if row.p50_s is not None and row.p90_s is not None]
    fair = [row for row in told if None not in (row.naive_s, row.les_s, row.hol_s)]
    return Score(
        len(rows),
        len(told),
        waits[len(waits) // 2],
        waits[len(waits) * 9 // 10],
        fmean(row.waited_s <= row.p90_s for row in told) if told else None,
        fmean(row.waited_s <= row.p50_s for row in told) if told else None,
        *(fmean(abs(getattr(row, way) - row.waited_s) for row in fair) if fair else None for way in ("p50_s", *OTHERS)),
    )


def by(key: Callable[[Forecast], str], forecasts: Iterable[Forecast]) -> dict[str, Score]:
    """A score for each value of the key, sorted."""
    parts: dict[str, list[Forecast]] = {}
    for row in forecasts:
        parts.setdefault(key(row), []).append(row)
    return {name: score(rows) for name, rows in sorted(parts.items())}


def report(forecasts: list[Forecast]) -> dict[str, Any]:
    """All of it: in the whole, by zone, by the hour of taking, by class."""
    return {
        "all": score(forecasts),
        "by_zone": by(lambda row: row.zone, forecasts),
        "by_hour": by(lambda row: f"{row.at:%H}:00", forecasts),
        "by_class": by(lambda row: row.klass, forecasts),
    }
