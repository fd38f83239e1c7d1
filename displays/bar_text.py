"""What LED signs say in the few characters they have: the bar above a window, the rows of a hall panel."""

from __future__ import annotations

from hall import telling
from hall.state import HallState

CALLED, SERVING, IDLE, PAUSED = "yellow", "green", "green", "red"


def bar_text(state: HallState, window: str) -> tuple[str, str]:
    """Text and colour (red, green, yellow) of window `window`: "A001→3号窗口" while called (LOOK.md, LED bar)."""
    name, at = state.plan.window[window].name, state.windows[window]
    arrived = at.ticket in state.tickets and state.tickets[at.ticket].state == "arrived"
    if at.state == "calling" and not arrived:
        return f"{at.ticket}→{name}号窗口", CALLED
    if at.state in ("calling", "serving"):
        return f"{at.ticket} 办理中", SERVING
    if at.state == "paused":
        return f"{name}号 暂停服务", PAUSED
    if at.state == "closed":
        return f"{name}号 未开放", PAUSED
    return f"{name}号 欢迎光临", IDLE


def bar_number(state: HallState, window: str) -> str:
    """The number that the window calls or serves, for signs that show nothing else; "" when there is none."""
    at = state.windows[window]
    return (at.ticket or "") if at.state in ("calling", "serving") else ""


PANEL_ROWS = 12
"""More than any LED panel has; each shows as many as fit."""


def panel_rows(state: HallState, zone: str) -> list[dict[str, str]]:
    """The latest calls of a zone, or of the hall for "", newest first, as rows of an LED panel."""
    calls = telling.calls(state, lambda window: zone in ("", state.plan.window[window].zone))
    return [{"text": f"{it['number']}→{it['window_name']}号窗口", "colour": CALLED} for it in calls[:PANEL_ROWS]]
