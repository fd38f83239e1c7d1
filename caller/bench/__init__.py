"""`hall bench`: the hub's speed as ratios to a bare Flask-SocketIO server, and to bare SQLite, in the same run."""

from __future__ import annotations

import contextlib
import json
import platform
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from caller.bench.wire import Wire
from caller.config.first import init_text
from caller.journal import Journal
from caller.tokens import Tokens, Who
from hall import events as ev

WINDOWS = 24
CLERKS = 24
COMMITS = 200
GROUP = 32
SCREEN_S = 20.0


@dataclass(frozen=True)
class Figure:
    """What was measured; `ratio` is hall / bare, for rates (`unit` per second) as for times (ms)."""

    name: str
    hall: float
    bare: float
    unit: str

    @property
    def ratio(self) -> float:
        return self.hall / self.bare if self.bare else float("nan")


def bench(*, clients: int, rounds: int, as_json: bool) -> list[Figure]:
    """Measure and print. `clients` pages watch the hall's panel; `rounds` calls are timed."""
    figures = run(clients, rounds)
    if as_json:
        told = [{**vars(f), "ratio": round(f.ratio, 3)} for f in figures]
        print(json.dumps({"machine": _machine(), "clients": clients, "rounds": rounds, "figures": told}, indent=2))
    else:
        print(f"{_machine()}; {clients} pages watch, {rounds} rounds")
        print(f"{'':<44}{'hall':>12}{'bare':>12}{'ratio':>9}")
        for f in figures:
            print(f"{f.name:<44}{f.hall:>12,.1f}{f.bare:>12,.1f}{f.ratio:>9.2f}  {f.unit}")
    return figures


def run(clients: int, rounds: int) -> list[Figure]:
    """All figures."""
    with tempfile.TemporaryDirectory(prefix="hall-bench-") as folder:
        data = Path(folder)
        config = data / "hall_config.yaml"
        config.write_text(init_text(1, WINDOWS, 8), encoding="utf-8")
        token = Tokens(data).make(Who("supervisor"))
        with _hall(config, data) as port:
            hall = _Server(port, token)
            hall.open_windows()
            hall_take = hall.takes(rounds)
            hall.takes(rounds + CLERKS * 40)
            hall_next = hall.next_to_screens(clients, rounds)
            view = hall.panel_view()  # as large as those just measured, with all its calls
            hall_rush = hall.rush()
        (data / "view.json").write_text(json.dumps(view), encoding="utf-8")
        with _bare(data / "view.json") as port:
            bare = _Server(port, "")
            bare_take = bare.takes(rounds)
            bare_next = bare.next_to_screens(clients, rounds)
            bare_rush = bare.rush()
        commits = _commits(data)
    return [
        Figure("take, one after the other", hall_take, bare_take, "acknowledged a second"),
        Figure("next to the last screen, p50", _at(hall_next, 0.5), _at(bare_next, 0.5), "ms"),
        Figure("next to the last screen, p99", _at(hall_next, 0.99), _at(bare_next, 0.99), "ms"),
        Figure(f"next, {CLERKS} clerks at once", hall_rush, bare_rush, "acknowledged a second"),
        *commits,
    ]


