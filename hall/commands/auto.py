"""The next ticket without a press: a window that wants it is called for when it has been idle for its seconds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hall.commands.windows import WindowCommand


@dataclass(frozen=True, kw_only=True)
class SetAutoNext(WindowCommand):
    """自动叫号: call by itself after so many idle seconds; 0 is no."""

    seconds: int


@dataclass(frozen=True, kw_only=True)
class CallWhenIdle(WindowCommand):
    """Call the next if the window is idle since this very moment and has been for its seconds; else refused."""

    idle_since: datetime
