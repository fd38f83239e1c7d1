"""A serial server in the test: the far end of a line, which can be cut at any byte or stop taking any."""

import select
import socket
import struct
import threading
import time
from contextlib import suppress

from devices.driver import DeviceSpec
from devices.virtual import TICK_S

RST = struct.pack("ii", 1, 0)
"""SO_LINGER: closing is a reset, as when a box loses its power and comes up again."""


class Nobody:
    """A far end's sink: the test looks at the far end itself."""

    def far(self, **seen):
        pass


def far_end(kind, address=1):
    """A virtual device for a wire that is not a rack's own."""
    return kind(DeviceSpec("far", "", "", address=address), Nobody())


class TcpWire:
    """A far end's wire behind `port`, one connection at a time.

    `hears` and `says`: after so many bytes more in that direction the connection is reset, once. `stuck`: nothing is
    taken out of the connections made while it is set.
    """

    def __init__(self, *ends):
        self.ends, self.hears, self.says, self.stuck, self.breaks = ends, None, None, False, 0
        self._lock, self._open, self._over = threading.RLock(), None, False
        self._listening = socket.socket()
        self._listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        self._listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 8192)
        self._listening.bind(("127.0.0.1", 0))
        self._listening.listen()
        self.port = f"socket://127.0.0.1:{self._listening.getsockname()[1]}"
        for end in ends:
            end.wire = self
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def say(self, data):
        with self._lock:
            if self._open is None:
                return
            left, self.says = self.says, None
            with suppress(OSError):
                self._open.sendall(data[:left])
            if left is not None:
                time.sleep(0.02)  # the bytes arrive before the reset, which would overtake them
                self.cut()

    def wake(self):
        pass

    def cut(self):
        """Reset the connection; the next one is taken."""
        with self._lock:
            if self._open is not None:
                self._open.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RST)
                self._open.close()
                self._open = None
                self.breaks += 1

    def close(self):
        self._over = True
        self._thread.join(5)
        self.cut()
        self._listening.close()

    def _run(self):
        while not self._over:
            with self._lock:
                taken = self._open
            watched = [self._listening] if taken is None else [] if self.stuck else [taken]
            ready = select.select(watched, [], [], TICK_S)[0]
            if taken is None and ready:
                with self._lock:
                    self._open = self._listening.accept()[0]
            elif ready:
                self._hear(taken)
            for end in self.ends:
                end.tick(time.monotonic())

    def _hear(self, taken):
        with self._lock:
            data = b""
            with suppress(OSError):
                data = taken.recv(4096)
            if taken is not self._open:
                return
            if not data:
                self._open = None
                taken.close()
                return
            left = self.hears
            if left is not None and len(data) >= left:
                data, self.hears = data[:left], None
            for end in self.ends:
                end.hear(data)
            if left is not None and self.hears is None:
                self.cut()
