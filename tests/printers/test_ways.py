"""The contract of every way to a printer: TCP, serial line, device file and USB, in good and bad weather."""

from __future__ import annotations

import importlib.util
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest

from devices.driver import DeviceError, DeviceSpec, Job
from printers.escpos_driver import EscposPrinter
from printers.virtual import VirtualPrinter

HAS_USB = importlib.util.find_spec("usb") is not None
USB = pytest.param("usb", marks=pytest.mark.skipif(not HAS_USB, reason="pyusb is an extra: pip install hallcall[usb]"))


@dataclass
class Way:
    """A driver on that way, what it tells, and the printer at the other end."""

    driver: EscposPrinter
    ear: Any
    far: VirtualPrinter
    slip: Any
    unplug: Callable[[], None]
    plug: Callable[[], None]

    def print(self, **data: Any) -> dict[str, Any]:
        return self.driver.do(Job("1", "p", "print", {**self.slip, **data}))

    def fails(self, **data: Any) -> DeviceError:
        with pytest.raises(DeviceError) as failed:
            self.print(**data)
        return failed.value

    def says(self, change: Callable[[bytes], bytes]) -> None:
        """From now on the printer's answers are changed on their way."""
        say = self.far.say
        self.far.say = lambda data: say(change(data))


@pytest.fixture(params=["tcp", "serial", "file", USB])
def way(request: Any, stand: Any, slip_data: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Way]:
    kind = request.param
    it = stand(transport="tcp" if kind in ("tcp", "usb") else "serial", finish_s=1)
    unplug, plug = it.far.unplug, it.far.plug
    spec = it.driver.spec
    if kind == "usb":
        from .usb_wire import UsbWire

        wire = UsbWire(it.far)
        monkeypatch.setattr("usb.backend.libusb1.get_backend", lambda *_, **__: wire)
        spec = DeviceSpec("p", "printer", "escpos", port="usb:04b8:0202", options={"finish_s": 1})
        unplug, plug = (lambda: setattr(wire, "plugged", False)), (lambda: setattr(wire, "plugged", True))
    elif kind == "file":
        spec = replace(spec, port=f"file:{it.far.address}")
    else:
        spec = replace(spec, port=it.far.address)
    it.driver.close()
    driver = EscposPrinter(spec, it.ear)
    driver.open()
    yield Way(driver, it.ear, it.far, slip_data, unplug, plug)
    driver.shut_down()


def test_it_opens_prints_and_knows_when_it_is_done(way: Way) -> None:
    assert way.ear.states[-1] == ("ok", "")
    assert way.print()["bytes"] > 1000
    assert len(way.far.slips) == 1 and way.far.errors == []


def test_it_opens_twice_and_closes_twice(way: Way) -> None:
    way.driver.open()
    way.driver.open()
    way.driver.close()
    way.driver.close()
    way.driver.open()
    way.print()
    assert len(way.far.slips) == 1


@pytest.mark.parametrize("wrong", [b"\xff", b"\x00", b"\x90\x93", b"\x14\x00\x00\x0f"], ids=lambda wrong: wrong.hex())
def test_wrong_answers_are_no_answers(way: Way, wrong: bytes) -> None:
    """What cannot be an answer to DLE EOT is none, an automatic status neither: silent, and nothing is sent."""
    way.says(lambda data: wrong)
    failed = way.fails()
    assert (failed.code, failed.begun, way.far.slips) == ("silent", False, [])
    assert way.ear.states[-1][0] == "silent"


def test_half_the_answers_are_no_state(way: Way) -> None:
    """It says how it is, and nothing about its paper: that is not ok."""
    asked = iter((True, True, False, False, False, False))
    way.says(lambda data: data if next(asked, False) else b"")
    assert (way.fails().code, way.far.slips) == ("silent", [])


def test_noise_between_the_answers_harms_nothing(way: Way) -> None:
    """Bytes that are no answer stand before and behind every one."""
    way.says(lambda data: b"\xff\x93" + data + b"\xf3\xff")
    way.print()
    assert len(way.far.slips) == 1 and way.far.errors == []


def test_one_answer_lost_is_asked_for_again(way: Way) -> None:
    first = iter((False,))
    way.says(lambda data: data if next(first, True) else b"")
    way.print()
    assert len(way.far.slips) == 1


def test_unplugged_it_is_lost_and_plugged_in_it_prints_again(way: Way) -> None:
    way.unplug()
    with pytest.raises(DeviceError) as failed:
        way.driver.poll()
    assert failed.value.code == "lost"
    with pytest.raises(DeviceError) as failed:
        way.driver.open()
    assert failed.value.code == "lost"
    way.plug()
    way.driver.open()
    way.print()
    assert len(way.far.slips) == 1 and way.far.errors == []


def test_a_plug_pulled_in_the_middle_has_begun_and_the_copy_is_whole(way: Way, monkeypatch: pytest.MonkeyPatch) -> None:
    hear, limit = way.far.hear, way.far.heard + 700
    hand = threading.Thread(target=way.unplug)

    def pull(data: bytes) -> None:
        hear(data[: max(0, limit - way.far.heard)])
        if way.far.heard >= limit and not hand.ident:
            hand.start()
            if threading.current_thread() is threading.main_thread():
                hand.join()

    monkeypatch.setattr(way.far, "hear", pull)
    failed = way.fails()
    assert (failed.code in ("lost", "silent"), failed.begun) == (True, True)
    hand.join()
    monkeypatch.setattr(way.far, "hear", hear)
    way.plug()
    way.driver.open()
    way.print(copy=True)
    assert 1 <= len(way.far.slips) <= 2 and way.far.errors == []


@pytest.mark.parametrize(
    ("befalls", "code"), [("paper_out", "no_paper"), ("open_cover", "cover_open"), ("jam", "cutter")]
)
def test_each_way_tells_every_trouble(way: Way, befalls: str, code: str) -> None:
    getattr(way.far, befalls)()
    way.driver.poll()
    assert way.ear.states[-1][0] == code
    assert (way.fails().begun, way.far.slips) == (False, [])
