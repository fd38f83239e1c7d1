"""The template of a slip: what can be written, every mistake told at once, and no text that breaks it."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from printers import escpos, native, raster
from printers.choice import choose
from printers.conditions import condition
from printers.fields import CHOICES, FIELDS, LANGUAGES, values
from printers.head import printed
from printers.kinds import KINDS
from printers.logo import black_and_white, from_wire, to_wire
from printers.mistakes import Mistake, TemplateProblems
from printers.papers import PAPERS
from printers.phrases import phrase
from printers.slip import Slip
from printers.template import SHIPPED, Template, from_job, read, shipped


def written(text: str) -> object:
    return yaml.load(text, yaml.BaseLoader)


def wrong(text: str) -> list[tuple[str, str]]:
    """Where and what, of each mistake."""
    with pytest.raises(TemplateProblems) as told:
        read(written(text))
    return [(".".join(map(str, it.where)), it.what) for it in told.value.wrong]


LOGO = Image.new("1", (120, 40), 0)


def test_the_shipped_template_has_no_mistake_and_says_every_field_in_two_languages(slip_data):
    """Every field of the table has a value in each language, and every kind of block can be read."""
    assert shipped().languages == ("zh",)
    for language in LANGUAGES:
        assert set(values(Slip.of(slip_data), language)) == set(FIELDS)


@pytest.mark.parametrize(
    ("block", "where", "what"),
    [
        ("{text: '{nmber}'}", "slip.0.text", "no field 'nmber'"),
        ("{text: '前面 {ahead 人'}", "slip.0.text", "there is a { without its other half"),
        ("{text: '[窗口 {windows}'}", "slip.0.text", "there is a [ without its ]"),
        ("{text: '[窗口]'}", "slip.0.text", "has none"),
        ("{text: '{ahead:huge}'}", "slip.0.text", "bold, stamp or in a size"),
        ("{text: a, size: 12}", "slip.0.size", "should be 21 to 200 dots"),
        ("{text: a, size: large}", "slip.0.size", "should be dots on 80 mm / on 58 mm"),
        ("{text: a, bold: yes}", "slip.0.bold", "should be true or false"),
        ("{text: a, algn: left}", "slip.0.algn", "no such key"),
        ("{txt: a}", "slip.0.txt", "no such block"),
        ("{text: a, qr: b}", "slip.0", "not text and qr at once"),
        ("{rule: dot}", "slip.0.rule", "should be line or dots"),
        ("{list: windows}", "slip.0.list", "should be materials or steps"),
        ("{text: a, when: windos}", "slip.0.when", "no field 'windos'"),
        ("{text: a, when: [url, class is vip]}", "slip.0.when.1", "class is normal or booked or care or urgent"),
        ("{text: a, when: paper}", "slip.0.when", "paper is 80"),
        ("{text: {de: a}}", "slip.0.text.de", "no such key"),
        ("{text: {}}", "slip.0.text", "a text for each language"),
        ("{columns: a}", "slip.0.columns", "should be a list of 1 to 8 cells"),
        ("{columns: [{rule: line}]}", "slip.0.columns.0", "a cell holds"),
        ("{picture: logo.png}", "slip.0.picture", "no pictures"),
        ("a text", "slip.0", "should be a block"),
    ],
)
def test_a_mistake_is_told_where_it_is(block, where, what):
    """Each in its place, in words."""
    told = wrong(f"slip: [{block}]")

    assert told[0][0] == where
    assert what in told[0][1]


def test_all_mistakes_come_at_once():
    told = wrong("languages: [cn]\nslpi: 1\nslip:\n- {text: '{a}', size: 3}\n- {rule: x, gap: y}\n")

    where = [place for place, _ in told]
    assert where == ["slpi", "slip.0.text", "slip.0.size", "slip.1.gap", "slip.1.rule", "languages"]


PLAIN = st.text(max_size=12) | st.sampled_from([*FIELDS, *CHOICES, "{number}", "[{ahead:54/44}]", "38/32", "{", "zh"])
KEYS = st.sampled_from([*KINDS, "when", "size", "bold", "align", "gap", "lines", "mark", "zh", "en", "module", "x"])
ANYTHING = st.recursive(
    PLAIN | st.none(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=20,
)


@settings(max_examples=120)
@given(st.fixed_dictionaries({"slip": st.lists(ANYTHING, max_size=5)}) | ANYTHING)
def test_whatever_the_file_holds_it_is_a_template_or_sentences(data):
    """Never another exception; and as a print job's template too."""
    for reader in (read, from_job):
        try:
            assert isinstance(reader(data), Template)
        except TemplateProblems as told:
            assert told.wrong
            assert str(told)


