"""hall_config.yaml: what is read from it, and that every mistake is told at once, with its line and what was meant."""
# ruff: noqa: E501 - a mistake is a row of its table

from __future__ import annotations

import json
import re
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caller.config import ConfigProblems, load
from caller.config.first import init_text
from caller.config.reference import config_reference
from caller.config.settings import HallPart
from hall.plan import Plan

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "hall_config.yaml"

SMALL = """\
hall: {name: 大厅}
zones:
  - {id: a, letter: A, name: 综合}
queues:
  - {id: tax, zone: a, name: 税务, letters: A}
services:
  - {id: s, name: 事项, queue: tax}
windows:
  - {id: 1, zone: a, queues: [tax]}
"""

DEVICES = """\
clerks:
  - {staff_no: "0712", name: 王}
kiosks:
  - {id: k, name: 取号机}
lines:
  - {id: l, port: /dev/ttyS0}
devices:
  - {id: key, driver: ff68-keypad, line: l, address: 1, window: 1}
  - {id: bar, driver: a090, line: l, address: 1, window: 1}
  - {id: paper, driver: escpos, port: virtual, kiosk: k}
  - {id: voice, driver: espeak, area: hall}
"""


def problems(tmp_path: Path, text: str | bytes) -> list[str]:
    """What `load` finds in the text, as it is said; [] if nothing."""
    file = tmp_path / "hall.yaml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    try:
        load(file)
    except ConfigProblems as mistakes:
        return str(mistakes).replace(str(file), file.name).splitlines()
    return []


def test_the_shipped_hall_is_whole_and_all_virtual() -> None:
    config = load(SHIPPED)
    plan = config.plan()
    assert (len(plan.zones), len(plan.windows), len(plan.kiosks)) == (2, 4, 2)
    assert all(service.name_en and service.materials for service in plan.services)
    assert all(plan.windows_of_queue[queue.id] for queue in plan.queues)
    assert {"virtual"} == {line.port for line in config.lines}
    assert {"virtual", ""} == {placed.spec.port for placed in config.devices}
    for kind in ("keypad", "pad", "bar"):
        assert {"1", "2", "3", "4"} == {placed.window for placed in config.devices if placed.spec.kind == kind}
    assert [kiosk.printer for kiosk in plan.kiosks] == ["printer-1", "printer-2"]


def test_text_without_quotes_is_taken_as_it_is_written(tmp_path: Path) -> None:
    file = tmp_path / "hall.yaml"
    file.write_text(SMALL.replace("{id: 1, zone: a", "{id: 01, floor: 1.0, zone: a"), encoding="utf-8")
    window = load(file).plan().windows[0]
    assert (window.id, window.name, window.floor) == ("01", "01", "1.0")


def test_a_list_of_queues_has_one_rank_and_a_mapping_says_its_ranks(tmp_path: Path) -> None:
    two = SMALL.replace("letters: A}", "letters: A}\n  - {id: b, zone: a, name: 乙, letters: B}")
    for written, ranks in (("[tax, b]", {"tax": 1, "b": 1}), ("{tax: 1, b: 2}", {"tax": 1, "b": 2})):
        file = tmp_path / "hall.yaml"
        file.write_text(two.replace("[tax]", written), encoding="utf-8")
        assert ranks == load(file).plan().windows[0].queues


def test_what_is_left_out_is_what_the_plan_has_by_itself(tmp_path: Path) -> None:
    """One default for each rule of the hall: the schema's and the plan's are the same."""
    mine = {name: field.default for name, field in HallPart.model_fields.items() if not field.is_required()}
    plan = Plan("")
    assert {name: getattr(plan, name) for name in mine if name != "public_url"} == {
        name: tuple(value) if isinstance(value, list) else value for name, value in mine.items() if name != "public_url"
    }


def test_a_device_knows_its_kind_its_place_and_its_agent(tmp_path: Path) -> None:
    file = tmp_path / "hall.yaml"
    text = SMALL + DEVICES.replace("ttyS0}", "ttyS0, agent: floor}").replace(
        "port: virtual,", "port: virtual, options: {width: 58, font: '5'},"
    )
    file.write_text(text, encoding="utf-8")
    config = load(file)
    assert [(placed.spec.kind, placed.window, placed.agent) for placed in config.devices] == [
        ("keypad", "1", "floor"),
        ("bar", "1", "floor"),
        ("printer", "", "main"),
        ("voice", "", "main"),
    ]
    assert config.plan().kiosks[0].printer == "paper"
    assert config.for_agent("main")["devices"][0]["options"] == {"width": 58, "font": "5"}
    assert config.for_agent("floor")["lines"] == [{"id": "l", "port": "/dev/ttyS0", "speed": 9600}]


