"""A small hall to speak to: in this process, or as `hall serve` in a process of its own that can be killed."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import requests
import socketio

from caller.config import Config, load
from caller.dispatcher import Dispatcher
from caller.hub import Hub
from caller.journal import Journal
from caller.tokens import Tokens, Who
from caller.web import create_app
from hall.plan import Plan

CONFIG = """\
hall: {name: 大厅, name_en: Hall, recall_spacing_s: 0}
zones:
  - {id: general, letter: A, name: 综合, name_en: General, area: hall}
  - {id: social, letter: B, name: 社保, name_en: Social, floor: 2, area: hall}
queues:
  - {id: tax, zone: general, name: 税务, letters: A}
  - {id: pension, zone: social, name: 养老, letters: B}
services:
  - {id: tax-return, name: 个税申报, name_en: Tax return, queue: tax, materials: [身份证]}
  - {id: tax-card, name: 税卡, queue: tax}
  - {id: pension, name: 养老金, queue: pension}
windows:
  - {id: 1, zone: general, queues: [tax, pension], clerk: "0001"}
  - {id: 2, zone: general, queues: [tax]}
  - {id: 3, zone: social, queues: [pension], clerk: "0003"}
clerks:
  - {staff_no: "0001", name: 王}
  - {staff_no: "0003", name: 李}
kiosks:
  - {id: k, name: 1 号取号机}
  - {id: bare, name: 2 号取号机}
lines:
  - {id: desk, port: virtual}
devices:
  - {id: paper, driver: escpos, port: virtual, kiosk: k}
  - {id: keys, driver: ff68-keypad, line: desk, address: 1, window: 1}
  - {id: stars, driver: ff68-pad, line: desk, address: 33, window: 1}
"""


@dataclass
class Clock:
    """The hall's time, set by the test: `clock.at` is local, "2026-11-22 09:00"."""

    at: str = "2026-11-22 09:00"
    zone: str = "Asia/Shanghai"

    def __call__(self) -> datetime:
        return datetime.fromisoformat(self.at).replace(tzinfo=ZoneInfo(self.zone))


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


@dataclass
class Inside:
    """A hub in this process and an HTTP client of it."""

    hub: Hub
    app: Any
    client: Any

    def token(self, role: str, window: str = "", clerk: str = "") -> str:
        return self.hub.tokens.make(Who(role, window, clerk))

    def ask(self, method: str, path: str, body: Any = None, *, role: str = "", window: str = "", key: str = "") -> Any:
        headers = {"Authorization": f"Bearer {self.token(role, window)}"} if role else {}
        if key:
            headers["Idempotency-Key"] = key
        return self.client.open(f"/api/v1/{path}", method=method, json=body, headers=headers)

    def post(self, path: str, body: Any = None, role: str = "admin", **how: Any) -> Any:
        return self.ask("POST", path, {} if body is None else body, role=role, **how)

    def get(self, path: str, **how: Any) -> Any:
        return self.ask("GET", path, **how)


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


@dataclass
class Served:
    """`hall serve` in a process of its own; `kill` is kill -9, and `start` begins again on the same folder and port."""

    config: Path
    data: Path
    port: int = 0
    process: subprocess.Popen[str] | None = None
    sockets: list[socketio.Client] = field(default_factory=list)
    session: requests.Session = field(default_factory=requests.Session)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, *options: str) -> None:
        command = [sys.executable, "-m", "caller.cli", "serve", "--config", str(self.config), "--data", str(self.data)]
        log = (self.data.parent / "serve.log").open("a")
        self.process = subprocess.Popen(
            [*command, "--port", str(self.port), *(options or ("--no-agent",))],
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        log.close()
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line.startswith("listening on "), (self.data.parent / "serve.log").read_text()
        self.port = int(line.rsplit(":", 1)[1])

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        for client in self.sockets:
            if client.reconnection:
                client.shutdown()
        if self.process and self.process.poll() is None:
            self._end(signal.SIGTERM)

    def _end(self, number: signal.Signals) -> None:
        assert self.process is not None
        self.process.send_signal(number)
        self.process.wait(15)
        assert self.process.stdout is not None
        self.process.stdout.close()

    def token(self, role: str = "admin", window: str = "", clerk: str = "") -> str:
        return Tokens(self.data).make(Who(role, window, clerk))

    def post(self, path: str, body: Any = None, *, token: str = "", key: str = "", **how: Any) -> requests.Response:
        headers = {"Authorization": f"Bearer {token or self.token()}", "Idempotency-Key": key or str(uuid.uuid4())}
        session = how.pop("session", self.session)
        return session.post(f"{self.url}/api/v1/{path}", json=body or {}, headers=headers, timeout=10, **how)

    def socket(self, namespace: str = "/", auth: dict[str, Any] | None = None, **how: Any) -> socketio.Client:
        """A connected client; how={"reconnection": True} for one that comes back by itself."""
        client = socketio.Client(**({"reconnection": False} | how))
        client.seen = Seen(client, namespace)
        client.connect(self.url, auth=auth, namespaces=[namespace], transports=["websocket"], wait_timeout=10)
        client.eio.ws.close = partial(client.eio.ws.close, timeout=0.2)  # it waits 3 s for a farewell otherwise
        self.sockets.append(client)
        return client


class Seen:
    """The views that a socket has been sent, the newest of each last, as a page would keep them."""

    def __init__(self, client: socketio.Client, namespace: str) -> None:
        self.views: list[dict[str, Any]] = []
        self.jobs: list[tuple[str, Any]] = []
        client.on("view", self.views.append, namespace=namespace)
        for event in ("config", "job", "virtual"):
            client.on(event, lambda data, event=event: self.jobs.append((event, data)), namespace=namespace)

    def last(self, view: str, of: str) -> dict[str, Any] | None:
        return next((it for it in reversed(self.views) if (it["view"], it["of"]) == (view, of)), None)


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