class _Server:
    """Either server, through the same wires."""

    def __init__(self, port: int, token: str) -> None:
        self._port = port
        self._token = token
        self._wire = Wire(port, token)
        self._news = threading.Condition()
        self._service = "service-1"

    def open_windows(self) -> None:
        for window in range(1, WINDOWS + 1):
            self._wire.call("open", {"window": str(window)})
        import urllib.request

        with urllib.request.urlopen(f"http://127.0.0.1:{self._port}/api/v1/services") as answer:
            self._service = json.load(answer)[0]["id"]

    def takes(self, rounds: int) -> float:
        """Numbers taken a second, each acknowledged before the next."""
        began = time.perf_counter()
        for _ in range(rounds):
            answer = self._wire.call("take", {"service": self._service, "id": str(uuid.uuid4())})
            if answer["status"] >= 400:
                raise RuntimeError(f"the bench could not take a number: {answer}")
        return rounds / (time.perf_counter() - began)

    def panel_view(self) -> dict[str, Any]:
        got: list[dict[str, Any]] = []

        def keep(view: dict[str, Any], at: float) -> None:
            with self._news:
                got.append(view)
                self._news.notify()

        wire = Wire(self._port, on_view=keep)
        wire.call("watch", {"view": "panel", "of": "hall"})
        self._until(lambda: bool(got))
        wire.close()
        return got[0]

    def next_to_screens(self, clients: int, rounds: int) -> list[float]:
        """Milliseconds from the press to the last of the screens, sorted."""
        arrived: dict[int, dict[int, float]] = {}

        def seen_by(page: int) -> Callable[[dict[str, Any], float], None]:
            def on_view(view: dict[str, Any], at: float) -> None:
                calls = view["data"]["calls"]
                if calls:
                    with self._news:
                        seen = arrived.setdefault(calls[0]["call"], {})
                        seen.setdefault(page, at)
                        if len(seen) == clients:
                            self._news.notify()

            return on_view

        pages = [Wire(self._port, on_view=seen_by(page)) for page in range(clients)]
        for page in pages:
            page.call("watch", {"view": "panel", "of": "hall"})
        before = max(arrived, default=0)
        times = []
        for n in range(rounds):
            pressed = time.perf_counter()
            answer = self._wire.call("next", {"window": str(n % WINDOWS + 1), "id": str(uuid.uuid4())})
            if answer["status"] >= 400:
                raise RuntimeError(f"the bench could not call: {answer}")
            call = before + n + 1
            self._until(lambda call=call: len(arrived.get(call, ())) == clients)
            times.append((max(arrived[call].values()) - pressed) * 1000)
        for page in pages:
            page.close()
        return sorted(times)

    def _until(self, holds: Callable[[], bool]) -> None:
        with self._news:
            if not self._news.wait_for(holds, SCREEN_S):
                raise TimeoutError("a screen did not get its view")

    def rush(self, each: int = 30) -> float:
        """Acknowledged presses a second with CLERKS pressing as fast as they are answered."""
        wires = [Wire(self._port, self._token) for _ in range(CLERKS)]

        def press(number: int, wire: Wire) -> None:
            for _ in range(each):
                wire.call("next", {"window": str(number % WINDOWS + 1), "id": str(uuid.uuid4())})

        threads = [threading.Thread(target=press, args=pair) for pair in enumerate(wires)]
        began = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        rate = CLERKS * each / (time.perf_counter() - began)
        for wire in wires:
            wire.close()
        return rate


def _commits(data: Path) -> list[Figure]:
    """Durable commits a second: the journal's, one event each and GROUP together, beside a bare insert and commit."""
    bare = sqlite3.connect(data / "bare.db", isolation_level=None)
    bare.execute("pragma journal_mode=wal")
    bare.execute("pragma synchronous=full")
    bare.execute("create table events (seq integer primary key, data text)")

    def plain() -> None:
        bare.execute("begin immediate")
        bare.execute("insert into events (data) values (?)", ["x" * 200])
        bare.execute("commit")

    journal = Journal(data / "bench.db")
    event = ev.ServiceStarted(at=datetime.now(UTC), actor="bench", number="A001", window="1")
    plain_rate = _rate(plain)
    one = _rate(lambda: journal.append("2026-01-01", [event], [], []))
    many = _rate(lambda: journal.append("2026-01-01", [event] * GROUP, [], [])) * GROUP
    journal.close()
    bare.close()
    return [
        Figure("commits, one event each", one, plain_rate, "a second"),
        Figure(f"events, {GROUP} in a commit", many, plain_rate, "a second"),
    ]


def _rate(act: Callable[[], Any]) -> float:
    began = time.perf_counter()
    for _ in range(COMMITS):
        act()
    return COMMITS / (time.perf_counter() - began)


def _at(times: list[float], share: float) -> float:
    return times[min(len(times) - 1, int(len(times) * share))]


@contextlib.contextmanager
def _hall(config: Path, data: Path) -> Iterator[int]:
    command = [sys.executable, "-m", "caller.cli", "serve", "--no-agent", "--port", "0"]
    with _process([*command, "--config", str(config), "--data", str(data)]) as line:
        yield int(line.rsplit(":", 1)[1])


@contextlib.contextmanager
def _bare(view: Path) -> Iterator[int]:
    with _process([sys.executable, "-m", "caller.bench.bare", str(view)]) as line:
        yield int(line)


@contextlib.contextmanager
def _process(command: list[str]) -> Iterator[str]:
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        line = process.stdout.readline().strip()
        if not line:
            raise RuntimeError(f"{' '.join(command[2:4])} did not start")
        yield line
    finally:
        process.terminate()
        process.wait(10)


def _machine() -> str:
    return f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {platform.machine()}"