MISTAKES = {
    "an unknown key": ("letter: A,", "leter: A, letter: A,", "3: zones[0].leter: no such key. Did you mean 'letter'?"),
    "a window's name with its 号": ("{id: 1, zone: a,", "{id: 1, name: 1 号窗口, zone: a,", "9: windows[0].name: '1 号窗口' is shown with 号窗口 behind it: write '1'."),
    "a key missing": ("name: 税务, ", "", "5: queues[0].name: is missing."),
    "a part missing": ("zones:\n  - {id: a, letter: A, name: 综合}\n", "", "1: zones: is missing."),
    "a part empty": ("  - {id: s, name: 事项, queue: tax}\n", "", "6: services: is missing."),
    "a word for a number": ("letters: A}", "letters: A, digits: three}", "5: queues[0].digits: should be a whole number, not 'three'."),
    "a number too small": ("letters: A}", "letters: A, digits: 1}", "5: queues[0].digits: should be at least 2, not 1."),
    "a number too large": ("{name: 大厅}", "{name: 大厅, recall_limit: 99}", "1: hall.recall_limit: should be at most 20, not 99."),
    "text for a list": ("queue: tax}", "queue: tax, materials: 身份证}", "7: services[0].materials: should be a list, each entry after a '- ', not '身份证'."),
    "a list for text": ("name: 事项", "name: [事项]", "7: services[0].name: should be text, not a list."),
    "text for a part": ("{name: 大厅}", "大厅", "1: hall: should be keys with values, not '大厅'."),
    "an empty entry": ("queue: tax}", "queue: tax, materials: [~]}", "7: services[0].materials[0]: should be text, not nothing."),
    "an empty list": ("[tax]", "[]", "9: windows[0].queues: is an empty list: write at least one."),
    "a name too long": ("name: 事项", "name: " + 81 * "事", "7: services[0].name: should have at most 80 characters, not 81."),
    "an id with a space": ("{id: s,", "{id: s 1,", "7: services[0].id: 's 1' cannot be an id: up to 40 letters, digits, and - _ . between them."),
    "a wrong time": ("{name: 大厅}", "{name: 大厅, day_starts: 4:00}", "1: hall.day_starts: should be a time of day like 04:00, not '4:00'."),
    "a wrong time zone": ("{name: 大厅}", "{name: 大厅, timezone: Asia/Shanghia}", "1: hall.timezone: no time zone 'Asia/Shanghia'. Did you mean 'Asia/Shanghai'?"),
    "a wrong address": ("{name: 大厅}", "{name: 大厅, public_url: hall.example}", "1: hall.public_url: should be an address like http://192.168.1.10:8000, not 'hall.example'."),
    "a small letter": ("letters: A}", "letters: a}", "5: queues[0].letters: should be one or two capital letters, not 'a'. Did you mean 'A'?"),
    "a letter like a number": ("letters: A}", "letters: O}", "5: queues[0].letters: O is read as 0 across a hall: take another letter."),
    "a zone with two letters": ("letter: A", "letter: AB", "3: zones[0].letter: should be one capital letter, not 'AB'."),
    "a zone with a digit": ("letter: A", "letter: 0", "3: zones[0].letter: should be one capital letter, not '0'."),
    "a zone that is not there": ("zone: a, name", "zone: b, name", "5: queues[0].zone: no zone 'b'."),
    "a queue misspelt": ("[tax]", "[taxx]", "9: windows[0].queues: no queue 'taxx'. Did you mean 'tax'?"),
    "a queue twice": ("[tax]", "[tax, tax]", "9: windows[0].queues: queue 'tax' is in the list twice."),
    "a rank misspelt": ("[tax]", "{taxx: 1}", "9: windows[0].queues: no queue 'taxx'. Did you mean 'tax'?"),
    "a rank below 1": ("[tax]", "{tax: 0}", "9: windows[0].queues: should be at least 1, not 0."),
    "a service's queue misspelt": ("queue: tax", "queue: tex", "7: services[0].queue: no queue 'tex'. Did you mean 'tax'?"),
    "a service without a window": (
        "letters: A}\nservices:\n  - {id: s, name: 事项, queue: tax}\n",
        "letters: A}\n  - {id: b, zone: a, name: 乙, letters: B}\nservices:\n  - {id: s, name: 事项, queue: b}\n  - {id: t, name: 另, queue: b}\n",
        "8: services[0].queue: no window serves queue 'b', so 事项 (and 1 more services) leads nowhere (该事项未配置到窗口).",
    ),
    "an id twice": ("queue: tax}", "queue: tax}\n  - {id: s, name: 另, queue: tax}", "8: services[1].id: service 's' is there already, on line 7."),
    "letters twice": ("letters: A}", "letters: A}\n  - {id: b, zone: a, name: 乙, letters: A}", "6: queues[1].letters: letters 'A' is there already, on line 5."),
    "a window's name twice": ("[tax]}", "[tax]}\n  - {id: 2, name: 1, zone: a, queues: [tax]}", "10: windows[1].name: a window called '1' is there already, on line 9."),
    "a clerk at two windows": ("[tax]}", '[tax], clerk: "0712"}\n  - {id: 2, zone: a, queues: [tax], clerk: "0712"}', "10: windows[1].clerk: clerk '0712' sits at window 1 already."),
    "a clerk who is not there": ("[tax]}", '[tax], clerk: "0721"}', "9: windows[0].clerk: no clerk '0721'. Did you mean '0712'?"),
    "a key twice": ("{id: s,", "{id: s, id: s,", "7: services[0].id: is written twice, first on line 7."),
    "a driver misspelt": ("ff68-keypad", "ff68-kepad", "17: devices[0].driver: no driver 'ff68-kepad'. Did you mean 'ff68-keypad'?"),
    "a driver of another kind": ("driver: a090", "kind: pad, driver: a090", "18: devices[1].kind: a090 is a driver for a bar, not for a pad."),
    "a kind that is none": ("driver: a090", "kind: led, driver: a090", "18: devices[1].kind: should be 'keypad', 'pad', 'bar', 'panel', 'printer', 'voice', 'reader' or 'scanner', not 'led'."),
    "a line that is not there": ("line: l, address: 1, window: 1}\n  - {id: paper", "line: m, address: 1, window: 1}\n  - {id: paper", "18: devices[1].line: no line 'm'."),
    "a window that is not there": ("window: 1}\n  - {id: bar", "window: 9}\n  - {id: bar", "17: devices[0].window: no window '9'."),
    "a kiosk that is not there": ("kiosk: k}", "kiosk: k2}", "19: devices[2].kiosk: no kiosk 'k2'. Did you mean 'k'?"),
    "a printer that is not there": ("name: 取号机", "name: 取号机, printer: papier", "13: kiosks[0].printer: no device 'papier'. Did you mean 'paper'?"),
    "an area that is not there": ("area: hall", "area: hal", "20: devices[3].area: no loudspeaker area 'hal'. Did you mean 'hall'?"),
    "an address taken": ("driver: a090, line: l", "driver: ff68-pad, line: l", "18: devices[1].address: address 1 on line 'l' is taken by 'key', on line 17."),
    "an address missing": ("line: l, address: 1, window: 1}\n  - {id: bar", "line: l, window: 1}\n  - {id: bar", "17: devices[0]: is missing its address on the line: write `address: N`."),
    "an address too high": ("line: l, address: 1, window: 1}\n  - {id: bar", "line: l, address: 256, window: 1}\n  - {id: bar", "17: devices[0].address: should be 1 to 255, not 256."),
    "a keypad without a line": ("driver: a090, line: l, address: 1", "driver: a090", "18: devices[1]: a090 stands on a line: write `line: ID` and `address: N`, or `port: …`."),
    "a panel of a zone that is not there": ("window: 1}\n  - {id: paper", "window: 1}\n  - {id: led, kind: panel, driver: a090, line: l, address: 2, zone: b}\n  - {id: paper", "19: devices[2].zone: no zone 'b'."),
    "a line and a port": ("driver: a090, line: l", "driver: a090, port: COM3, line: l", "18: devices[1].port: stands on a line and on a port of its own: leave one out."),
    "a printer on a line": ("port: virtual, kiosk", "line: l, kiosk", "19: devices[2].line: escpos has a port of its own: write `port: …` instead of a line."),
    "a printer without a port": ("port: virtual, kiosk", "kiosk", "19: devices[2]: is missing its port: write `port: …`."),
    "a printer without a kiosk": (", kiosk: k}", "}", "19: devices[2]: nothing prints here: write `kiosk: ID`, or `printer: ID` at a kiosk."),
    "a keypad without a window": (", window: 1}\n  - {id: bar", "}\n  - {id: bar", "17: devices[0]: a keypad names its window: write `window: ID`."),
    "a voice at a window": ("area: hall", "area: hall, window: 1", "20: devices[3].window: a voice has no window: it names its area."),
    "a kiosk with two printers": ("area: hall}", "area: hall}\n  - {id: p2, driver: escpos, port: virtual, kiosk: k}", "21: devices[4].kiosk: kiosk 'k' prints on 'paper' already."),
    "a kiosk that prints on a bar": ("name: 取号机", "name: 取号机, printer: bar", "13: kiosks[0].printer: 'bar' is a bar, not a printer."),
    "a port twice": ("port: virtual, kiosk", "port: /dev/ttyS0, kiosk", "19: devices[2].port: port /dev/ttyS0 is taken by 'l' on line 15."),
    "a port without a number": ("port: virtual, kiosk", "port: tcp://10.0.0.9, kiosk", "19: devices[2].port: 'tcp://10.0.0.9' has no port number from 1 to 65535: write tcp://HOST:NUMBER."),
    "a USB port like a serial one": ("port: virtual, kiosk", "port: /dev/usb/lp0, kiosk", "19: devices[2].port: a printer's USB port is written file:/dev/usb/lp0."),
    "a speed that no line has": ("ttyS0}", "ttyS0, speed: 9200}", "15: lines[0].speed: should be a line's speed, 1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200, not 9200."),
    "another agent than its line's": ("driver: a090,", "driver: a090, agent: floor,", "18: devices[1].agent: line 'l' is held by agent 'main'."),
    "a language that is not spoken": ("area: hall}\n", "area: hall}\nvoice: {areas: {hall: {languages: [zh, eng]}}}\n", "21: voice.areas.hall.languages[1]: should be 'zh' or 'en', not 'eng'. Did you mean 'en'?"),
    "a name with a control character": ("name: 综合", 'name: "综\\x1b合"', "3: zones[0].name: holds a character that cannot be shown or printed, U+001B: write it again."),
    "a voice where no zone is": ("area: hall}\n", "area: hall}\nvoice: {areas: {hal: {times: 1}}}\n", "21: voice.areas.hal: no zone is in loudspeaker area 'hal'. Did you mean 'hall'?"),
}  # fmt: skip


