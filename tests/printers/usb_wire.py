"""A USB printer for pyusb: a backend of our own in the place of libusb, with a virtual printer at its end points."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import usb.backend
import usb.core

OUT, IN = 0x01, 0x82


class UsbWire(usb.backend.IBackend):
    """One device 04b8:0202 while `plugged`. `stuck`: it takes no more."""

    def __init__(self, far: Any) -> None:
        self.far, self.plugged, self.stuck = far, True, False
        self._answers, self._told = bytearray(), threading.Condition()
        far.say = self._say

    def _say(self, data: bytes) -> None:
        with self._told:
            self._answers += data
            self._told.notify()

    def _here(self) -> None:
        if not self.plugged:
            raise usb.core.USBError("No such device (it may have been disconnected)", errno=19)

    def enumerate_devices(self) -> Iterator[str]:
        yield from ["printer"] if self.plugged else []

    def get_parent(self, dev: Any) -> None:
        return None

    def get_device_descriptor(self, dev: Any) -> SimpleNamespace:
        return SimpleNamespace(
            bLength=18, bDescriptorType=1, bcdUSB=0x200, bDeviceClass=0, bDeviceSubClass=0, bDeviceProtocol=0,
            bMaxPacketSize0=64, idVendor=0x04B8, idProduct=0x0202, bcdDevice=0x100, iManufacturer=0, iProduct=0,
            iSerialNumber=0, bNumConfigurations=1, address=1, bus=1, port_number=1, port_numbers=(1,), speed=3,
        )  # fmt: skip

    def get_configuration_descriptor(self, dev: Any, config: int) -> SimpleNamespace:
        if config:
            raise IndexError(config)
        return SimpleNamespace(
            bLength=9, bDescriptorType=2, wTotalLength=32, bNumInterfaces=1, bConfigurationValue=1, iConfiguration=0,
            bmAttributes=0xC0, bMaxPower=1, extra_descriptors=[],
        )  # fmt: skip

    def get_interface_descriptor(self, dev: Any, intf: int, alt: int, config: int) -> SimpleNamespace:
        if intf or alt:
            raise IndexError(intf)
        return SimpleNamespace(
            bLength=9, bDescriptorType=4, bInterfaceNumber=0, bAlternateSetting=0, bNumEndpoints=2, bInterfaceClass=7,
            bInterfaceSubClass=1, bInterfaceProtocol=2, iInterface=0, extra_descriptors=[],
        )  # fmt: skip

    def get_endpoint_descriptor(self, dev: Any, ep: int, intf: int, alt: int, config: int) -> SimpleNamespace:
        return SimpleNamespace(
            bLength=7, bDescriptorType=5, bEndpointAddress=(OUT, IN)[ep], bmAttributes=2, wMaxPacketSize=64,
            bInterval=0, bRefresh=0, bSynchAddress=0, extra_descriptors=[],
        )  # fmt: skip

    def open_device(self, dev: Any) -> str:
        self._here()
        return "open"

    def close_device(self, handle: Any) -> None:
        """Nothing is held."""

    def set_configuration(self, handle: Any, value: int) -> None:
        self._here()

    def get_configuration(self, handle: Any) -> int:
        return 1

    def claim_interface(self, handle: Any, intf: int) -> None:
        self._here()

    def release_interface(self, handle: Any, intf: int) -> None:
        """Nothing is held."""

    def reset_device(self, handle: Any) -> None:
        self._here()

    def bulk_write(self, handle: Any, ep: int, intf: int, data: Any, timeout: int) -> int:
        self._here()
        assert ep == OUT
        if self.stuck:
            raise usb.core.USBTimeoutError("Operation timed out", errno=110)
        self.far.hear(bytes(data))
        self._here()
        return len(data)

    def bulk_read(self, handle: Any, ep: int, intf: int, buff: Any, timeout: int) -> int:
        assert ep == IN
        with self._told:
            self._told.wait_for(lambda: self._answers or not self.plugged, timeout / 1000)
            self._here()
            if not self._answers:
                raise usb.core.USBTimeoutError("Operation timed out", errno=110)
            count = min(len(buff), len(self._answers))
            for n in range(count):
                buff[n] = self._answers[n]
            del self._answers[:count]
            return count