@settings(max_examples=25)
@given(
    blocks=st.lists(
        st.one_of(
            st.fixed_dictionaries(
                {"text": st.text(max_size=30).map(lambda t: t.translate(dict.fromkeys(map(ord, "{}[]"))))},
                optional={"size": st.integers(21, 200).map(str), "align": st.sampled_from(["centre", "right"])},
            ),
            st.sampled_from([{"rule": "dots"}, {"number": "90"}, {"qr": "{url}"}, {"barcode": "{number}"}]),
            st.lists(st.sampled_from([{"text": "{service}"}, {"qr": "{url}"}, {"list": "materials"}]), min_size=1).map(
                lambda cells: {"columns": cells[:4]}
            ),
        ),
        max_size=6,
    ),
    paper=st.sampled_from([80, 58]),
)
def test_whatever_a_template_says_the_printer_understands_it(slip_data, blocks, paper):
    """Drawn and in letters: no byte that the strict printer does not know, nothing over the edge of the paper."""
    slip, template = Slip.of(slip_data), read({"slip": blocks})
    dots = PAPERS[paper].dots

    drawn = raster.draw(slip, paper, template=template)
    for sent in (native.compose(slip, paper, 9600, template), escpos.RESET + escpos.picture(drawn) + escpos.CUT):
        assert printed(sent, dots)[1] == []
    edge = 4
    for x in (0, dots - edge):
        assert drawn.convert("L").crop((x, 0, x + edge, drawn.height)).getextrema()[0] == 255


@pytest.mark.parametrize(
    "block",
    [
        {
            "columns": [
                {"picture": "x", "width": "250"},
                {"picture": "x", "width": "200"},
                {"text": "{zone}", "size": "160"},
            ]
        },
        {"columns": [{"qr": "{url}"}, {"text": "a" * 60, "size": "50/41"}]},
        {"qr": "{url}" + "x" * 80, "module": "16"},
        {"text": "{copy:stamp}{number:bold}", "size": "195"},
        {"text": "前面 {ahead:200} 人 {service:200}", "size": "200"},
        {"number": "400", "align": "right"},
        {"barcode": "{kiosk}{url}", "module": "6"},
    ],
    ids=str,
)
@pytest.mark.parametrize("paper", [80, 58])
def test_what_is_too_wide_is_broken_set_smaller_or_put_below(slip_data, block, paper):
    """Nothing leaves the margins of a drawn slip, and the printer's letters and codes stay on the paper."""
    slip, template = Slip.of(slip_data | {"copy": True}), read({"slip": [block]}, lambda name: LOGO)
    dots, margin = PAPERS[paper].dots, PAPERS[paper].margin - 4

    drawn = raster.draw(slip, paper, template=template).convert("L")

    for x in (0, dots - margin):
        assert drawn.crop((x, 0, x + margin, drawn.height)).getextrema()[0] == 255
    for speed in (1200, 9600, 115_200):
        assert printed(native.compose(slip, paper, speed, template), dots)[1] == []


def test_a_part_in_brackets_is_left_out_with_its_field(slip_data):
    """请到[ {floor} 楼]{zone}等候 reads well with a floor and without; doubled signs are the signs themselves."""
    said = phrase("请到[ {floor} 楼]{zone}等候")

    assert said.text(values(Slip.of(slip_data), "zh")) == "请到 3 楼公积金区等候"
    assert said.text(values(Slip.of(slip_data | {"floor": ""}), "zh")) == "请到公积金区等候"
    assert phrase("[[{{a}}]]").text({}) == "[{a}]"
    assert phrase("[{check}]　[{wifi}]").text(values(Slip.of(slip_data | {"check": ""}), "zh")) == "YT-ZWFW"


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("url", True),
        ("not url", False),
        ("copy or wifi", True),
        ("class is booked", False),
        ("class is not booked", True),
        ("class is 普通", True),
        ("paper is 58 or copy", False),
        ("ahead", True),
        ("case", False),
    ],
)
def test_a_condition_asks_of_the_ticket(slip_data, text, holds):
    known = values(Slip.of(slip_data), "zh") | {"class": "normal", "paper": "80", "mode": "raster", "language": "zh"}

    assert any(each.holds(known) for each in condition(text)) == holds


def test_a_picture_travels_with_the_job_and_is_printed(slip_data):
    """As it was: black stays black, on paper and in the printer's letters (half as sharp on a slow line)."""
    wire = {"slip": [{"picture": "a.png", "align": "centre"}], "pictures": {"a.png": to_wire(LOGO)}}
    template = from_job(wire)
    slip = Slip.of(slip_data)

    drawn = raster.draw(slip, 80, template=template)
    letters = printed(native.compose(slip, 80, 9600, template), 576)[0].picture_of_all()

    for picture in (drawn, letters):
        black = picture.convert("L").point(lambda value: 255 - value).getbbox()
        assert (black[0], black[2]) == (228, 348)
    assert from_wire(to_wire(LOGO)).tobytes() == LOGO.tobytes()


