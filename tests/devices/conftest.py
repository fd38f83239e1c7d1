"""What the device tests share: waiting for a condition, a rack of virtual hardware, and a hub for an agent."""

import random
import socket
import threading
import time

import pytest
import socketio
from werkzeug.serving import WSGIRequestHandler, make_server

from devices import registry
from devices.agent import Agent
from devices.driver import DeviceError, Driver
from devices.rack import Rack

CONFIG = {
    "hall": "小厅",
    "lines": [{"id": "l1", "port": "virtual", "speed": 9600}],
    "devices": [
        {"id": "keypad-1", "kind": "keypad", "driver": "ff68-keypad", "line": "l1", "address": 1},
        {"id": "bar-1", "kind": "bar", "driver": "a090", "line": "l1", "address": 1},
        {"id": "printer-1", "kind": "printer", "driver": "desk-printer", "port": "somewhere"},
    ],
}


class RememberingEar:
    """Remembers all that the devices tell."""

    def __init__(self):
        self.inputs, self.dones, self.begins, self.slips = [], [], [], []

    def input(self, device, event):
        self.inputs.append((device, event))

    def begun(self, job):
        self.begins.append(job.id)

    def done(self, job, ok, error, sentence, detail):
        self.dones.append((job.id, ok, error))

    def slip(self, device, png, lines):
        self.slips.append((device, png, lines))

    def changed(self):
        pass


@pytest.fixture
def until():
    """until(condition): wait for it, at most `limit` seconds, and return what it gave."""

    def wait(condition, limit=8.0, what=""):
        end = time.monotonic() + limit
        while not (result := condition()):
            assert time.monotonic() < end, f"waited {limit} s in vain" + (f": {what}" if what else "")
            threading.Event().wait(0.01)
        return result

    return wait


@pytest.fixture
def ear():
    return RememberingEar()


@pytest.fixture
def racks(tmp_path, ear):
    """racks(lines, devices) starts a rack; all are stopped at the end."""
    started = []

    def start(lines, devices):
        rack = Rack({"lines": lines, "devices": devices}, ear, data_dir=tmp_path, chance=lambda: 0.5)
        started.append(rack)
        rack.start()
        return rack

    yield start
    for rack in started:
        rack.stop()


class QuietHandler(WSGIRequestHandler):
    def log(self, *args):
        """The test says itself what it saw."""


def own_port():
    """A free port below those that the system hands out: it is still free when a hub comes back to it."""
    while True:
        port = random.randrange(20000, 32000)
        with socket.socket() as trial:
            try:
                trial.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port


class Hub:
    """A hub that remembers, and answers `input` and `done` while `talks` is set."""

    def __init__(self, port=0, config=CONFIG):
        self.config, self.sid, self.talks = config, None, threading.Event()
        self.talks.set()
        self.auth, self.inputs, self.dones, self.healths, self.slips = None, [], [], [], []
        self.io = socketio.Server(async_mode="threading")
        for event in ("connect", "input", "done", "health", "slip"):
            self.io.on(event, getattr(self, f"_{event}"), namespace="/agent")
        self.server = make_server(
            "127.0.0.1", port or own_port(), socketio.WSGIApp(self.io), threaded=True, request_handler=QuietHandler
        )
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self):
        """Go away, as a hub that is stopped; a second time does nothing."""
        if self.server is None:
            return
        self.talks.set()
        if self.sid:
            self.io.disconnect(self.sid, namespace="/agent")
        self.server.shutdown()
        self.server.server_close()
        self.server = None

    def _connect(self, sid, environ, auth):
        if auth["token"] != "good":
            raise socketio.exceptions.ConnectionRefusedError("no such token")
        self.auth, self.sid = auth, sid
        self.io.emit("config", self.config, to=sid, namespace="/agent")

    def _input(self, sid, data):
        self.inputs.append(data)
        return self._answer({"status": 200})

    def _done(self, sid, data):
        self.dones.append(data)
        return self._answer({"ok": True})

    def _answer(self, answer):
        self.talks.wait(20)
        return answer

    def _health(self, sid, data):
        self.healths.append({row["id"]: row for row in data["devices"]})

    def _slip(self, sid, data):
        self.slips.append(data)

    def send(self, event, data):
        return self.io.call(event, data, to=self.sid, namespace="/agent", timeout=5)

    def state(self, device):
        return self.healths[-1][device]["state"] if self.healths else None


class DeskPrinter(Driver):
    """A printer that notes on disk what it has printed, can be out of paper, and can take its time."""

    printed, no_paper, gate = [], False, threading.Event()

    def open(self):
        self.gate.set()

    def do(self, job):
        type(self).printed.append(job.data["number"])
        self.gate.wait(5)
        if self.no_paper:
            raise DeviceError("no_paper", "打印纸用完了")
        self.sink.slip(b"\x89PNG", ["A001"])
        return {"cut": True}

    def close(self):
        pass


@pytest.fixture
def desk_printer(monkeypatch):
    DeskPrinter.printed, DeskPrinter.no_paper, DeskPrinter.gate = [], False, threading.Event()
    row = registry.Family("desk-printer", "printer", f"{__name__}:DeskPrinter", "", "port", "supported", "")
    monkeypatch.setattr(registry.Family, "load_driver", _load_with(registry.Family.load_driver))
    rows = {**registry.families(), row.name: row}
    monkeypatch.setattr(registry, "families", lambda: rows)
    return DeskPrinter


def _load_with(load):
    return lambda self: DeskPrinter if self.name == "desk-printer" else load(self)


@pytest.fixture
def hub(desk_printer):
    hub = Hub()
    yield hub
    hub.close()


@pytest.fixture
def agents(tmp_path):
    started = []

    def start(port, token="good"):
        folder = tmp_path / "state"
        agent = Agent(
            f"http://127.0.0.1:{port}", token, "main", state_dir=folder, data_dir=tmp_path, chance=lambda: 0.5
        )
        started.append(agent)
        agent.start()
        return agent

    yield start
    for agent in started:
        agent.stop()


@pytest.fixture
def agent(agents, hub, until):
    agent = agents(hub.port)
    until(lambda: hub.state("bar-1") == "unknown" and hub.state("printer-1") == "ok" and agent.rack.lines["l1"].up)
    return agent
