"""Probing a port: each family that can be asked is recognised by its answer, and by no other's."""

import threading
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from devices import ff68, registry
from devices.driver import DeviceSpec
from devices.health import DeviceSink
from devices.opening import open_port
from devices.ports import PortTaken, ports, probe
from devices.virtual import VirtualWire

ROWS = [row for row in registry.TABLE if row.probe]
ASKED = [row for row in ROWS if row.load_probe().ask(3)]
PROBES = {row.name: row.load_probe() for row in ROWS}


@pytest.fixture
def wire():
    wire = VirtualWire("probed")
    yield wire
    wire.close()


@pytest.fixture
def far_end(wire, ear):
    """far_end(row): a virtual device of that family at address 3; the port to ask on."""
    made = []

    def make(row):
        spec = DeviceSpec("d", row.kind, row.name, address=3, options={"transport": "serial"})
        end = row.load_virtual()(spec, DeviceSink(spec, ear, lambda: datetime.now().astimezone()))
        made.append(end)
        if row.place == "line":
            wire.attach(end)
            return wire.path
        return end.address

    yield make
    for end in made:
        if hasattr(end, "close"):
            end.close()


@pytest.mark.parametrize("row", ASKED, ids=lambda row: row.name)
def test_a_family_that_can_be_asked_is_recognised_and_no_other_is(far_end, row):
    """Its own far end answers its question; no other family takes that answer, or the silence, for its own."""
    [answer] = [it for it in probe(far_end(row), {row.name: PROBES[row.name]}, 3) if it.family]
    alike = {name for name, it in PROBES.items() if it.recognise(answer.heard)}
    assert row.name in alike
    assert {registry.family(name).page for name in alike} == {row.page}, "the same wire has the same answer"


@pytest.mark.parametrize("row", [row for row in ROWS if row not in ASKED], ids=lambda row: row.name)
def test_a_family_that_can_only_be_heard_is_recognised_by_a_press(wire, row):
    command = ff68.KEY if row.kind == "keypad" else ff68.GRADE
    frame = ff68.encode(ff68.Frame(7, command, b"\x0c" if row.kind == "keypad" else b"\x03"))

    def press(family, speed):
        threading.Timer(0.1, wire.say, [frame]).start()

    found = list(probe(wire.path, {row.name: PROBES[row.name]}, trying=press))
    assert [(it.family, it.said, it.speed) for it in found] == [(row.name, "address 7", 9600)]


def test_what_nobody_knows_is_told_as_it_came(wire):
    def noise(family, speed):
        threading.Timer(0.1, wire.say, [b"\x99\x98\x97"]).start()

    found = list(probe(wire.path, {"a090": PROBES["a090"]}, trying=noise))
    assert [(it.family, it.heard) for it in found] == [("", b"\x99\x98\x97")]


def test_every_speed_of_a_family_is_tried_until_it_answers(wire):
    tried, quick = [], replace(PROBES["escpos"], listen_s=0.05)
    list(probe(wire.path, {"escpos": quick}, trying=lambda family, speed: tried.append(speed)))
    assert tried == list(quick.speeds)


def test_a_port_that_somebody_holds_is_not_disturbed(wire):
    held = open_port(wire.path, 9600)
    with pytest.raises(PortTaken, match="cannot be used"):
        list(probe(wire.path, PROBES))
    held.close()
    with pytest.raises(PortTaken):
        list(probe(wire.path + "-nothing", PROBES))


def test_the_ports_of_this_machine_are_listed_without_opening_one(monkeypatch, wire):
    class Comport:
        device, description, vid, pid, serial_number = wire.path, "n/a", 0x1A86, 0x7523, None

    monkeypatch.setattr("devices.ports.list_ports.comports", lambda: [Comport()])
    assert [(it.name, it.what) for it in ports()] == [(wire.path, "USB 1a86:7523")]
    assert Path(wire.path).exists()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_no_family_recognises_noise_or_silence(row):
    recognise = PROBES[row.name].recognise
    assert recognise(b"") == ""
    assert recognise(bytes(range(256))) == ""
    assert recognise(b"\x00" * 40) == recognise(b"\xff" * 40) == ""
    assert PROBES[row.name].does and PROBES[row.name].speeds
