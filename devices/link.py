"""The agent's link to the hub: one Socket.IO connection, made again for as long as the agent lives."""

from __future__ import annotations

import functools
import queue
import random
import threading
from collections.abc import Callable, Mapping
from typing import Any

import engineio
import socketio
import structlog

from devices.pauses import Pauses

NAMESPACE = "/agent"
CONNECT_S = 5
FAREWELL_S = 0.3

log = structlog.get_logger(__name__)


class _EndingQueue(queue.Queue):
    """Says its end (None) twice. engineio's writer, when the end comes together with last packets, takes it with them
    and then waits half a minute for another; its reader waits for the writer, and we would wait for both."""

    def put(self, item: Any, block: bool = True, timeout: float | None = None) -> None:
        super().put(item, block, timeout)
        if item is None:
            super().put(item, block, timeout)


class _InOrder(engineio.Client):
    """Hands messages on in the order in which they came. The original starts a thread for each, so that a job may
    overtake the config before it, and an old text the new one."""

    def create_queue(self, *args: Any, **kwargs: Any) -> _EndingQueue:
        return _EndingQueue(*args, **kwargs)

    def _trigger_event(self, event: str, *args: Any, **kwargs: Any) -> Any:
        return super()._trigger_event(event, *args, **{**kwargs, "run_async": False})

    def disconnect(self, abort: bool = False, reason: Any = None) -> None:
        # told by the hub to go, the reading thread itself comes here: it must not wait for its own end
        abort = abort or threading.current_thread() is self.read_loop_task
        if self.ws is not None:  # it would wait three seconds for a farewell that a server in its own end never says
            self.ws.close = functools.partial(self.ws.close, timeout=FAREWELL_S)
        super().disconnect(abort, reason)


class _Client(socketio.Client):
    def _engineio_client_class(self) -> type[engineio.Client]:
        return _InOrder


def _first(handler: Callable[[Any], Any], *said: Any) -> Any:
    """An event may come with nothing, or more than is understood here."""
    return handler(said[0] if said else None)


class Link:
    """A connection that comes back by itself, with growing pauses; said once in the log when lost, once when back.

    `handlers` are called in the socket's thread, by event, and return the acknowledgement at once. `connected` is
    called on every connection.
    """

    def __init__(
        self,
        server: str,
        auth: Mapping[str, str],
        handlers: Mapping[str, Callable[[Any], Any]],
        connected: Callable[[], None],
        chance: Callable[[], float] = random.random,
    ) -> None:
        self.server = server
        self._auth = dict(auth)
        self._handlers = handlers
        self._connected = connected
        self._pauses = Pauses(0.2, 5.0, chance)
        self._client: socketio.Client | None = None
        self._gone = threading.Event()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="agent link", daemon=True)

    @property
    def up(self) -> bool:
        return self._client is not None

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Say good-bye and end the thread."""
        self._stop.set()
        self._gone.set()  # its own thread disconnects: two at once take the end of the queue from each other
        if self._thread.is_alive():
            self._thread.join(CONNECT_S + 2)

    def emit(self, event: str, data: Any, answered: Callable[..., None] | None = None) -> bool:
        """Send, and call `answered` when the hub has answered. False, and nothing sent, when the hub is not there."""
        client = self._client
        if client is None:
            return False
        try:
            client.emit(event, data, namespace=NAMESPACE, callback=answered)
        except socketio.exceptions.SocketIOError:
            return False
        return True

    def _run(self) -> None:
        told_lost = False
        while not self._stop.is_set():
            self._gone = threading.Event()
            client = self._new_client(self._gone)
            try:
                client.connect(
                    self.server,
                    auth=self._auth,
                    namespaces=[NAMESPACE],
                    transports=["websocket"],
                    wait_timeout=CONNECT_S,
                )
            except Exception as problem:  # refused, no route, no such host, not a hub: all mean later
                if not told_lost:
                    log.warning("the hub is not there", server=self.server, error=str(problem))
                told_lost = True
            else:
                log.info("connected to the hub", server=self.server, agent=self._auth.get("agent"))
                told_lost = False
                self._pauses.reset()
                self._client = client
                self._connected()
                if not self._stop.is_set():
                    self._gone.wait()
                self._client = None
                if not self._stop.is_set():
                    log.warning("the hub is gone", server=self.server)
                    told_lost = True
            client.disconnect()
            self._stop.wait(self._pauses.next())

    def _new_client(self, gone: threading.Event) -> socketio.Client:
        """A client that sets `gone` when its link has ended. Its own reconnecting is off: ours covers the start too."""
        client = _Client(reconnection=False, handle_sigint=False)
        client.on("disconnect", lambda *_: gone.set(), namespace=NAMESPACE)
        for event, handler in self._handlers.items():
            client.on(event, functools.partial(_first, handler), namespace=NAMESPACE)
        return client
