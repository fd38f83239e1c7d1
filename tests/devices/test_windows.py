"""A window PC runs Windows: the agent starts there, with every driver, and needs nothing that only Linux has."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from devices import ff68

WINDOWS = Path(__file__).parent / "windows.py"
NEXT = ff68.encode(ff68.Frame(1, ff68.KEY, b"\x0c"))


@pytest.fixture
def window_pc(tmp_path):
    """window_pc("agent", …): the command `hall` in a process that is as Windows is to our code."""
    started = []

    def run(*words):
        command = [sys.executable, str(WINDOWS), *words, "--data", str(tmp_path)]
        with (tmp_path / "log").open("w") as log:
            process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                env={"PYTHONPATH": str(WINDOWS.parents[2]), "HALL_TOKEN": "good", "PATH": ""},
            )
        started.append(process)
        process.log = tmp_path / "log"
        return process

    yield run
    for process in started:
        process.kill()
        process.wait()
        process.stdin.close()


@pytest.fixture
def serial_server():
    """A serial server's TCP port, as an agent on Windows or Linux opens it."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(30)
        yield server


def test_an_agent_on_a_window_pc_drives_its_keypad_and_says_what_cannot_be_there(hub, window_pc, serial_server, until):
    """The keypad behind a serial server works; the virtual line, which Windows has not, is a fault with a sentence."""
    port = serial_server.getsockname()[1]
    hub.config = {
        "hall": "小厅",
        "lines": [
            {"id": "moxa", "port": f"socket://127.0.0.1:{port}", "speed": 9600},
            {"id": "no-line", "port": "virtual", "speed": 9600},
        ],
        "devices": [
            {"id": "keypad-1", "kind": "keypad", "driver": "ff68-keypad", "line": "moxa", "address": 1},
            {"id": "keypad-2", "kind": "keypad", "driver": "ff68-keypad", "line": "no-line", "address": 1},
            {"id": "bar-3", "kind": "bar", "driver": "a090", "port": "virtual", "address": 1},
        ],
    }
    agent = window_pc("agent", "--server", f"http://127.0.0.1:{hub.port}", "--until-stdin-closes")
    try:
        connection, _ = serial_server.accept()
    except TimeoutError:
        pytest.fail(agent.log.read_text())
    until(lambda: hub.healths and hub.state("keypad-1") != "lost", limit=30)
    connection.sendall(NEXT)
    until(lambda: hub.inputs, limit=30)
    assert hub.inputs[0]["event"] == {"kind": "key", "key": "next", "digits": ""}
    until(lambda: hub.state("keypad-1") == "ok")
    for device in ("keypad-2", "bar-3"):
        row = hub.healths[-1][device]
        assert (row["state"], row["error"]) == ("fault", "虚拟串口只能在 Linux 或 macOS 上使用")
    assert "every driver can be loaded" in agent.log.read_text()
    agent.stdin.close()
    assert agent.wait(20) is not None
    connection.close()
