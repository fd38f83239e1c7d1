"""`hall bench`: the hub's speed as ratios to a bare Flask-SocketIO server, and to bare SQLite, in the same run."""

from __future__ import annotations

import json
import platform
import sqlite3
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from caller.bench import wires
from caller.bench.figure import Figure, at
from caller.bench.servers import CLERKS, WINDOWS, Server, bare_process, hall_process
from caller.config.first import init_text
from caller.journal import Journal
from caller.tokens import Tokens, Who
from hall import events as ev

COMMITS = 200
GROUP = 32


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
        with hall_process(config, data) as port:
            hall = Server(port, token)
            hall.open_windows()
            hall_take = hall.takes(rounds)
            hall.takes(rounds + CLERKS * 40)
            hall_next = hall.next_to_screens(clients, rounds)
            view = hall.panel_view()  # as large as those just measured, with all its calls
            hall_rush = hall.rush()
        (data / "view.json").write_text(json.dumps(view), encoding="utf-8")
        with bare_process(data / "view.json") as port:
            bare = Server(port, "")
            bare_take = bare.takes(rounds)
            bare_next = bare.next_to_screens(clients, rounds)
            bare_rush = bare.rush()
            on_wires = wires.figures(data / "wires", port, rounds)
        commits = _commits(data)
    return [
        Figure("take, one after the other", hall_take, bare_take, "acknowledged a second"),
        Figure("next to the last screen, p50", at(hall_next, 0.5), at(bare_next, 0.5), "ms"),
        Figure("next to the last screen, p99", at(hall_next, 0.99), at(bare_next, 0.99), "ms"),
        Figure(f"next, {CLERKS} clerks at once", hall_rush, bare_rush, "acknowledged a second"),
        *commits,
        *on_wires,
    ]


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


def _machine() -> str:
    return f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {platform.machine()}"
