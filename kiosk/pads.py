"""Evaluators at the window (评价器) on ff68: the visitor's five keys, the clerk's stars."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import structlog

from devices import ff68
from devices.driver import DeviceError, Job, LineDriver
from devices.ff68_press import BOUNCE_S, Presses

GRADES = ("very_satisfied", "satisfied", "fairly_satisfied", "dissatisfied", "very_dissatisfied")

DEFAULT_CODES: dict[str, str] = {
    "04": "very_satisfied",
    "03": "satisfied",
    "02": "fairly_satisfied",
    "01": "dissatisfied",
    "00": "very_dissatisfied",
}
"""Grade byte in hex to grade. The codes differ by site: the option `grades` replaces the table as a whole."""

log = structlog.get_logger(__name__)


def grade_codes(option: Mapping[str, str] | None) -> dict[int, str]:
    """The table by byte. Raises ValueError for a code that is no byte or a grade that is none of the five."""
    table = {int(str(code), 16): grade for code, grade in (option or DEFAULT_CODES).items()}
    for code, grade in table.items():
        if grade not in GRADES:
            raise ValueError(f"grades: {code:02X}: no grade {grade!r}; there are {', '.join(GRADES)}")
        if not 0 <= code <= 0xFF:
            raise ValueError(f"grades: {code:X} is no byte")
    return table


class Ff68Pad(LineDriver):
    """An evaluator at an address of a line. Options: `grades` (DEFAULT_CODES), `bounce_s` (BOUNCE_S).

    Jobs: `prompt` starts a rating, `stars` shows the clerk's stars. It does not answer them; it is heard of when
    somebody rates.
    """

    tokenizer = staticmethod(ff68.tokenizer)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = grade_codes(self.spec.options.get("grades"))
        self.bounce_s = float(self.spec.options.get("bounce_s", BOUNCE_S))
        self._presses = Presses(self.bounce_s, self.clock)

    def do(self, job: Job) -> dict[str, Any]:
        if job.kind == "prompt":
            frame = ff68.Frame(self.spec.address, ff68.KEY, bytes((ff68.START_RATING,)))
            self._presses.forget()  # the next visitor may well give the same grade
        elif job.kind == "stars":
            frame = ff68.Frame(self.spec.address, ff68.SHOW, bytes((min(max(int(job.data["stars"]), 0), 5),)))
        else:
            raise DeviceError("cannot", f"评价器不会做 {job.kind}")
        self.line.write(ff68.encode(frame))
        return {}

    def heard(self, frame: ff68.Frame) -> None:
        if frame.command != ff68.GRADE or len(frame.data) != 1:
            return
        self.sink.state("ok")
        new, answer = self._presses.take(frame.data)
        grade = self.codes.get(frame.data[0])
        if grade is None:
            log.warning("a grade byte that the option grades does not know", device=self.spec.id, code=frame.data[0])
        elif new:
            self.sink.input({"kind": "grade", "grade": grade})
        if answer:
            self.line.write(ff68.encode(ff68.Frame(frame.address, ff68.KEY, frame.data)))
            self._presses.acknowledged()
