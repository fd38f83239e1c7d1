"""What the bar above a window says, in the few characters it has."""

from __future__ import annotations

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
