"""Paper, mains, agent or hub go in the middle of a slip: it counts as printed, or comes once more as a copy."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from devices.driver import DeviceSpec
from printers.virtual import VirtualPrinter

from .halls import Served


class Tray:
    """What lies under the printer: the lines of every slip."""

    def __init__(self) -> None:
        self.slips: list[list[str]] = []

    def slip(self, png: bytes, lines: list[str]) -> None:
        self.slips.append(lines)

    def far(self, **seen: Any) -> None:
        """Nobody looks."""


class Stalling(VirtualPrinter):
    """Takes no more after so many bytes, until `go` is set."""

    stall_at: float = float("inf")

    def __init__(self, tray: Tray) -> None:
        self.stalled, self.go = threading.Event(), threading.Event()
        super().__init__(DeviceSpec("p", "printer", "escpos"), tray)

    def stall(self) -> None:
        """In the middle of the next slip."""
        self.go.clear()
        self.stalled.clear()
        self.stall_at = self.heard + 800

    def hear(self, data: bytes) -> None:
        if self.heard + len(data) > self.stall_at:
            first = data[: int(self.stall_at) - self.heard]
            super().hear(first)
            data, self.stall_at = data[len(first) :], float("inf")
            self.stalled.set()
            self.go.wait(20)
        super().hear(data)


@pytest.fixture(scope="module")
def printer() -> Iterator[Stalling]:
    made = Stalling(Tray())
    yield made
    made.go.set()
    made.close()


@pytest.fixture(scope="module")
def hall(served_config: Path, tmp_path_factory: pytest.TempPathFactory, printer: Stalling) -> Iterator[Served]:
    """A served hall with its agent, printing on that printer in its own letters."""
    text = served_config.read_text("utf-8").replace(
        "driver: escpos, port: virtual, kiosk: k",
        f'driver: escpos, port: "{printer.address}", kiosk: k, options: {{mode: native}}',
    )
    tmp_path = tmp_path_factory.mktemp("kills")
    file = tmp_path / "hall.yaml"
    file.write_text(text, encoding="utf-8")
    hall = Served(file, tmp_path / "data")
    hall.start("--host", "127.0.0.1")
    yield hall
    hall.stop()


def agent_of(hall: Served) -> int:
    """The process id of the hall's agent, 0 while it has none."""
    for task in Path(f"/proc/{hall.process.pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            if b"agent" in Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0"):
                return int(child)
    return 0


def printer_state(hall: Served) -> str:
    devices = hall.session.get(f"{hall.url}/api/v1/health", timeout=10).json()["devices"]
    return next(device["state"] for device in devices if device["id"] == "paper")


def take(hall: Served) -> str:
    return hall.post("tickets", {"service": "tax-return", "kiosk": "k"}).json()["number"]


def history(hall: Served, number: str) -> list[str]:
    headers = {"Authorization": f"Bearer {hall.token()}"}
    answer = hall.session.get(f"{hall.url}/api/v1/tickets/{number}", headers=headers, timeout=10)
    return [entry["what"] for entry in answer.json()["history"]]


def alarms(hall: Served) -> set[str]:
    headers = {"Authorization": f"Bearer {hall.token('reception')}"}
    return {row["code"] for row in hall.session.get(f"{hall.url}/api/v1/alarms", headers=headers, timeout=10).json()}


@pytest.mark.parametrize("befalls", ["paper", "mains"])
def test_a_slip_that_breaks_off_comes_once_more_when_the_printer_is_well(
    hall: Served, printer: Stalling, until: Callable[..., Any], befalls: str
) -> None:
    """Hub, agent, wire and printer: the roll ends, or somebody pulls the mains plug, in the middle of a slip."""
    until(lambda: printer_state(hall) == "ok", 60)
    before = len(printer.sink.slips)
    if befalls == "paper":
        printer.run_out_after(20)
        number = take(hall)
    else:
        printer.stall()
        number = take(hall)
        assert printer.stalled.wait(20)
        printer.power_off()
        printer.go.set()
    until(lambda: "print_broken" in history(hall, number), 20)
    until(lambda: alarms(hall) == {"print_broken", "no_paper" if befalls == "paper" else "lost"}, 20)
    assert hall.post("tickets", {"service": "tax-return", "kiosk": "k"}).status_code == 409
    printer.paper_in()
    printer.power_on()
    until(lambda: "printed" in history(hall, number), 30)
    until(lambda: alarms(hall) == set(), 20)
    marked = [any("补打" in line for line in lines) for lines in printer.sink.slips[before:]]
    assert marked in ([False, True], [True])
    assert history(hall, number) == ["taken", "print_broken", "printed"]


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="finds the agent's process in /proc")
def test_an_agent_killed_while_printing_prints_one_copy(
    hall: Served, printer: Stalling, until: Callable[..., Any]
) -> None:
    """SIGKILL with half the slip on its way: the next agent empties the printer, and the slip comes whole, marked."""
    until(lambda: printer_state(hall) == "ok", 60)
    before = len(printer.sink.slips)
    printer.stall()
    number = take(hall)
    assert printer.stalled.wait(20)
    os.kill(agent_of(hall), signal.SIGKILL)
    printer.go.set()
    until(lambda: "printed" in history(hall, number), 60)
    assert history(hall, number) == ["taken", "print_broken", "printed"]
    marked = [any("补打" in line for line in lines) for lines in printer.sink.slips[before:]]
    assert marked in ([True], [False, True])
    second = take(hall)
    until(lambda: "printed" in history(hall, second), 20)
    assert len(printer.sink.slips) == before + len(marked) + 1


def test_a_hub_killed_while_printing_prints_nothing_twice(
    hall: Served, printer: Stalling, until: Callable[..., Any]
) -> None:
    """The agent ends with its hub, and finishes the slip or not: it counts as printed, or comes once as a copy."""
    until(lambda: printer_state(hall) == "ok", 60)
    before = len(printer.sink.slips)
    first = take(hall)
    until(lambda: "printed" in history(hall, first), 20)
    printer.stall()
    second = take(hall)
    assert printer.stalled.wait(20)
    hall.kill()
    printer.go.set()
    hall.start("--host", "127.0.0.1")
    until(lambda: "printed" in history(hall, second), 60)
    assert history(hall, first) == ["taken", "printed"]
    marked = [any("补打" in line for line in lines) for lines in printer.sink.slips[before:]]
    broken = "print_broken" in history(hall, second)
    assert marked in ([[False, True], [False, False, True]] if broken else [[False, False]])
