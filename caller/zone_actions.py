"""What may be asked of a zone: to stop giving numbers, and to give them again, once for HTTP and sockets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from caller.asked import Asked, CloseZone, Nothing
from caller.tokens import Who
from hall import commands as c


@dataclass(frozen=True)
class ZoneAction:
    """A zone's call: its body and its command."""

    body: type[Asked]
    make: Callable[[str, Any, Who, datetime], c.Command]
    summary: str


ZONE_ACTIONS: dict[str, ZoneAction] = {
    "close": ZoneAction(
        CloseZone,
        lambda zone, b, who, at: c.CloseZone(at=at, actor=who.actor, zone=zone, reason=b.reason, confirm=b.confirm),
        "Give no more numbers in the zone today; refused with who is left while visitors wait, unless confirmed",
    ),
    "open": ZoneAction(
        Nothing,
        lambda zone, b, who, at: c.OpenZone(at=at, actor=who.actor, zone=zone),
        "Give numbers in the zone again, in its hours",
    ),
}
"""For reception, supervisor and admin; over a socket `zone-close` and `zone-open`."""
