"""The small hall as fixtures: in this process, or as `hall serve` in a process of its own that can be killed."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from caller.config import Config, load
from caller.dispatcher import Dispatcher
from caller.hub import Hub
from caller.journal import Journal
from caller.web import create_app
from hall.plan import Plan

from .halls import CONFIG, Clock, Inside, Served
from .site import Site


@pytest.fixture
def until() -> Callable[..., Any]:
    """until(holds): wait for the world; gives what `holds` gave."""

    def wait(holds: Callable[[], Any], seconds: float = 15) -> Any:
        limit = time.monotonic() + seconds
        while not (found := holds()):
            assert time.monotonic() < limit, f"it did not come about in {seconds} s"
            time.sleep(0.01)
        return found

    return wait


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def config_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("config") / "hall_config.yaml"
    file.write_text(CONFIG, encoding="utf-8")
    return file


@pytest.fixture(scope="session")
def config(config_file: Path) -> Config:
    return load(config_file)


@pytest.fixture(scope="session")
def plan(config: Config) -> Plan:
    return config.plan()


@pytest.fixture
def door(plan: Plan, tmp_path: Path, clock: Clock) -> Iterator[Callable[..., Dispatcher]]:
    """door(): a dispatcher over hall.db in the test's folder, started; again: as after a restart."""
    opened: list[Dispatcher] = []

    def make(**how: Any) -> Dispatcher:
        made = Dispatcher(how.pop("plan", plan), Journal(tmp_path / "hall.db", **how), clock)
        made.start()
        opened.append(made)
        return made

    yield make
    for dispatcher in opened:
        dispatcher.stop()


@pytest.fixture
def hub_in(clock: Clock) -> Iterator[Callable[..., Inside]]:
    """hub_in(config, folder): a running hub without agent and without a port."""
    running: list[Hub] = []

    def make(config: Config, data: Path, **how: Any) -> Inside:
        hub = Hub(config, data, clock=clock, **how)
        app = create_app(hub)
        hub.start()
        running.append(hub)
        return Inside(hub, app, app.test_client())

    yield make
    for hub in running:
        hub.stop()


@pytest.fixture
def inside(hub_in: Callable[..., Inside], config: Config, tmp_path: Path) -> Inside:
    return hub_in(config, tmp_path)


@pytest.fixture(scope="session")
def served_config(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same hall; its day begins twelve hours from now, so that no test runs into it."""
    begins = datetime.now(ZoneInfo("Asia/Shanghai")) + timedelta(hours=12)
    file = tmp_path_factory.mktemp("served") / "hall_config.yaml"
    text = CONFIG.replace("hall: {", f"hall: {{day_starts: '{begins:%H:%M}', ")
    file.write_text(text, encoding="utf-8")
    return file


@pytest.fixture
def serve_in(served_config: Path) -> Iterator[Callable[..., Served]]:
    """serve_in(folder): a hall in a process of its own."""
    halls: list[Served] = []

    def make(data: Path) -> Served:
        hall = Served(served_config, data)
        hall.start()
        halls.append(hall)
        return hall

    yield make
    for hall in halls:
        hall.stop()


@pytest.fixture(scope="module")
def served(served_config: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One hall for all tests of a module: its windows stand as the tests before left them."""
    hall = Served(served_config, tmp_path_factory.mktemp("hall") / "data")
    hall.start()
    yield hall
    hall.stop()


@pytest.fixture
def site(served_config: Path, tmp_path: Path) -> Iterator[Site]:
    """A hall, wired: start it, then pull plugs."""
    made = Site(served_config, tmp_path / "data")
    yield made
    made.close()


@pytest.fixture
def hall_command() -> Callable[..., subprocess.CompletedProcess[str]]:
    """hall_command("check", "--config", …): as typed in a terminal."""

    def run(*words: str | Path, **how: Any) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "caller.cli", *map(str, words)]
        return subprocess.run(command, capture_output=True, text=True, timeout=60, **how)

    return run


@pytest.fixture
def taken_port() -> Iterator[int]:
    """A port that somebody else has."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


@pytest.fixture
def at_once() -> Callable[..., list[Any]]:
    """at_once(n, do): do(0) … do(n - 1) from n threads that all begin together; what each gave, in order."""

    def run(n: int, do: Callable[[int], Any]) -> list[Any]:
        gate = threading.Barrier(n)
        given: list[Any] = [None] * n

        def one(i: int) -> None:
            gate.wait()
            try:
                given[i] = do(i)
            except BaseException as error:
                given[i] = error

        threads = [threading.Thread(target=one, args=(i,)) for i in range(n)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        for it in given:
            if isinstance(it, BaseException):
                raise it
        return given

    return run
