"""Lines behind a serial server, with Debian's ser2net as a real one: raw TCP and RFC 2217, killed and started again."""

import shutil
import socket
import subprocess

import pytest
from structlog.testing import capture_logs

from caller.virtual_keypad import VirtualKeypad
from devices.driver import DeviceSpec, Job
from devices.virtual import VirtualWire
from displays.bars.a090_bar import VirtualA090

from .conftest import own_port

KEYPAD = {"id": "keypad-1", "kind": "keypad", "driver": "ff68-keypad", "line": "l1", "address": 1}
BAR = {"id": "bar-1", "kind": "bar", "driver": "a090", "line": "l1", "address": 1}


class Nobody:
    """A far end's sink: the test looks at the far end itself."""

    def far(self, **seen):
        pass


@pytest.fixture
def devices_far_away():
    """A wire with a keypad and a bar at address 1, whose near end a serial server holds."""
    wire = VirtualWire("far away")
    keypad = VirtualKeypad(DeviceSpec("keypad-1", "keypad", "ff68-keypad", address=1), Nobody())
    bar = VirtualA090(DeviceSpec("bar-1", "bar", "a090", address=1), Nobody())
    wire.attach(keypad)
    wire.attach(bar)
    yield wire, keypad, bar
    wire.close()


@pytest.fixture
def ser2net(tmp_path, devices_far_away):
    """ser2net(scheme, port) starts it; what it returns can be killed."""
    program = shutil.which("ser2net", path="/usr/sbin:/usr/bin")
    if program is None:
        pytest.fail("ser2net is not installed: apt-get install ser2net")
    started = []

    def start(scheme, port):
        config = tmp_path / "ser2net.yaml"
        accepter = {"socket": "tcp", "rfc2217": "telnet(rfc2217),tcp"}[scheme]
        config.write_text(
            f"connection: &c\n  accepter: {accepter},127.0.0.1,{port}\n"
            f"  connector: serialdev,{devices_far_away[0].path},9600n81,local,nobreak\n"
            "  options:\n    kickolduser: true\n"
        )
        server = subprocess.Popen(
            [program, "-n", "-c", str(config)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        started.append(server)
        return server

    yield start
    for server in started:
        server.kill()
        server.wait()


@pytest.mark.parametrize("scheme", ["socket", "rfc2217"])
def test_a_line_behind_ser2net_works_from_refused_over_killed_to_started_again(
    scheme, racks, ear, until, devices_far_away, ser2net
):
    """Not there at the start, there, killed, there again: all comes through, and the log says each change once."""
    _, keypad, bar = devices_far_away
    port = own_port()
    with capture_logs() as logs:
        rack = racks([{"id": "l1", "port": f"{scheme}://127.0.0.1:{port}"}], [KEYPAD, BAR])
        until(lambda: logs, what="the connection is refused")
        rack.put(Job("j1", "bar-1", "show", {"text": "请A001到1号窗口"}))
        server = ser2net(scheme, port)
        until(lambda: bar.text == "请A001到1号窗口", 30)
        keypad.press("next")
        until(lambda: keypad.acknowledged == 1)
        server.kill()
        server.wait()
        until(lambda: not rack.lines["l1"].up)
        rack.put(Job("j2", "bar-1", "show", {"text": "请A002到1号窗口"}))
        rack.put(Job("j3", "bar-1", "show", {"text": "请A003到1号窗口"}))
        ser2net(scheme, port)
        until(lambda: bar.text == "请A003到1号窗口", 30)
        keypad.press("recall")
        until(lambda: keypad.acknowledged == 2)
        until(lambda: ("j3", True, "") in ear.dones)
    assert [event["key"] for _, event in ear.inputs] == ["next", "recall"]
    told = [entry["event"] for entry in logs if entry["event"].startswith("line")]
    assert told == ["line is lost", "line is back"] * 2


@pytest.mark.parametrize("scheme", ["socket", "rfc2217"])
def test_the_system_watches_the_connection_to_a_serial_server(scheme, racks, until, ser2net):
    """A server that vanished without a word is found out by keepalive, or by bytes that are never acknowledged."""
    port = own_port()
    ser2net(scheme, port)
    rack = racks([{"id": "l1", "port": f"{scheme}://127.0.0.1:{port}"}], [KEYPAD])
    until(lambda: rack.lines["l1"].up, 30)
    wire = rack.lines["l1"]._open._socket
    assert wire.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
    idle, count, pause = (
        wire.getsockopt(socket.IPPROTO_TCP, getattr(socket, f"TCP_KEEP{what}")) for what in ("IDLE", "CNT", "INTVL")
    )
    assert idle + count * pause <= 15
    assert wire.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == 15_000
