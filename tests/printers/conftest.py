"""A printer at the end of a real wire, and readers of slips that we did not write."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any

import numpy
import pytest
import zxingcpp
from PIL import Image

from devices.driver import DeviceSpec, Job
from printers.escpos_driver import EscposPrinter
from printers.virtual import VirtualPrinter

SLIP = {
    "hall": "烟台市政务服务中心",
    "number": "C032",
    "zone": "公积金",
    "letter": "C",
    "service": "公积金提取（租房）",
    "service_en": "Housing fund withdrawal",
    "floor": "3",
    "windows": "97–116",
    "ahead": 12,
    "estimate_s": 1500,
    "taken_at": "2026-03-18T09:42:07+08:00",
    "materials": ["身份证（夫妻双方）", "银行储蓄卡", "租房合同＋复印件 1 份"],
    "url": "https://zwfw.example/t/9QK37FWM",
    "check": "47",
    "wifi": "YT-ZWFW",
    "class": "普通",
    "kiosk": "1 号取号机",
    "copy": False,
    "return_after": 3,
}


@pytest.fixture(scope="session")
def slip_data() -> Mapping[str, Any]:
    """A print job's data, to be changed by `slip_data | {…}`."""
    return MappingProxyType(SLIP)


@dataclass
class Ear:
    """A sink that keeps what it hears; a state that is told again is one state."""

    states: list[tuple[str, str]] = field(default_factory=list)
    slips: list[tuple[bytes, list[str]]] = field(default_factory=list)
    seen: dict[str, Any] = field(default_factory=dict)

    def input(self, event: Any) -> None:
        raise AssertionError("a printer has no keys")

    def state(self, state: str, error: str = "", **detail: Any) -> None:
        if (state, error) not in self.states[-1:]:
            self.states.append((state, error))

    def slip(self, png: bytes, lines: list[str]) -> None:
        self.slips.append((png, lines))

    def far(self, **seen: Any) -> None:
        self.seen.update(seen)


@dataclass
class Stand:
    """A printer, its driver and what the agent would hear."""

    driver: EscposPrinter
    ear: Ear

    @property
    def far(self) -> VirtualPrinter:
        assert self.driver.far_end is not None
        return self.driver.far_end

    def print(self, **data: Any) -> dict[str, Any]:
        return self.driver.do(Job("1", "printer", "print", SLIP | data))

    def picture(self, n: int = -1) -> Image.Image:
        """The slip that lies in the tray."""
        return Image.open(io.BytesIO(self.far.slips[n][0]))


@pytest.fixture
def stand() -> Iterator[Callable[..., Stand]]:
    """stand(width=58, transport="serial", …): an open driver with a virtual printer at the far end of a real wire."""
    made: list[Stand] = []

    def make(**options: Any) -> Stand:
        ear = Ear()
        spec = DeviceSpec("printer-1", "printer", "escpos", port="virtual", options=options)
        it = Stand(EscposPrinter(spec, ear), ear)
        made.append(it)
        it.driver.open()
        return it

    yield make
    for it in made:
        it.driver.shut_down()


@cache
def _reader() -> Any:
    from rapidocr_onnxruntime import RapidOCR

    return RapidOCR(intra_op_num_threads=1)


@pytest.fixture(scope="session")
def read() -> Callable[[Image.Image], str]:
    """read(picture): what an OCR sees, without blanks, full-width signs as half-width ones."""

    def see(picture: Image.Image) -> str:
        found, _ = _reader()(numpy.asarray(picture.convert("RGB")))
        text = "\n".join(line[1] for line in found or [])
        return text.translate(str.maketrans("（）：，＋￥、", "():,+¥,")).replace(" ", "").replace("¥", "￥")

    return see


@pytest.fixture(scope="session")
def scan() -> Callable[[Image.Image], list[str]]:
    """scan(picture): what zxing reads in the QR codes, checked with zbar where the machine has it."""

    def see(picture: Image.Image) -> list[str]:
        with_edge = Image.new("L", (picture.width + 60, picture.height + 60), 255)
        with_edge.paste(picture.convert("L"), (30, 30))
        read = [found.text for found in zxingcpp.read_barcodes(with_edge)]
        if shutil.which("zbarimg"):
            png = io.BytesIO()
            with_edge.save(png, "PNG")
            told = subprocess.run(
                ["zbarimg", "--quiet", "--raw", "-Sbinary", "png:-"], input=png.getvalue(), capture_output=True
            )
            assert told.stdout.decode().split() == read
        return read

    return see
