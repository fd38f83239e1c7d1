"""The CUPS of Debian, run by the test on loopback: a slip goes through its raw queue to the virtual printer."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from devices.driver import DeviceError, DeviceSpec, Job
from printers import cups
from printers.cups_driver import CupsPrinter

CUPSD = shutil.which("cupsd") or "/usr/sbin/cupsd"
BACKEND = """#!{python}
import socket, sys
if len(sys.argv) > 1:
    data = (open(sys.argv[6], "rb") if len(sys.argv) > 6 else sys.stdin.buffer).read()
    with socket.create_connection(("127.0.0.1", {port}), 5) as wire:
        wire.sendall(data)
"""


@pytest.fixture
def cupsd(stand: Any, tmp_path: Path) -> Iterator[tuple[str, Any]]:
    """A real cupsd of our own on loopback, with a raw queue `slips` to the virtual printer: (port, far end)."""
    if not Path(CUPSD).exists():
        pytest.skip("cupsd is not installed (Debian: cups-daemon)")
    far = stand()
    far.driver.close()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    for folder in ("etc", "spool/tmp", "cache", "run/certs", "bin/backend", "log"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "bin/daemon").symlink_to("/usr/lib/cups/daemon")  # cups-exec, which starts a backend
    backend = tmp_path / "bin/backend/hallwire"
    backend.write_text(BACKEND.format(python=sys.executable, port=far.far.address.rsplit(":", 1)[1]))
    backend.chmod(0o700)
    user = "root" if os.getuid() == 0 else os.environ.get("USER", "nobody")
    files = f"""ServerRoot {tmp_path}/etc
RequestRoot {tmp_path}/spool
TempDir {tmp_path}/spool/tmp
CacheDir {tmp_path}/cache
StateDir {tmp_path}/run
ServerKeychain {tmp_path}/run/certs
ServerBin {tmp_path}/bin
AccessLog {tmp_path}/log/access
ErrorLog {tmp_path}/log/error
PageLog {tmp_path}/log/page
"""
    files += "" if user == "root" else f"User {user}\n"
    (tmp_path / "etc/cups-files.conf").write_text(files)
    (tmp_path / "etc/cupsd.conf").write_text(
        f"Listen 127.0.0.1:{port}\nBrowsing No\nWebInterface No\nDefaultAuthType None\nLogLevel debug\n"
        "<Location />\nOrder allow,deny\nAllow all\n</Location>\n"
        "<Policy default>\n<Limit All>\nOrder deny,allow\nAllow all\n</Limit>\n</Policy>\n"
    )
    (tmp_path / "etc/printers.conf").write_text(
        "<DefaultPrinter slips>\nDeviceURI hallwire:/\nState Idle\nAccepting Yes\n</DefaultPrinter>\n"
    )
    process = subprocess.Popen(
        [CUPSD, "-f", "-c", f"{tmp_path}/etc/cupsd.conf", "-s", f"{tmp_path}/etc/cups-files.conf"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    limit = time.monotonic() + 15
    while time.monotonic() < limit and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            break
        except OSError:
            time.sleep(0.02)
    if process.poll() is not None:
        log = tmp_path / "log/error"
        pytest.skip(f"cupsd does not run here: {log.read_text()[-300:] if log.exists() else process.returncode}")
    yield f"ipp://127.0.0.1:{port}/printers/slips", far.far
    process.terminate()
    process.wait(10)


def test_a_slip_through_a_real_cupsd_comes_out_whole(cupsd: Any, stand: Any, slip_data: Any) -> None:
    """Debian's cupsd, a raw queue, the virtual printer behind it: the bytes are ours, the end is CUPS's own word."""
    port, far = cupsd
    spec = DeviceSpec("c", "printer", "escpos-cups", port=port, options={"believe_cups": True, "mode": "native"})
    it = CupsPrinter(spec, stand().ear)
    it.open()
    assert it.state_when_open == "ok"
    assert it.do(Job("1", "c", "print", slip_data))["job"] == 1
    limit = time.monotonic() + 10
    while not far.slips and time.monotonic() < limit:
        time.sleep(0.01)  # completed is the queue's word: the last bytes may still be on their way
    assert len(far.slips) == 1 and far.errors == []
    with pytest.raises(DeviceError, match="没有打印队列"):
        cups.Queue(port + "-not").state()