@pytest.mark.parametrize("data", [b"", b"no picture", b"\x89PNG\r\n\x1a\n" + b"x" * 40])
def test_a_file_that_is_no_picture_is_a_sentence(data):
    with pytest.raises(Mistake, match="save it as PNG"):
        black_and_white(data)


def test_a_template_that_came_without_its_picture_is_refused():
    with pytest.raises(TemplateProblems, match="did not come with the job"):
        from_job({"slip": [{"picture": "a.png"}]})


@pytest.mark.parametrize("mode", ["raster", "native"])
def test_a_barcode_can_be_read(slip_data, scan, mode):
    """Code 128 of the number, by a reader that is not ours."""
    slip, template = Slip.of(slip_data), read({"slip": [{"barcode": "{number}", "align": "centre", "module": "3"}]})
    drawn = raster.draw(slip, 58, template=template)
    letters = printed(native.compose(slip, 58, 9600, template), 384)[0].picture_of_all()

    assert scan(drawn if mode == "raster" else letters) == ["C032"]


@given(
    mode=st.sampled_from(["auto", "raster", "native"]),
    speed=st.sampled_from([1200, 9600, 38_400, 115_200, 230_400, 921_600, 0]),
    raster_bytes=st.integers(4_000, 90_000),
    native_bytes=st.integers(500, 4_000),
)
def test_a_picture_goes_where_it_costs_no_waiting(mode, speed, raster_bytes, native_bytes):
    """Auto: a picture if it comes at most a second later; a printer without Chinese always gets one."""
    later = (raster_bytes - native_bytes) * 10 / speed if speed else 0

    assert choose("auto", "gb18030", speed, raster_bytes, native_bytes) == ("raster" if later <= 1 else "native")
    assert choose(mode, "latin", speed, raster_bytes, native_bytes) == "raster"
    if mode != "auto":
        assert choose(mode, "gb18030", speed, raster_bytes, native_bytes) == mode


def test_a_slow_printer_without_chinese_gets_a_picture(stand):
    """fonts: latin on a serial line; and an agent that cannot read a template prints the shipped slip."""
    it = stand(transport="serial", fonts="latin", speed=115_200)

    assert it.print()["mode"] == "raster"
    assert it.print(template={"slip": [{"from-the-future": "x"}]})["mode"] == "raster"
    first, second = (it.far.slips[n][0] for n in (0, 1))
    assert first == second


@pytest.mark.parametrize("paper", [80, 58])
@pytest.mark.parametrize("languages", [("zh",), ("zh", "en")])
def test_the_longest_names_wrap_and_nothing_is_cut(slip_data, paper, languages):
    """Drawn: no … anywhere, and 28 (14) dots of white at both edges. In letters: every character comes out."""
    names = {
        "hall": "内蒙古自治区呼伦贝尔市莫力达瓦达斡尔族自治旗政务服务和公共资源交易中心北门办事大厅",
        "service": "建设工程竣工验收消防备案（含既有建筑改造、装饰装修及临时建设工程规划许可延期）变更登记",
        "service_en": "Filing of the fire safety acceptance of a completed construction project, also a converted one",
        "zone": "工程建设项目审批综合受理",
        "kiosk": "一楼东北门无障碍低位自助取号机",
        "windows": "、".join(str(n) for n in range(1, 25)),
        "materials": ["不动产权证书、房屋租赁合同及备案证明原件和复印件各一份并加盖公章、骑缝章"] * 3,
    }
    slip = Slip.of(slip_data | names)
    template = Template(shipped().blocks, languages)
    dots, margin = PAPERS[paper].dots, PAPERS[paper].margin

    drawn = raster.draw(slip, paper, template=template).convert("L")
    strip, errors = printed(native.compose(slip, paper, 9600, template), dots)

    for x in (0, dots - margin + 2):
        assert drawn.crop((x, 0, x + margin - 2, drawn.height)).getextrema()[0] == 255
    assert errors == []
    told = "".join(strip.lines).replace(" ", "").replace("　", "")
    for key in ("hall", "service", "windows", "kiosk"):
        assert names[key] in told
    assert "…" not in told


def test_the_shipped_template_file_is_what_the_page_begins_with():
    """It can be read as YAML by anybody, and its first lines say how it is used."""
    assert SHIPPED.read_text(encoding="utf-8").startswith("# The slip")
