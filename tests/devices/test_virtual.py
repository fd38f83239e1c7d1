"""Virtual wires hear from the first byte on, and nothing virtual outlives its rack."""

import os
import socket
import threading

import pytest

from devices.driver import DeviceSpec
from devices.virtual import FarEnd, VirtualWire

PRINTER = {"id": "printer-1", "kind": "printer", "driver": "escpos", "port": "virtual"}
LINE = {"id": "l1", "port": "virtual"}
KEYPAD = {"id": "keypad-1", "kind": "keypad", "driver": "ff68-keypad", "line": "l1", "address": 1}


class Ear(FarEnd):
    """Keeps what it hears."""

    heard = b""

    def hear(self, data):
        self.heard += data


@pytest.fixture
def wire():
    wire = VirtualWire()
    yield wire
    wire.close()


def test_a_device_hears_what_is_sent_at_the_moment_it_is_attached(wire, until):
    """The wire's thread stands in select then: it asks who listens only when bytes are there."""
    near = os.open(wire.path, os.O_RDWR | os.O_NOCTTY)
    ears = []
    for n in range(5):
        ears.append(Ear(DeviceSpec(f"ear-{n}", "bar", "none"), None))
        wire.attach(ears[-1])
        os.write(near, bytes([n]))
        until(lambda n=n: ears[0].heard == bytes(range(n + 1)))
    assert [ear.heard for ear in ears] == [bytes(range(n, 5)) for n in range(5)]
    os.close(near)


def test_what_a_rack_has_made_is_gone_when_it_has_stopped(racks, until):
    """A new config starts a new rack: the old one's threads, terminals and printer ports must not stay behind."""
    before = set(threading.enumerate())
    rack = racks([LINE], [KEYPAD, PRINTER])
    until(lambda: rack.lines["l1"].up and rack.sinks["printer-1"].health()["state"] == "ok")
    printer = rack._own_port["printer-1"].far_end
    host, _, port = printer.address.removeprefix("tcp://").partition(":")
    rack.stop()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((host, int(port)), timeout=1)
    assert not os.path.lexists(rack.wires["l1"].path)
    assert set(threading.enumerate()) <= before
