"""What a slip says, in words, and what a printer's font can say of it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printers import gb18030
from printers.slip import Slip, plain


def test_the_words_of_a_slip(slip_data):
    """Number, time, place, how many ahead, how long, what to do when missed: as at the counter."""
    slip = Slip.of(slip_data)

    assert (slip.letters, slip.digits) == ("C", "032")
    assert slip.when == "3月18日 09:42"
    assert slip.place() == "请到 3 楼公积金区等候"
    assert slip.place(short=True) == "到 3 楼公积金区"
    assert str(slip.queue) == "前面 12 人"
    assert str(slip.wait) == "约 25 分钟"
    assert slip.missed == ("过号不要紧：当天回来报到，", "后面再叫 3 个人就轮到您。")
    assert slip.kind == "普通号"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(None, "暂无法估计"), (20, "约 1 分钟"), (1500, "约 25 分钟"), (7100, "约 118 分钟"), (9000, "约 2.5 小时")],
)
def test_an_estimate_is_honest(slip_data, seconds, said):
    """Nothing known is said as nothing known; beyond two hours minutes would pretend."""
    assert str(Slip.of(slip_data | {"estimate_s": seconds}).wait) == said


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
    assert Slip.of(slip_data | changes).place() == place


def test_nobody_ahead_is_said_without_a_zero(slip_data):
    slip = Slip.of(slip_data | {"ahead": 0, "estimate_s": None})

    assert (str(slip.queue), str(slip.wait)) == ("前面没有人", "请留意叫号")


def test_a_long_list_of_materials_says_what_is_left(slip_data):
    slip = Slip.of(slip_data | {"materials": [f"材料{n}" for n in range(13)]})

    assert slip.bring[-1] == "还有 3 项，扫码查看"
    assert len(slip.bring) == 11


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
    assert Slip.of(slip_data).more == ()
    linked = Slip.of(slip_data | {"steps": ["核验", "拍照、缴费", "领证"], "case": "2026-\x1b0123"})
    assert linked.more == ("凭此号办 3 步：核验 → 拍照、缴费 → 领证", "领取办件 2026-0123")


def test_a_slip_promises_no_wait_while_no_window_is_open(slip_data):
    """It says so, with the time at which one opens, and with nobody ahead no more than that nobody can say."""
    said = "现在没有窗口开着，13:30 开窗"
    slip = Slip.of(slip_data | {"ahead": 0, "estimate_s": None, "no_window": said})

    assert str(slip.wait) == "暂无法估计"
    assert slip.more == (said,)
