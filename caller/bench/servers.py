"""The two servers of the bench, each in a process of its own, and what a hall does with either of them."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from caller.bench.wire import Wire

WINDOWS = 24
CLERKS = 24
SCREEN_S = 20.0


class Server:
    """Either server, through the same wires."""

    def __init__(self, port: int, token: str, windows: int = WINDOWS) -> None:
        self._windows = windows
        self._port = port
        self._token = token
        self._wire = Wire(port, token)
        self._news = threading.Condition()
        self.services = ["service-1"]

    def open_windows(self) -> None:
        for window in range(1, self._windows + 1):
            self._wire.call("open", {"window": str(window)})
        import urllib.request

        with urllib.request.urlopen(f"http://127.0.0.1:{self._port}/api/v1/services") as answer:
            self.services = [service["id"] for service in json.load(answer)]

    def takes(self, rounds: int, service: int = 0) -> float:
        """Numbers taken a second, each acknowledged before the next."""
        began = time.perf_counter()
        for _ in range(rounds):
            answer = self._wire.call("take", {"service": self.services[service], "id": str(uuid.uuid4())})
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
            answer = self._wire.call("next", {"window": str(n % self._windows + 1), "id": str(uuid.uuid4())})
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
                wire.call("next", {"window": str(number % self._windows + 1), "id": str(uuid.uuid4())})

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


@contextlib.contextmanager
def hall_process(config: Path, data: Path) -> Iterator[int]:
    command = [sys.executable, "-m", "caller.cli", "serve", "--no-agent", "--port", "0"]
    with process([*command, "--config", str(config), "--data", str(data)]) as (line, _):
        yield int(line.rsplit(":", 1)[1])


@contextlib.contextmanager
def bare_process(view: Path) -> Iterator[int]:
    with process([sys.executable, "-m", "caller.bench.bare", str(view)]) as (line, _):
        yield int(line)


@contextlib.contextmanager
def process(command: list[str]) -> Iterator[tuple[str, int]]:
    """Its first line on stdout, and its process id. It is ended at the end."""
    running = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert running.stdout
        line = running.stdout.readline().strip()
        if not line:
            raise RuntimeError(f"{' '.join(command[2:4])} did not start")
        yield line, running.pid
    finally:
        running.terminate()
        running.wait(10)
