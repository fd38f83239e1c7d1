"""A network port of loopback, with a virtual printer behind it: one connection at a time, as real printers have it."""

from __future__ import annotations

import select
import socket
import threading
from contextlib import suppress
from typing import Any

from devices.virtual import TICK_S, FarEnd


class TcpWire:
    """The same to its far end as `devices.virtual.VirtualWire`; `address` stays the same over unplug and plug."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._end: FarEnd | None = None
        self._port = 0
        self._listener: socket.socket | None = None
        self._talk: socket.socket | None = None
        self._closing = False
        self._wake_near, self._wake_far = socket.socketpair()
        self.plug()
        self._thread = threading.Thread(target=self._run, name=f"printer {self.address}", daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        return f"tcp://127.0.0.1:{self._port}"

    @property
    def plugged(self) -> bool:
        return self._listener is not None

    def attach(self, end: Any) -> None:
        end.wire = self
        self._end = end

    def plug(self) -> None:
        with self._lock:
            if self._listener is not None:
                return
            listener = socket.socket()
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(("127.0.0.1", self._port))
            listener.listen(1)
            self._port = listener.getsockname()[1]
            self._listener = listener
        self._wake()

    def unplug(self) -> None:
        """The port refuses, the open connection breaks."""
        with self._lock:
            for end in (self._listener, self._talk):
                if end is not None:
                    # a shut socket is readable, so the thread that selects on it lets go by itself
                    with suppress(OSError):
                        end.shutdown(socket.SHUT_RDWR)
                    end.close()
            self._listener = self._talk = None
        self._wake()

    def close(self) -> None:
        self._closing = True
        self.unplug()
        self._thread.join(2)
        self._wake_near.close()
        self._wake_far.close()

    def say(self, data: bytes) -> None:
        with self._lock:
            if self._talk is not None:
                with suppress(OSError):
                    self._talk.sendall(data)

    def _run(self) -> None:
        while not self._closing:
            with self._lock:
                listener, talk = self._listener, self._talk
            watched = [self._wake_far] + [end for end in (talk or listener,) if end is not None]
            try:
                ready = select.select(watched, [], [], TICK_S)[0]
            except (OSError, ValueError):
                continue  # unplugged between the look and the select
            if self._wake_far in ready:
                self._wake_far.recv(4096)
            if talk is not None and talk in ready:
                self._hear(talk)
            elif talk is None and listener is not None and listener in ready:
                with suppress(OSError), self._lock:
                    if listener is self._listener:
                        self._talk, _ = listener.accept()

    def _hear(self, talk: socket.socket) -> None:
        try:
            heard = talk.recv(65536)
        except OSError:
            heard = b""
        if heard and self._end is not None:
            self._end.hear(heard)
        elif not heard:
            with self._lock:
                talk.close()
                if self._talk is talk:
                    self._talk = None

    def _wake(self) -> None:
        with suppress(OSError):
            self._wake_near.send(b".")
