"""The hall's wires measured: from a key to the text on the bar, the lines two cores hold, and what idling costs."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from caller.bench import bare_wire
from caller.bench.far_away import FarAway
from caller.bench.figure import Figure, at
from caller.bench.servers import Server, process
from caller.bench.wire import Wire
from caller.tokens import Tokens, Who

A_LINE = 97
"""Windows on a line: a third of the reference hall's 289."""

EVERY_S = 60.0
"""In the rush each window presses next so often."""

BOUND_MS = 1000.0
"""A line is held while 99 of 100 presses are a text within this."""

STEPS = (1, 2, 3, 5, 7, 10)
"""Lines tried, one after the other."""

IDLE_BOUND = 5.0
"""Percent of a core that an idle hall may cost: hub and agent together."""

WHOLE = 50
"""With fewer rounds than this the bench only shows that it runs: a small hall, one line."""


def figures(folder: Path, bare_port: int, rounds: int) -> list[Figure]:
    """All figures of the wires. `bare_port` is where the bare server listens. None on Windows, which has no ptys."""
    if sys.platform == "win32":
        return []
    whole = rounds >= WHOLE
    windows, zones, buses = (289, 10, 3) if whole else (24, 1, 1)
    steps = STEPS if whole else STEPS[:1]
    seconds = rounds / 20
    bare_agent = Wire(bare_port)
    bare = bare_wire.presses(bare_agent, rounds)
    bare_agent.close()
    with _hall(folder / "289", windows, zones, buses, 2 * (rounds + windows) // zones) as hall:
        idle = hall.idle_percent(seconds)
        for n in range(rounds):
            hall.wires.press(str(n % windows + 1))
            hall.wires.settle()
            time.sleep(bare_wire.PAUSE_S)
        one = sorted(hall.wires.times)
        held = 0 if whole else int(hall.holds(1, seconds))
    if whole:
        with _hall(folder / "lines", A_LINE * steps[-1], zones, steps[-1], int(seconds * 12) + 10) as hall:
            for lines in steps:
                if not hall.holds(lines, seconds):
                    break
                held = lines
    return [
        Figure("key to text on the bar's wire, p50", at(one, 0.5), at(bare, 0.5), "ms"),
        Figure("key to text on the bar's wire, p99", at(one, 0.99), at(bare, 0.99), "ms"),
        Figure(f"idle, {windows} windows (beside: the bound)", idle, IDLE_BOUND, "% of a core, hub and agent"),
        Figure(
            f"lines of {min(A_LINE, windows)} windows held (beside: a hall)",
            held,
            buses,
            f"of {steps[-1]} tried, p99 < 1 s",
        ),
    ]


@dataclass(frozen=True)
class _Hall:
    """A hub and an agent, each in a process of its own, and the far ends in this one."""

    wires: FarAway
    pids: tuple[int, int]

    def idle_percent(self, seconds: float) -> float:
        """Percent of a core that both take when nothing happens."""
        before = sum(map(_cpu_s, self.pids))
        time.sleep(seconds)
        return max(sum(map(_cpu_s, self.pids)) - before, 0.01) / seconds * 100

    def holds(self, lines: int, seconds: float) -> bool:
        """Whether the presses of so many lines, at a rush's rate, are texts in time."""
        windows = min(A_LINE * lines, self.wires.windows)
        self.wires.times.clear()
        presses = max(1, int(windows / EVERY_S * seconds))
        began = time.perf_counter()
        for n in range(presses):
            time.sleep(max(0.0, began + n * EVERY_S / windows - time.perf_counter()))
            # spread over the windows of these lines, each once: all lines are as busy
            self.wires.press(str(n * windows // presses + 1))
        late = self.wires.settle()
        return not late and at(sorted(self.wires.times), 0.99) < BOUND_MS


@contextlib.contextmanager
def _hall(data: Path, windows: int, zones: int, buses: int, tickets: int) -> Iterator[_Hall]:
    wires = FarAway(data, windows, zones, buses)
    tokens = Tokens(data)
    command = [sys.executable, "-m", "caller.cli"]
    served = ["serve", "--no-agent", "--port", "0", "--config", str(wires.config), "--data", str(data)]
    try:
        with process([*command, *served]) as (line, hub):
            port = int(line.rsplit(":", 1)[1])
            server = Server(port, tokens.make(Who("supervisor")), windows)
            server.open_windows()
            for service in range(zones):
                server.takes(tickets, service)
            agent = subprocess.Popen(
                [*command, "agent", "--server", f"http://127.0.0.1:{port}", "--data", str(data / "agent")],
                env={**os.environ, "HALL_TOKEN": tokens.make(Who("device"))},
            )
            try:
                wires.told()
                yield _Hall(wires, (hub, agent.pid))
            finally:
                agent.terminate()
                agent.wait(20)
    finally:
        wires.close()


def _cpu_s(pid: int) -> float:
    """Seconds of processor time that this process has taken. Linux; 0 elsewhere."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
