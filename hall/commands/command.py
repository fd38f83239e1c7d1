"""What every command has: when it is given and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Command:
    """`at` is the hall's time with zone; `actor` is who asks: "clerk:0268", "kiosk:1", "visitor", "agent:main"."""

    at: datetime
    actor: str = ""
