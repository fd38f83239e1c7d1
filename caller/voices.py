"""The voices of each loudspeaker area: who is asked for an announcement, and who when that one cannot say it."""

from __future__ import annotations

from collections import defaultdict

from caller.agents import Agents

DOWN = ("lost", "fault")
KEPT = 40
"""Announcements of which it is known whom they were asked of."""


class Voices:
    """An area's voices in the order of the file: the first that is well comes first."""

    def __init__(self, agents: Agents) -> None:
        self._agents = agents
        self._of: dict[str, list[str]] = defaultdict(list)
        for device in agents.devices.values():
            if device.kind == "voice":
                self._of[device.area or "hall"].append(device.id)
        self._asked: dict[int, list[str]] = {}

    def turn(self, area: str, announcement: int) -> str | None:
        """The voice that is to be asked now for this announcement; None when each of the area has been.

        One that is lost or in fault comes last, and is asked all the same: it may be back by then.
        """
        asked = self._asked.setdefault(announcement, [])
        left = [voice for voice in self._of.get(area, ()) if voice not in asked]
        if not left:
            return None
        asked.append(min(left, key=lambda voice: self._agents.devices[voice].state in DOWN))
        for old in list(self._asked)[:-KEPT]:
            del self._asked[old]
        return asked[-1]

    def forget(self) -> None:
        """A new day counts its calls anew."""
        self._asked.clear()
