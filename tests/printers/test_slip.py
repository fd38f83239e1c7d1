"""What a slip says, in words, and what a printer's font can say of it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printers import gb18030
from printers.said import said
from printers.slip import Slip, plain
from printers.template import Template, shipped


def lines(data, paper=80, languages=("zh",)):
    """What the shipped slip says, line by line; cells of one row are lines of their own."""
    out = []

    def take(blocks):
        for block in blocks:
            for cell in getattr(block, "cells", ()):
                take(cell)
            out.extend("".join(bit.text for bit in line) for line in getattr(block, "lines", ()))

    take(said(Template(shipped().blocks, languages), Slip.of(data), paper, "raster"))
    return out


def test_the_words_of_a_slip(slip_data):
    """Time, place, how many ahead, how long, what to do when missed: as at the counter."""
    told = lines(slip_data)

    assert (Slip.of(slip_data).letters, Slip.of(slip_data).digits) == ("C", "032")
    for words in ("3月18日 09:42", "请到 3 楼公积金区等候", "窗口 97–116　听到叫号再过去", "前面 12 人", "约 25 分钟"):
        assert words in told
    for words in ("过号不要紧：当天回来报到，", "后面再叫 3 个人就轮到您。", "普通号　1 号取号机", "校验码 47"):
        assert words in told
    narrow = lines(slip_data, 58)
    assert "到 3 楼公积金区" in narrow
    assert "3月18日 09:42　1 号取号机" in narrow


def test_a_slip_in_english_and_in_both_languages(slip_data):
    """English alone has no Chinese but names; with both, what is the same in them (a name, a time) stands once."""
    english = lines(slip_data, languages=("en",))
    both = lines(slip_data, languages=("zh", "en"))

    for words in ("Housing fund withdrawal", "12 ahead", "25 min", "18 Mar, 09:42", "Check code 47", "Please bring"):
        assert words in english
    assert "Please wait on floor 3: 公积金区" in english
    assert set(lines(slip_data)) < set(both)
    assert {"12 ahead", "Housing fund withdrawal"} < set(both)
    assert both.count("Wi-Fi YT-ZWFW") == 1


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(None, "暂无法估计"), (20, "约 1 分钟"), (1500, "约 25 分钟"), (7100, "约 118 分钟"), (9000, "约 2.5 小时")],
)
def test_an_estimate_is_honest(slip_data, seconds, told):
    """Nothing known is said as nothing known; beyond two hours minutes would pretend."""
    assert told in lines(slip_data | {"estimate_s": seconds})


def test_an_estimate_is_the_range_that_the_hub_says(slip_data):
    """Value and unit of either language, also where the unit has a word of its own (5 分钟以内)."""
    assert "约 10–20 分钟" in lines(slip_data | {"estimate": "10–20 分钟"})
    assert "约 5 分钟以内" in lines(slip_data | {"estimate": "5 分钟以内"})
    assert "up to 5 min" in lines(slip_data | {"estimate_en": "up to 5 min"}, languages=("en",))


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"floor": ""}, "请到公积金区等候"),
        ({"floor": "2楼"}, "请到 2 楼公积金区等候"),
        ({"zone": "出件区"}, "请到 3 楼出件区等候"),
        ({"zone": "", "floor": ""}, "请在大厅等候"),
    ],
)
def test_where_to_go(slip_data, changes, place):
    """The place reads well with and without a floor, and no 区 is said twice."""
    assert place in lines(slip_data | changes)


def test_nobody_ahead_is_said_without_a_zero(slip_data):
    told = lines(slip_data | {"ahead": 0, "estimate_s": None})

    assert "前面没有人" in told
    assert "请留意叫号" in told
    assert "暂无法估计" not in told


def test_a_long_list_of_materials_says_what_is_left(slip_data):
    told = lines(slip_data | {"materials": [f"材料{n}" for n in range(13)]})

    assert "还有 3 项，扫码查看" in told
    assert len([line for line in told if line.startswith("材料")]) == 10


@pytest.mark.parametrize("number", ["", None, "A", "请001", "A001\x1b@", "٣٤"])
def test_a_slip_needs_a_number(slip_data, number):
    """What is no number is refused in a sentence, not printed."""
    with pytest.raises(ValueError, match="a slip needs a number"):
        Slip.of(slip_data | {"number": number})


@given(st.text())
def test_plain_text_has_nothing_to_obey(text):
    """No control, format or private character is left, and plain text stays as it is."""
    kept = plain(text)

    assert kept.isprintable() or "　" in kept
    assert plain(kept) == kept


@given(st.text())
def test_a_printer_is_never_asked_to_print_a_question_mark_that_was_not_there(text):
    """Every character has bytes in a GBK font: ASCII 20-7E or a pair; `?` comes out only where one (or ⁇) went in."""
    raw = gb18030.encode(text)

    assert raw.count(b"?") <= unicodedata.normalize("NFKD", text).count("?")
    shown = raw.decode("gbk")
    assert all(0x20 <= ord(char) <= 0x7E or len(char.encode("gbk")) == 2 for char in shown)


@pytest.mark.parametrize(
    ("char", "shown"),
    [
        *zip("，：￥①", "，：￥①", strict=True),
        ("¥", "￥"),
        ("㛃", "〔Jie〕"),
        ("𠮷", "〔吉〕"),
        ("ñ", "n"),
        ("😀", "〓"),
        ("\ue000", "〓"),
        ("\x1b", ""),
        ("\u202e", ""),
    ],
)
def test_what_a_font_lacks_is_readable(char, shown):
    assert gb18030.printable(char) == shown


def test_a_visit_and_a_collection_say_so(slip_data):
    """One number for several steps; the case that is collected. A plain ticket says nothing of either."""
    plain_one = lines(slip_data)
    assert not [line for line in plain_one if "凭此号" in line or "领取办件" in line]
    linked = lines(slip_data | {"steps": ["核验", "拍照、缴费", "领证"], "case": "2026-\x1b0123"})
    assert "凭此号办 3 步：核验 → 拍照、缴费 → 领证" in linked
    assert "领取办件 2026-0123" in linked


def test_a_slip_promises_no_wait_while_no_window_is_open(slip_data):
    """It says so, with the time at which one opens, and with nobody ahead no more than that nobody can say."""
    shut = "现在没有窗口开着，13:30 开窗"
    told = lines(slip_data | {"ahead": 0, "estimate_s": None, "no_window": shut})

    assert "暂无法估计" in told
    assert shut in told