def test_a_loudspeaker_stands_at_the_address_of_its_bar_and_a_chip_beside_another_voice(tmp_path: Path) -> None:
    voices = """\
  - {id: box, driver: a090-voice, line: l, address: 1, area: hall}
  - {id: chip, driver: syn6288, port: /dev/ttyS1, area: hall, options: {volume: 9}}
"""
    assert problems(tmp_path, SMALL + DEVICES + voices) == []


def test_the_hall_that_mistakes_are_made_in_has_none(tmp_path: Path) -> None:
    assert problems(tmp_path, SMALL + DEVICES) == []


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_with_its_line_and_what_was_meant(tmp_path: Path, mistake: str) -> None:
    right, wrong, said = MISTAKES[mistake]
    text = SMALL + DEVICES
    assert text.count(right) == 1 or mistake in ("a key missing",), "the mistake is made in one place"
    assert f"hall.yaml:{said}" in problems(tmp_path, text.replace(right, wrong, 1))


def test_all_mistakes_come_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = SMALL.replace("[tax]", "[taxx]").replace("letter: A", "letter: I").replace("name: 大厅", "nam: 大厅")
    lines = [int(re.match(r"hall\.yaml:(\d+):", said)[1]) for said in problems(tmp_path, text)]
    assert lines == [1, 1, 3, 9]


