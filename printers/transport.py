"""The ways to a printer: python-escpos's transports, each under time limits of our own and with one kind of error.

    tcp://10.0.0.9:9100    Network        file:/dev/usb/lp0    File, read as well
    /dev/ttyS1, COM3       Serial         usb:04b8:0202        Usb (needs pyusb and libusb)

python-escpos waits 60 s for the network, for ever on USB, and cannot read what a `File` printer answers.
"""

from __future__ import annotations

import logging
import os
import re
import select
import shutil
from abc import ABC, abstractmethod
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from types import ModuleType
from typing import Any

from devices.driver import DeviceError
from printers.status import trouble

CONNECT_S = 2.0
SEND_S = 3.0
STUCK = "打印机不再接收数据，请检查它的纸和盖子。"


@cache
def library() -> ModuleType:
    """python-escpos's printers. Loading it leaves a folder in /tmp and a handler on the root logger: both undone."""
    root = logging.getLogger()
    handlers = list(root.handlers)
    from escpos import capabilities, printer

    root.handlers[:] = handlers
    if "ESCPOS_CAPABILITIES_PICKLE_DIR" not in os.environ:
        shutil.rmtree(capabilities.pickle_dir, ignore_errors=True)
    return printer


class Outlet(ABC):
    """An open way to a printer. Every call ends in time and raises only DeviceError("lost" or "silent")."""

    speed = 0
    """Bit/s of a serial line, 0 where speed does not matter."""
    piece = 4096
    """Bytes to send at once."""

    def __init__(self, printer: Any) -> None:
        self.printer = printer
        try:
            printer.open()
        except Exception as error:  # each library has its own idea of what a missing port raises
            raise trouble("lost") from error

    def send(self, data: bytes) -> None:
        """Hand over all of it. DeviceError("silent") if the printer takes no more for SEND_S."""
        try:
            self.printer._raw(data)
        except Exception as error:
            raise DeviceError("silent", STUCK) if _is_timeout(error) else trouble("lost") from error

    def receive(self, wait_s: float) -> bytes:
        """What has arrived, or b"" after `wait_s` of silence."""
        try:
            return self._receive(wait_s)
        except DeviceError:
            raise
        except Exception as error:
            if _is_timeout(error):
                return b""
            raise trouble("lost") from error

    @abstractmethod
    def _receive(self, wait_s: float) -> bytes: ...

    def close(self) -> None:
        with suppress(Exception):
            self.printer.close()


class NetworkOutlet(Outlet):
    def __init__(self, host: str, port: int) -> None:
        super().__init__(library().Network(host, port, timeout=CONNECT_S))
        self.printer.device.settimeout(SEND_S)

    def _receive(self, wait_s: float) -> bytes:
        if not select.select([self.printer.device], [], [], wait_s)[0]:
            return b""
        heard = self.printer._read()
        if not heard:
            raise trouble("lost")  # the printer has closed its end
        return bytes(heard)


class SerialOutlet(Outlet):
    piece = 256

    def __init__(self, path: str, speed: int, flow: str) -> None:
        self.speed = speed
        flows = {"xonxoff": flow == "xonxoff", "dsrdtr": flow == "dsrdtr"}
        super().__init__(library().Serial(path, speed, timeout=0, **flows))
        if flow == "rtscts":  # python-escpos does not know it
            self.printer.device.rtscts = True
        self.printer.device.write_timeout = SEND_S + self.piece * 10 / speed

    def close(self) -> None:
        # python-escpos drains first: on a line that is held or gone that waits for ever, or raises and stays open
        device, self.printer.device = self.printer.device, False
        for step in (device.reset_output_buffer, device.close):
            with suppress(Exception):
                step()

    def _receive(self, wait_s: float) -> bytes:
        device = self.printer.device
        device.timeout = wait_s
        first = device.read(1)
        return first + device.read(device.in_waiting) if first else b""


class FileOutlet(Outlet):
    def __init__(self, path: str) -> None:
        class ReadableFile(library().File):
            """python-escpos opens it for writing only, and /dev/usb/lp0 can be opened once."""

            def open(self, raise_not_found: bool = True) -> None:
                self.device = open(self.devfile, "r+b", buffering=0)  # noqa: SIM115, PTH123 - python-escpos closes it

        super().__init__(ReadableFile(path))

    def _receive(self, wait_s: float) -> bytes:
        number = self.printer.device.fileno()
        return os.read(number, 64) if select.select([number], [], [], wait_s)[0] else b""


class UsbOutlet(Outlet):
    def __init__(self, vendor: int, product: int, endpoints: Mapping[str, int]) -> None:
        if not library().Usb.is_usable():
            raise DeviceError("fault", "USB 打印机需要 Python 包 pyusb 和系统库 libusb，这台机器上还没有。")
        super().__init__(library().Usb(vendor, product, timeout=round(SEND_S * 1000), **endpoints))

    def _receive(self, wait_s: float) -> bytes:
        return bytes(self.printer.device.read(self.printer.in_ep, 64, max(1, round(wait_s * 1000))))


def connect(port: str, options: Mapping[str, Any]) -> Outlet:
    """Open the way. Raises DeviceError("lost") if it is not there, ("fault") if `port` cannot be understood.

    Options: `speed` (9600 bit/s) and `flow` (none, dsrdtr, rtscts, xonxoff) of a serial line; `in_ep`, `out_ep` of USB.
    """
    try:
        if port.startswith("tcp://"):
            host, _, number = port.removeprefix("tcp://").rpartition(":")
            return NetworkOutlet(host.strip("[]"), int(number))
        if port.startswith("usb:"):
            vendor, product = (int(part, 16) for part in port.removeprefix("usb:").split(":"))
            return UsbOutlet(vendor, product, {key: options[key] for key in ("in_ep", "out_ep") if key in options})
        if port.startswith("file:"):
            return FileOutlet(port.removeprefix("file:"))
        return SerialOutlet(port, int(options.get("speed", 9600)), str(options.get("flow", "none")))
    except ValueError as error:
        raise DeviceError("fault", f"打印机的端口写错了：{port}（应如 tcp://10.0.0.9:9100 或 /dev/ttyS1）。") from error


def speed_of(port: str, options: Mapping[str, Any]) -> int:
    """Bit/s of the serial line that `port` is, 0 where it is none. Raises ValueError for a speed that is no number.

    >>> speed_of("/dev/ttyS1", {"speed": 115200}), speed_of("tcp://10.0.0.9:9100", {}), speed_of("cups:slips", {})
    (115200, 0, 0)
    """
    virtual_line = port == "virtual" and options.get("transport", "tcp") == "serial"
    if not virtual_line and (port == "virtual" or re.match(r"[a-z]+:", port)):
        return 0
    return int(options.get("speed", 9600))


def _is_timeout(error: BaseException) -> bool:
    # pyserial's SerialTimeoutException and pyusb's USBTimeoutError are no TimeoutError
    return isinstance(error, TimeoutError) or "Timeout" in type(error).__name__
