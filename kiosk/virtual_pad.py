"""An evaluator that is not there: it asks for a grade when told to, and sends it until it is acknowledged."""

from __future__ import annotations

from typing import Any

from devices import ff68
from devices.ff68_press import PressingFarEnd
from kiosk.pads import grade_codes


class VirtualPad(PressingFarEnd):
    """Far end of an ff68 evaluator. It shows `prompting` and `stars` (0–5)."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.prompting = False
        self.stars = 0
        self._codes = {grade: code for code, grade in grade_codes(self.spec.options.get("grades")).items()}

    def grade(self, grade: str) -> None:
        """Press a grade by its name. Raises ValueError if the pad has no such key."""
        if grade not in self._codes:
            raise ValueError(f"this evaluator has no key {grade!r}")
        self.press_frame(ff68.GRADE, bytes((self._codes[grade],)))

    def obey(self, frame: ff68.Frame) -> None:
        if frame.command == ff68.KEY and frame.data == bytes((ff68.START_RATING,)):
            self.prompting = True
        elif frame.command == ff68.KEY:
            if not self.echoed(frame.data):
                return
            self.prompting = False
        elif frame.command == ff68.SHOW and len(frame.data) == 1 and frame.data[0] <= 5:
            self.stars = frame.data[0]
        else:
            return
        self.sink.far(prompting=self.prompting, stars=self.stars)