def test_a_misspelt_queue_is_told_at_its_window_and_not_at_every_service(tmp_path: Path) -> None:
    assert len(problems(tmp_path, SMALL.replace("[tax]", "[taxx]"))) == 1


NOT_YAML = {
    "a tab": ("hall:\n\tname: 大厅\n", "hall.yaml:2: is indented with a tab: use spaces."),
    "a wide colon": ("hall:\n  name：大厅\n  wifi: x\n", "hall.yaml:2: is not YAML: there is a full-width ： where ': ' is meant."),
    "an open bracket": ("hall: {name: 大厅\n", "hall.yaml:2: is not YAML: did not find expected ',' or '}', while parsing a flow mapping that begins on line 1."),
    "nothing": ("# only a comment\n", "hall.yaml: holds no keys. `hall init` writes a file to start from."),
    "a list": ("- a\n", "hall.yaml: holds no keys. `hall init` writes a file to start from."),
    "GBK": ("hall:\n  name: 大厅\n".encode("gbk"), "hall.yaml:2: is not UTF-8 here (GBK?): save the file as UTF-8."),
    "brackets without end": ("hall: " + "[" * 500 + "]" * 500, "is nested too deeply"),
    "aliases of aliases": ("a: &a [x]\n" + "".join(f"{b}: &{b} [{','.join([f'*{a}'] * 30)}]\n" for a, b in pairwise("abcdef")), "is too much: aliases (*) repeat it without end."),
    "a whole disk": ("#" * 8_400_000, "hall.yaml: is no configuration: it is larger than 8 MB."),
    "itself": ("hall: &a {name: *a}\n", "hall.yaml:1: hall.name: contains itself (an alias, *, to what it is in)."),
}  # fmt: skip


