"""Sentences a second: calls joined from the clip bank, beside plain espeak synthesis of the same sentences.

Run it: `python tests/bench/bench_voice.py`. Both in one process and one run; the ratio is what counts.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from displays.voice import engine
from displays.voice.clips import Bank
from displays.voice.words import every_clip, sentence

CALLS = [
    (f"{letter}{number:03}", str(window))
    for letter in "ABC"
    for number, window in zip(range(7, 300, 17), range(3, 290, 17), strict=False)
]


@dataclass(frozen=True)
class Row:
    what: str
    a_second: float
    ratio: float


def rate(do: Callable[[str, str], object]) -> float:
    begun = time.perf_counter()
    for number, window in CALLS:
        do(number, window)
    return len(CALLS) / (time.perf_counter() - begun)


def measure() -> list[Row]:
    """Sentences a second and, as a ratio, against plain synthesis (one `save_to_file` and `runAndWait` each)."""
    engine.render("零")  # load the library before any clock runs
    plain = rate(lambda number, window: engine.render(sentence(number, window).text))
    with tempfile.TemporaryDirectory() as folder:
        cold = Bank(Path(folder))
        first = rate(lambda number, window: cold.announcement([sentence(number, window)]))
        for name in every_clip("zh"):
            cold.clip("zh", name)
        warm = Bank(Path(folder))
        started = rate(lambda number, window: warm.announcement([sentence(number, window)]))
        again = Bank(Path(folder))
        for name in every_clip("zh"):
            again.clip("zh", name)
        joined = rate(lambda number, window: again.announcement([sentence(number, window)]))
        repeated = rate(lambda number, window: again.announcement([sentence(number, window)]))
    rows = {
        "plain espeak synthesis": plain,
        "an empty bank (each clip rendered once)": first,
        "after a restart (clips from disk)": started,
        "clips in memory, joined": joined,
        "the same calls again": repeated,
    }
    return [Row(what, a_second, a_second / plain) for what, a_second in rows.items()]


if __name__ == "__main__":
    print(f"{len(CALLS)} calls, announcements with chime, mono 16 bit 22 050 Hz\n")
    print(f"{'':42}{'a second':>10}{'ratio':>9}")
    for row in measure():
        print(f"{row.what:42}{row.a_second:>10.0f}{row.ratio:>8.1f}×")
