"""The preview is what lies in the tray: the same picture as from the printer, and readers that are not ours read it."""

from __future__ import annotations

import pytest
from PIL import ImageChops

from printers.preview import preview
from printers.slip import Slip
from printers.template import shipped

SERIAL = {"transport": "serial", "width": 58}


@pytest.mark.parametrize("options", [{}, SERIAL, SERIAL | {"fonts": "latin"}], ids=str)
def test_a_preview_is_what_the_printer_prints(stand, slip_data, options):
    """Dot for dot, the same bytes, the same choice of picture or letters."""
    it = stand(**options)
    told = it.print()

    shown = preview(Slip.of(slip_data), shipped(), "virtual", options)

    assert (shown.mode, shown.size, shown.errors) == (told["mode"], told["bytes"], [])
    assert shown.dots == it.picture().size
    assert ImageChops.logical_xor(shown.picture, it.picture().convert("1")).getbbox() is None


def test_the_longest_names_on_58_mm_can_be_read(slip_data, read, scan):
    """By an OCR, off the narrow paper: each from its first to its last words; and the QR."""
    names = {
        "service": "建设工程竣工验收消防备案（含既有建筑改造、装饰装修及临时建设工程规划许可延期）变更登记",
        "zone": "工程建设项目审批综合受理",
        "number": "CD1234",
        "materials": ["不动产权证书、房屋租赁合同及备案证明原件和复印件各一份并加盖公章"],
        "kiosk": "一楼东北门无障碍低位自助取号机",
    }
    shown = preview(Slip.of(slip_data | names), shipped(), "tcp://10.0.0.9:9100", {"width": 58})

    seen = read(shown.picture).replace("\n", "")
    for words in ("1234", "建设工程", "验收消防备案", "规划许可延期", "变更登记", "综合受理区", "12人"):
        assert words in seen
    for words in ("不动产权证书", "各一份并加盖公章", "自助取号机"):
        assert words in seen
    assert scan(shown.picture) == ["https://zwfw.example/t/9QK37FWM"]


@pytest.mark.parametrize("options", [{"width": 76}, {"width": "wide"}, {"transport": "serial", "speed": "fast"}])
def test_options_that_no_printer_has_are_refused(slip_data, options):
    with pytest.raises(ValueError):
        preview(Slip.of(slip_data), shipped(), "virtual", options)