@pytest.mark.parametrize(
    ("driver", "option", "said"),
    [
        ("escpos", "widht: 58", "devices[2].options.widht: escpos has no option 'widht'. Did you mean 'width'?"),
        ("escpos", "brightness: 3", "devices[2].options.brightness: escpos has no option 'brightness'."),
        ("escpos", "near_end: no", "devices[2].options.near_end: near_end is warn or stop, not 'no'."),
        ("escpos", "roll_m: long", "devices[2].options.roll_m: roll_m is a number from 0 to 1000, not 'long'."),
        ("espeak", "cime: false", "devices[3].options.cime: espeak has no option 'cime'. Did you mean 'chime'?"),
    ],
)
def test_an_option_that_its_driver_does_not_know_is_told(tmp_path: Path, driver: str, option: str, said: str) -> None:
    text = SMALL + DEVICES.replace(f"driver: {driver},", f"driver: {driver}, options: {{{option}}},")
    line = next(n for n, line in enumerate(text.splitlines(), 1) if option in line)
    assert problems(tmp_path, text) == [f"hall.yaml:{line}: {said}"]


@pytest.mark.parametrize("mistake", NOT_YAML)
def test_what_is_not_yaml_is_told_in_plain_words(tmp_path: Path, mistake: str) -> None:
    text, said = NOT_YAML[mistake]
    assert any(said in told for told in problems(tmp_path, text))


def test_a_file_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ConfigProblems, match=r"none\.yaml: there is no such file\."):
        load(tmp_path / "none.yaml")


@settings(deadline=None)
@given(st.text(max_size=200) | st.binary(max_size=200))
def test_whatever_the_file_holds_it_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, text: str | bytes
) -> None:
    raw = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    assert problems(tmp_path_factory.getbasetemp(), raw)


words = st.sampled_from(["tax", "1", "A", "大厅", "", "-5", "hall", "virtual", "ff68-keypad", "99999999999"])
values = st.recursive(
    st.none() | words, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3)
)
KEYS = ["hall", "zones", "queues", "services", "windows", "clerks", "kiosks", "lines", "devices", "voice"]
FIELDS = ["id", "zone", "queue", "queues", "letters", "driver", "line", "address", "port", "window", "kiosk", "areas"]
parts = st.lists(values | st.dictionaries(st.sampled_from(FIELDS), values), max_size=3)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(KEYS), parts | values))
def test_whatever_shape_the_parts_have_the_checks_go_on(tmp_path_factory: pytest.TempPathFactory, data: dict) -> None:
    """A wrong shape is a sentence about itself, never a Python word, and never an error of ours."""
    for said in problems(tmp_path_factory.getbasetemp(), json.dumps(data, ensure_ascii=False)):
        assert not re.search(r"Traceback|NoneType|Input should|Value error|valid (list|dictionary|string)", said)


def test_the_reference_hall_is_read_in_under_a_second(tmp_path: Path) -> None:
    file = tmp_path / "hall.yaml"
    file.write_text(init_text(10, 289, 1344), encoding="utf-8")
    began = time.process_time()
    plan = load(file).plan()
    assert time.process_time() - began < 1
    assert (len(plan.zones), len(plan.windows), len(plan.services)) == (10, 289, 1344)


def test_docs_config_is_current() -> None:
    """Run `python -m caller.config.reference > docs/config.md` after a change of the schema."""
    assert config_reference() == (ROOT / "docs/config.md").read_text(encoding="utf-8")
