"""What the options of cards, tubes, screens and panels do, between each driver and its far end."""

import pytest

from devices import registry
from devices.driver import DeviceError, DeviceSpec, Job
from displays.bars import armfly, f001d0, fk64

TEXT = "A001→3号窗口"


class Bench:
    """A sign and its driver on a wire without a delay: what one writes the other hears."""

    up = True

    def __init__(self, name, far_options=None, *, far_address=3, **options):
        row = registry.family(name)
        self.states, self.sent, self.facts = [], [], {}
        spec = DeviceSpec("s", row.kind, name, address=3, options={"answer_s": 0.02, **options})
        self.driver = row.load_driver()(spec, self, self)
        far = DeviceSpec(
            "s", row.kind, name, address=far_address, options=options if far_options is None else far_options
        )
        self.sign = row.load_virtual()(far, self)
        self.sign.wire = self
        self._back = self.driver.tokenizer()

    def write(self, data):
        self.sent.append(data)
        if self.sign.powered:
            self.sign.hear(data)

    def say(self, data):
        for frame in self._back.feed(data):
            self.driver.heard(frame)

    def state(self, state, error="", **detail):
        self.states.append((state, error))

    def about(self, **facts):
        self.facts.update(facts)

    def far(self, **seen):
        """Nobody looks."""

    def show(self, text=TEXT, colour="green", number="A001"):
        return self.driver.do(Job("1", "s", "show", {"text": text, "colour": colour, "number": number}))


def test_a_card_that_answers_is_ok_though_nobody_waits_for_it():
    bench = Bench("fk-64")
    assert bench.show() == {"acknowledged": False}
    assert (bench.sign.text, bench.sign.colour, bench.states) == (TEXT, "green", [("ok", "")])


def test_a_card_is_waited_for_where_the_hall_says_so():
    bench = Bench("fk-64", answers=True, tries=2)
    assert bench.show() == {"acknowledged": True}
    bench.sign.power_off()
    with pytest.raises(DeviceError, match="没有应答"):
        bench.show()
    assert len(bench.sent) == 3


def test_a_card_shows_its_own_window_only():
    bench = Bench("fk-64", {"window": 1}, window=2)
    bench.show()
    assert bench.sign.text == ""


def test_a_card_at_another_address_takes_a_broadcast():
    there = Bench("fk-64", far_address=9)
    there.show()
    assert there.sign.text == ""
    everywhere = Bench("fk-64", far_address=9, broadcast=True)
    everywhere.show()
    assert (everywhere.sign.text, everywhere.sent[0][0]) == (TEXT, fk64.ANY)


@pytest.mark.parametrize("name", ["armfly-led485", "armfly-modbus"])
@pytest.mark.parametrize(
    ("options", "number", "seen"),
    [({}, "A001", " 001"), ({"digits": 3}, "A1207", "207"), ({"letters": True}, "A001", "A001"), ({}, "", "    ")],
)
def test_tubes_show_the_number_and_are_dark_without_one(name, options, number, seen):
    bench = Bench(name, **options)
    bench.show("whatever", number="B999")
    bench.show("3号 暂停服务", number=number)
    assert bench.sign.text == seen


def test_tubes_that_refuse_are_a_fault_with_the_code():
    bench = Bench("armfly-modbus", tries=1)
    bench.sign.obey = lambda frame: bench.say(armfly.encode_modbus(armfly.Refused(3, 2)))
    with pytest.raises(DeviceError):
        bench.show()
    assert ("fault", "数码管拒绝了内容(异常码 2)") in bench.states


@pytest.mark.parametrize("variable", [0x2000, "0x2000", 8192])
def test_a_screen_shows_the_text_at_its_variable_in_its_encoding(variable):
    bench = Bench("dwin-5aa5", variable=variable, encoding="ucs2")
    assert bench.show("王䶮→3号窗口") == {"acknowledged": True}
    assert bench.sign.text == "王䶮→3号窗口"
    other = Bench("dwin-5aa5", {"variable": 0x3000}, variable=variable)
    other.show()
    assert other.sign.text == ""


@pytest.mark.parametrize(
    "options", [{"variable": 0x14}, {"variable": "text"}, {"variable": None}, {"encoding": "utf-8"}]
)
def test_a_variable_or_encoding_that_no_screen_has_is_a_sentence(options):
    with pytest.raises(DeviceError, match="串口屏的选项"):
        Bench("dwin-5aa5", **options)


def test_a_long_row_of_a_panel_runs_and_an_empty_one_is_wiped():
    bench = Bench("f001d0", rows=3, columns=16)
    rows = [{"text": TEXT, "colour": "yellow"}, {"text": "请A001号到综合服务3号窗口", "colour": "green"}]
    bench.driver.do(Job("1", "s", "rows", {"rows": rows}))
    sent = [f001d0.decode(raw) for raw in bench.sent]
    assert [(it.number, it.mode, it.colour) for it in sent] == [(1, 1, "red"), (2, 2, "green"), (3, 1, "red")]
    assert bench.sign.rows == [TEXT, "请A001号到综合服务3号窗口", ""]
    bench.driver.do(Job("2", "s", "rows", {"rows": rows[:1]}))
    assert bench.sign.rows == [TEXT, "", ""]
