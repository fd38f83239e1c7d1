"""A device that does not stop talking: noticed by how full it keeps the wire, and read no faster than is useful."""

from __future__ import annotations

from devices.turns import BITS

SHARE = 0.5
"""Of a line's time: devices that are well leave more than this to others, however busy the hall is."""

LONG_S = 3.0
"""So many seconds of the wire's full stream, more than SHARE of it, are no rush hour any more."""

LOOK_S = 0.05
"""While somebody babbles the line is read only so often, in larger pieces."""

FASTER = 2
"""Then at most so many times what its speed carries is taken: a serial server may pour out anything."""


class Babble:
    """How much has been said lately on one line of `speed` bits a second. Times are monotonic seconds."""

    def __init__(self, speed: int) -> None:
        self._bytes_s = speed / BITS
        self._level = 0.0
        self._at = 0.0
        self.goes_on = False

    @property
    def piece(self) -> int:
        """Bytes to read at once, every LOOK_S, while it goes on."""
        return max(1, int(self._bytes_s * LOOK_S * FASTER))

    def heard(self, count: int, now: float) -> bool:
        """So many bytes were read just now, or none in the time since the last call. True when `goes_on` changed."""
        self._level = max(0.0, self._level - (now - self._at) * self._bytes_s * SHARE) + count
        self._at = now
        most = LONG_S * self._bytes_s
        self._level = min(self._level, most)
        before = self.goes_on
        self.goes_on = self._level >= most if not before else self._level > 0
        return self.goes_on != before
