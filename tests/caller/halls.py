"""The small hall of these tests: its config and clock, and how to speak to it in this process or as `hall serve`."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import uuid
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import requests
import socketio

from caller.hub import Hub
from caller.tokens import Tokens, Who

CONFIG = """\
hall: {name: 大厅, name_en: Hall, recall_spacing_s: 0}
zones:
  - {id: general, letter: A, name: 综合, name_en: General, area: hall}
  - {id: social, letter: B, name: 社保, name_en: Social, floor: 2, area: hall}
queues:
  - id: tax
    zone: general
    name: 税务
    letters: A
    booked_letters: AY
    bookings: {capacity: 5, minutes: 10, begins: "00:00", ends: "23:59"}
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


def problem(answer: Any, status: int, code: str) -> dict[str, Any]:
    """The answer's body, after a look that it is an RFC 9457 problem with this status and code, and sentences."""
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")
    body = json.loads(answer.data)
    assert (body["status"], body["code"]) == (status, code)
    assert body["detail"] and body["detail_en"] and body["type"]
    assert body["title"] == HTTPStatus(status).phrase, "RFC 9457, 4.2.1"
    return body
