"""A keypad that is not there: it presses, waits for the echo and presses again, as the hardware does."""

from __future__ import annotations

from typing import Any

from caller.keypads import Keymap
from devices import ff68
from devices.ff68_press import PressingFarEnd


class VirtualKeypad(PressingFarEnd):
    """Far end of an ff68 keypad. It shows `waiting` (int or None) and `number` ("023" or None), and counts `beeps`."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.waiting: int | None = None
        self.number: str | None = None
        self.beeps = 0
        self._keymap = Keymap(self.spec.options.get("keys"))

    def press(self, key: str, digits: str = "") -> None:
        """Press a key by its meaning ("next"), after typing digits. Raises ValueError if the keypad has no such key."""
        self.press_frame(ff68.KEY, self._keymap.bytes_of(key, str(digits)))

    def obey(self, frame: ff68.Frame) -> None:
        if frame.command == ff68.KEY:
            self.echoed(frame.data)
        elif frame.command == ff68.SHOW and len(frame.data) == 6 and max(frame.data) <= ff68.BLANK:
            left, right = _lit(frame.data[:3]), _lit(frame.data[3:])
            self.waiting, self.number = int(left) if left else None, right or None
            self.sink.far(waiting=self.waiting, number=self.number)
        elif frame.command == ff68.BEEP and not frame.data:
            self.beeps += 1


def _lit(places: bytes) -> str:
    return "".join("" if place == ff68.BLANK else str(place) for place in places)
