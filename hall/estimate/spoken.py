"""A wait as people say it: a range of round minutes, "10–20 分钟"; one rule for kiosk, phone and slip."""

from __future__ import annotations

from math import ceil, floor

STEPS = ((20, 5), (60, 10), (10**6, 30))
LONG_MIN = 120
Range = tuple[int, int]


def range_min(p50_s: float, p90_s: float) -> Range:
    """From about the median to where nine of ten have been called, in whole minutes that people would say.

    Up to 20 minutes in fives, up to an hour in tens, then in half hours. The upper one is never said too low.

    >>> range_min(30, 100), range_min(700, 1150), range_min(1500, 2400), range_min(4000, 8000)
    ((0, 5), (10, 20), (20, 40), (60, 150))
    """
    low_step, high_step = _step(p50_s), _step(p90_s)
    low = floor(p50_s / 60 / low_step) * low_step
    high = ceil(p90_s / 60 / high_step) * high_step
    return low, max(high, low + low_step)


def _step(seconds: float) -> int:
    return next(step for below, step in STEPS if seconds / 60 < below)


def spoken(low: int, high: int) -> dict[str, str]:
    """The range in words, {"zh", "en"}; from two hours on in hours.

    >>> spoken(10, 20)["zh"], spoken(0, 5)["zh"], spoken(60, 150)["zh"], spoken(0, 5)["en"]
    ('10–20 分钟', '5 分钟以内', '1–2.5 小时', 'up to 5 min')
    """
    if high > LONG_MIN:
        span = f"{low / 60:g}–{high / 60:g}" if low else ""
        return {
            "zh": f"{span} 小时" if span else f"{high / 60:g} 小时以内",
            "en": f"{span or f'up to {high / 60:g}'} h",
        }
    if not low:
        return {"zh": f"{high} 分钟以内", "en": f"up to {high} min"}
    return {"zh": f"{low}–{high} 分钟", "en": f"{low}–{high} min"}
