"""The baseline of the wires: a press is echoed, asked of a bare server, and its text written at the same pace."""

from __future__ import annotations

import os
import pty
import threading
import time
import tty

from caller.bench.wire import Wire
from devices import ff68
from devices.opening import open_port
from devices.turns import BITS, GAP_S
from displays.bars import a090

SPEED = 9600
PAUSE_S = 0.15
"""Between a text and the next press, so that the text has left the wire."""

PRESS = ff68.encode(ff68.Frame(1, ff68.KEY, b"\x0c"))
TEXT = a090.encode(a090.show(1, "请A001到1号窗口", "red"))


def presses(server: Wire, rounds: int) -> list[float]:
    """Milliseconds from the press to the last byte of the text, sorted. `server` is a bare one."""
    far, near = pty.openpty()
    tty.setraw(near)
    port = open_port(os.ttyname(near), SPEED)

    def answer() -> None:
        for _ in range(rounds):
            heard = b""
            while len(heard) < len(PRESS):
                heard += port.read(1) + port.read(port.in_waiting)
            port.write(heard)
            clear_at = time.monotonic() + len(heard) * BITS / SPEED + GAP_S
            server.call("next", {"window": "1"})
            time.sleep(max(0.0, clear_at - time.monotonic()))
            port.write(TEXT)

    agent = threading.Thread(target=answer, daemon=True)
    agent.start()
    times = []
    for _ in range(rounds):
        pressed = time.perf_counter()
        os.write(far, PRESS)
        seen = b""
        while not seen.endswith(TEXT):
            seen += os.read(far, 1024)
        times.append((time.perf_counter() - pressed) * 1000)
        time.sleep(PAUSE_S)
    agent.join()
    port.close()
    os.close(far)
    os.close(near)
    return sorted(times)
