"""A slip through the real driver, over a real wire, to the virtual printer, and read by eyes that are not ours."""

import pytest


@pytest.mark.parametrize("width", [80, 58])
def test_a_slip_on_a_network_printer_reads_as_it_was_ordered(stand, read, scan, width):
    """Over TCP the slip is a picture; OCR and QR readers find the visitor's number, zone, service, place and code."""
    it = stand(width=width)

    told = it.print()

    assert told["mode"] == "raster"
    assert it.far.errors == []
    seen = read(it.picture())
    for words in ("C", "032", "公积金提取(租房)", "3楼公积金区", "97", "116", "听到叫号再过去", "12人", "25分钟"):
        assert words in seen
    for words in ("身份证", "银行储蓄卡", "扫码看排到哪了", "校验码47", "1号取号机", "09:42"):
        assert words in seen
    assert scan(it.picture()) == ["https://zwfw.example/t/9QK37FWM"]


@pytest.mark.parametrize("width", [80, 58])
def test_a_slip_on_a_serial_printer_reads_as_it_was_ordered(stand, read, scan, width):
    """Over a slow line the slip is the printer's own letters with the number large; the same words are read."""
    it = stand(width=width, transport="serial")

    told = it.print()

    assert told["mode"] == "native"
    assert told["bytes"] < 4000
    assert it.far.errors == []
    seen = read(it.picture())
    for words in ("032", "公积金提取(租房)", "公积金区", "12", "25", "听到叫号再过去", "扫码看排到哪了"):
        assert words in seen
    lines = "\n".join(it.far.slips[-1][1])
    for words in ("烟台市政务服务中心", "公积金提取（租房）", "到 3 楼公积金区", "前面 12 人", "约 25 分钟", "□身份证"):
        assert words in lines
    assert scan(it.picture()) == ["https://zwfw.example/t/9QK37FWM"]


@pytest.mark.parametrize("transport", ["tcp", "serial"])
def test_signs_and_rare_characters_are_readable(stand, read, transport):
    """`，：￥①` come out as they are; a character outside GBK is itself in a picture, a reading in the own font."""
    it = stand(transport=transport)

    it.print(service="费用：￥50，①号㛃窗")

    assert it.far.errors == []
    seen = read(it.picture())
    assert "费用:￥50," in seen
    assert "窗" in seen
    assert "?" not in seen
    if transport == "serial":
        assert "费用：￥50，①号〔Jie〕窗" in "\n".join(it.far.slips[-1][1])


def test_on_the_slowest_line_the_number_is_the_printers_largest_letters(stand):
    """At 1200 bit/s even a small picture takes too long; the number is text, eight or six times as large."""
    it = stand(transport="serial", speed=1200)

    it.print()

    assert it.far.errors == []
    assert "C  032" in it.far.slips[-1][1]


@pytest.mark.parametrize("transport", ["tcp", "serial"])
def test_a_slip_with_the_longest_of_everything_overflows_nowhere(stand, scan, transport):
    """Long names wrap, long lists end in a line that says so, and the printer reports no overrun."""
    it = stand(width=58, transport=transport)

    it.print(
        hall="内蒙古自治区呼伦贝尔市莫力达瓦达斡尔族自治旗政务服务和公共资源交易中心",
        service="建设工程竣工验收消防备案（含既有建筑改造、装饰装修及 Temporary-Construction-Work-Permit）" * 2,
        number="CD1234",
        windows="、".join(str(n) for n in range(1, 60)),
        ahead=12345,
        estimate_s=119 * 60,
        materials=["不动产权证书、房屋租赁合同及备案证明原件和复印件各一份并加盖公章" for _ in range(30)],
        url="https://zwfw.example/t/" + "x" * 100,
        wifi="YANTAI-GOVERNMENT-SERVICE-5G-AA",
        kiosk="一楼东北门无障碍低位自助取号机",
        copy=True,
    )

    assert it.far.errors == []
    assert scan(it.picture()) == ["https://zwfw.example/t/" + "x" * 100]
