"""What can befall a virtual printer, what its status bytes say of it then, and who does it: the MOVES of a demo."""

from __future__ import annotations

import threading
from abc import abstractmethod

from devices.virtual import FarEnd


class Ailing(FarEnd):
    """Paper, cover, cutter, head and power. `_changed` is called after every change, under the lock."""

    _lock: threading.RLock
    _paper, _cover = "ok", "closed"
    _jammed = _hot = _broken = _mute = False
    _online = True

    @abstractmethod
    def _changed(self) -> None:
        """Go on printing if it is ready now."""

    def paper_out(self) -> None:
        self._change(_paper="out")

    def paper_in(self) -> None:
        self._change(_paper="ok")

    def near_end(self) -> None:
        self._change(_paper="near_end")

    def open_cover(self) -> None:
        self._change(_cover="open")

    def close_cover(self) -> None:
        self._change(_cover="closed")

    def jam(self) -> None:
        """The cutter is stuck."""
        self._change(_jammed=True)

    def unjam(self) -> None:
        self._change(_jammed=False)

    def overheat(self) -> None:
        """The head is too hot; it prints on when it has cooled."""
        self._change(_hot=True)

    def cool(self) -> None:
        self._change(_hot=False)

    def break_down(self) -> None:
        """An error that only switching it off ends."""
        self._change(_broken=True)

    def offline(self) -> None:
        """Somebody has switched it off-line with its key."""
        self._change(_online=False)

    def online(self) -> None:
        self._change(_online=True)

    def silent(self, on: bool = True) -> None:
        """Hears everything and answers nothing."""
        self._mute = on

    @property
    def _ready(self) -> bool:
        well = self._online and not (self._jammed or self._hot or self._broken)
        return well and self._paper != "out" and self._cover == "closed"

    def _change(self, **now: object) -> None:
        with self._lock:
            for name, value in now.items():
                setattr(self, name, value)
            self.sink.far(paper=self._paper, cover=self._cover)
            self._changed()

    def _status(self, n: int) -> int:
        """The answer to DLE EOT n: bits 1 and 4 always on."""
        out, opened = self._paper == "out", self._cover == "open"
        error = self._jammed or self._hot or self._broken
        bits = {
            1: 0 if self._ready else 0x08,
            2: (0x04 if opened else 0) | (0x20 if out else 0) | (0x40 if error else 0),
            3: (0x08 if self._jammed else 0) | (0x20 if self._broken else 0) | (0x40 if self._hot else 0),
            4: (0x60 if out else 0) | (0x0C if self._paper in ("out", "near_end") else 0),
        }
        return 0x12 | bits[n]
