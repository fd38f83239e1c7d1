"""How far P90 is drawn out: further after a wait that went beyond what was told, a little less after each that did not.

Adaptive conformal inference (Gibbs and Candès 2021). Whatever the hall is like, in the long run one wait of ten goes
beyond: if more do, the steps up outweigh the steps down. It says nothing of P50.
"""

from __future__ import annotations

from math import exp

BEYOND = 0.1
"""The share of waits that is to be longer than P90."""
STEP = 0.08
LEAST, MOST = 0.6, 3.0
"""What P90 lies above P50 by is multiplied by no less and no more."""
KEPT = 0.75
"""The part of ln stretch that goes over to the next day."""


def after(stretch: float, beyond: bool) -> float:
    """The stretch after one more wait that was `beyond` its P90, or was not.

    >>> round(after(1.0, beyond=True), 3), round(after(1.0, beyond=False), 3), after(3.0, beyond=True)
    (1.075, 0.992, 3.0)
    """
    return min(max(stretch * exp(STEP * (beyond - BEYOND)), LEAST), MOST)


def tomorrow(stretch: float) -> float:
    """With what a new day begins: a little nearer to 1, since its clerks and its luck are others.

    >>> round(tomorrow(2.0), 2), tomorrow(1.0)
    (1.68, 1.0)
    """
    return stretch**KEPT
