"""How a visit may end at the window, besides its rating."""

from __future__ import annotations

OUTCOMES: dict[str, str] = {"done": "办结", "accepted": "已受理", "refused": "不予受理"}
"""What an outcome is called: settled on the spot, taken in to be settled later, or not accepted, with a reason."""
