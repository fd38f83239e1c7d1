"""A slip cut off at every byte: what comes after it is whole, is marked, and comes once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from devices.driver import DeviceError, DeviceSpec, Job
from printers import escpos_driver
from printers.escpos_driver import EscposPrinter
from printers.status import trouble
from printers.transport import Outlet
from printers.virtual import VirtualPrinter

TORN_MARK = "补打"


@dataclass
class Bench:
    """A virtual printer on a cable without delays, that breaks after so many bytes; time passes when one waits."""

    far: VirtualPrinter
    left: float = float("inf")
    now: float = 0.0
    plugged: bool = True
    answers: bytearray = field(default_factory=bytearray)
    breaks: str = "unplug"

    def send(self, data: bytes) -> None:
        if not self.plugged:
            raise trouble("lost")
        taken = data[: int(min(len(data), self.left))]
        self.left -= len(taken)
        self.far.hear(taken)
        if self.left < 1 and len(taken) < len(data):
            self.plugged, self.left = False, float("inf")
            if self.breaks == "power":
                self.far.power_off()
            raise trouble("lost")

    def receive(self, wait_s: float) -> bytes:
        if not self.plugged:
            raise trouble("lost")
        heard = bytes(self.answers)
        self.answers.clear()
        self.now += 0 if heard else wait_s
        return heard


class Cable(Outlet):
    speed = 1200
    """So slow that the number is text too: the shortest slip there is."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self.send = bench.send
        if not bench.plugged:
            raise trouble("lost")

    def _receive(self, wait_s: float) -> bytes:
        return self._bench.receive(wait_s)

    def receive(self, wait_s: float) -> bytes:
        return self._bench.receive(wait_s)

    def close(self) -> None:
        pass


@pytest.fixture
def bench(stand: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Bench, EscposPrinter]]:
    it = stand()
    bench = Bench(it.far)
    it.driver.close()
    monkeypatch.setattr(it.far, "say", bench.answers.extend)
    monkeypatch.setattr(escpos_driver, "connect", lambda port, options: Cable(bench))
    spec = DeviceSpec("p", "printer", "escpos", port="cable", options={"finish_s": 2})
    yield bench, EscposPrinter(spec, it.ear, clock=lambda: bench.now)


SHORT = {
    "slip": [
        {"text": "{number}", "size": "26"},
        {"text": "{service}", "size": "26"},
        {"text": "补打", "size": "26", "when": "copy"},
    ]
}
"""A slip of three lines: few bytes to cut at."""


def job(slip: Any, copy: bool = False, **data: Any) -> Job:
    return Job("1", "p", "print", {**slip, "copy": copy, "template": SHORT, **data})


def as_the_hub_does(bench: Bench, printer: EscposPrinter, slip: Any, **data: Any) -> list[str]:
    """The slip; what broke off once more as a copy, when the printer is well. What was said of each."""
    told = []
    for copy in (False, True):
        try:
            printer.do(job(slip, copy, **data))
        except DeviceError as failed:
            assert failed.begun
            told.append(failed.code)
            bench.plugged = True
            bench.far.power_on()
            bench.far.paper_in()
            printer.open()
        else:
            return [*told, "printed"]
    return told


def clean(bench: Bench, printer: EscposPrinter) -> None:
    bench.far.slips.clear()
    bench.left, bench.plugged = float("inf"), True
    printer.open()


def lines(bench: Bench) -> list[list[str]]:
    return [lines for _, lines in bench.far.slips]


def length(bench: Bench, printer: EscposPrinter, slip: Any, **data: Any) -> tuple[int, list[str], list[str]]:
    """How many bytes the slip is from the first after the questions, and its lines, plain and as a copy."""
    printer.open()
    printer.do(job(slip, True, **data))
    copy = lines(bench)[-1]
    sent = printer.do(job(slip, **data))["bytes"]
    whole = lines(bench)[-1]
    assert any(TORN_MARK in line for line in copy) and not any(TORN_MARK in line for line in whole)
    return sent, whole, copy


@pytest.mark.parametrize("breaks", ["unplug", "power"])
def test_cut_at_every_byte_one_whole_slip_follows_and_is_marked(bench: Any, slip_data: Any, breaks: str) -> None:
    """Cable or mains, wherever it breaks: one torn slip at most, then one whole one marked 补打, and one answer that it
    is printed. Only when the answer itself is lost are both whole, and the second says so.
    """
    bench, printer = bench
    bench.breaks = breaks
    size, whole, copy = length(bench, printer, slip_data)
    questions = 4 * 3
    for cut in range(size + 3):
        clean(bench, printer)
        bench.left = questions + cut
        assert as_the_hub_does(bench, printer, slip_data) == ["lost", "printed"], cut
        first, last = lines(bench)[:-1], lines(bench)[-1]
        assert last == copy, cut
        assert len(first) <= 1, cut
        assert all(line in whole or whole[n].startswith(line) for torn in first for n, line in enumerate(torn)), cut
    assert bench.far.errors == []


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.floats(0, 1), breaks=st.sampled_from(["unplug", "power"]))
def test_a_picture_cut_anywhere_is_followed_by_a_whole_one(bench: Any, slip_data: Any, at: float, breaks: str) -> None:
    """The rest of a picture's dots is neither printed as letters nor taken from the next slip."""
    bench, printer = bench
    bench.breaks = breaks
    Cable.speed, before = 0, Cable.speed
    try:
        clean(bench, printer)
        size = printer.do(job(slip_data, template=None))["bytes"]
        (whole,) = (png for png, _ in bench.far.slips)
        clean(bench, printer)
        bench.left = 4 * 3 + int(at * size)
        assert as_the_hub_does(bench, printer, slip_data, template=None) == ["lost", "printed"]
        assert 1 <= len(bench.far.slips) <= 2
        clean(bench, printer)
        assert as_the_hub_does(bench, printer, slip_data, template=None) == ["printed"]
        assert bench.far.slips[0][0] == whole
        assert bench.far.errors == []
    finally:
        Cable.speed = before


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(mm=st.integers(1, 80))
def test_paper_that_ends_anywhere_in_the_slip_is_noticed(bench: Any, slip_data: Any, mm: int) -> None:
    """Out in the middle: not printed, then once more as a copy on the new roll. Out after the cut is its success."""
    bench, printer = bench
    clean(bench, printer)
    bench.far.run_out_after(mm)
    told = as_the_hub_does(bench, printer, slip_data, template=None)
    assert told in (["no_paper", "printed"], ["printed"])
    marked = [any(TORN_MARK in line for line in lines) for _, lines in bench.far.slips]
    assert marked == ([False] if told == ["printed"] else [*([False] * (len(marked) - 1)), True])
    bench.far.paper_in()
