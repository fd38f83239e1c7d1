"""Receipts: which screens have shown a call, whether its bar has, how often it was spoken; for the latest calls."""

from __future__ import annotations

from typing import Any

from hall.state import HallState

KEPT = 200


class Receipts:
    """By call number of the day. In memory: what was shown is not what is true."""

    def __init__(self) -> None:
        self._calls: dict[int, dict[str, Any]] = {}

    def _of(self, call: int) -> dict[str, Any]:
        if call not in self._calls:
            self._calls[call] = {"panels": set(), "bar": None, "voice": None}
            for old in list(self._calls)[:-KEPT]:
                del self._calls[old]
        return self._calls[call]

    def shown(self, call: int, sid: str) -> None:
        """A page has drawn the call."""
        self._of(call)["panels"].add(sid)

    def bar(self, call: int, ok: bool) -> None:
        """The window's bar has acknowledged it, or could not be reached."""
        self._of(call)["bar"] = ok

    def spoken(self, call: int, times: int) -> None:
        """The loudspeaker has said it `times` times; 0: it was not said."""
        self._of(call)["voice"] = times

    def of_window(self, state: HallState, window: str) -> dict[str, Any]:
        """What is known of the window's latest call, as the desk shows it."""
        ticket = state.tickets.get(state.windows[window].ticket)
        if ticket is None:
            return {"call": None, "panel": 0, "bar": None, "voice": None}
        known = self._calls.get(ticket.call, {"panels": (), "bar": None, "voice": None})
        return {"call": ticket.call, "panel": len(known["panels"]), "bar": known["bar"], "voice": known["voice"]}

    def clear(self) -> None:
        """A new day counts its calls anew."""
        self._calls.clear()
