"""The bench's client: Socket.IO 5 over a WebSocket, spoken by hand so that it costs the same on both sides."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from typing import Any

import websocket

TIMEOUT_S = 20.0


class Wire:
    """One page: `call` waits for its acknowledgement; `on_view` gets each view with the moment it arrived."""

    def __init__(
        self, port: int, token: str = "", on_view: Callable[[dict[str, Any], float], None] = lambda data, at: None
    ) -> None:
        self._ws = websocket.create_connection(
            f"ws://127.0.0.1:{port}/socket.io/?EIO=4&transport=websocket", timeout=TIMEOUT_S
        )
        self._ws.recv()
        self._ws.send("40" + json.dumps({"token": token}))
        opened = self._ws.recv()
        if not opened.startswith("40"):
            raise ConnectionError(f"the server refused the bench's page: {opened[:200]}")
        self._on_view = on_view
        self._answers: dict[int, Any] = {}
        self._waiting: dict[int, threading.Event] = {}
        self._count = 0
        threading.Thread(target=self._read, daemon=True).start()

    def call(self, event: str, body: dict[str, Any]) -> Any:
        """Emit and wait for the acknowledgement. Raises TimeoutError."""
        self._count += 1
        number, done = self._count, threading.Event()
        self._waiting[number] = done
        self._ws.send(f"42{number}" + json.dumps([event, body]))
        if not done.wait(TIMEOUT_S):
            raise TimeoutError(event)
        return self._answers.pop(number)

    def close(self) -> None:
        """Hang up at once: a polite closing handshake would cost seconds for each page."""
        self._ws.shutdown()

    def _read(self) -> None:
        while True:
            try:
                packet = self._ws.recv()
            except (websocket.WebSocketException, OSError):
                return
            at = time.perf_counter()
            if packet == "2":
                self._ws.send("3")
            elif packet.startswith("42"):
                self._on_view(json.loads(packet[2:])[1], at)
            elif packet.startswith("43"):
                bracket = packet.index("[")
                number = int(packet[2:bracket])
                (self._answers[number],) = json.loads(packet[bracket:]) or (None,)
                self._waiting.pop(number).set()
