"""The driver of onbon cards against a card that is as strict as one: texts, questions, refusals, silence and power."""

import pytest

from devices.driver import DeviceError, DeviceSpec, Job
from displays.bars import onbon
from displays.bars.onbon_bar import OnbonBar, OnbonPanel, VirtualOnbon


class Bench:
    """A card and its driver on a wire without a delay, with a clock that is turned by hand."""

    def __init__(self, kind="bar", port="", **options):
        spec = DeviceSpec("d", kind, "onbon-bx", "l1", 7, port, {"answer_s": 0.02, **options})
        self.up, self.now, self.states, self.sent, self.opened_again, self.revivals = True, 0.0, [], [], 0, 0
        self.driver = (OnbonPanel if kind == "panel" else OnbonBar)(spec, self, self, clock=lambda: self.now)
        self.driver.revived = self.revived
        self.card = VirtualOnbon(spec, self)
        self.card.wire = self
        self._back = onbon.tokenizer()
        self.driver.open()

    def write(self, data, rest_s=0.0):
        self.sent.append(onbon.decode(data))
        if self.card.powered:
            self.card.hear(data)

    def again(self):
        self.opened_again += 1

    def say(self, data):
        for packet in self._back.feed(data):
            self.driver.heard(packet)

    def revived(self):
        self.revivals += 1

    def state(self, state, error="", **detail):
        self.states += [state] if self.states[-1:] != [state] else []

    def far(self, **seen):
        pass

    def show(self, text, colour="red"):
        return self.driver.do(Job("1", "d", "show", {"text": text, "colour": colour}))

    def polls(self, seconds):
        """So many seconds of the worker's idle life."""
        for _ in range(int(seconds * 2)):
            self.now += 0.5
            self.driver.poll()

    @property
    def asked(self):
        return [packet.command for packet in self.sent].count(onbon.PING)


def test_a_text_is_shown_in_its_colour_and_acknowledged():
    bench = Bench()
    assert bench.show("A001→3号窗口", "yellow") == {"acknowledged": True}
    assert (bench.card.text, bench.card.colour, bench.states) == ("A001→3号窗口", "yellow", ["ok"])


def test_the_options_reach_the_card():
    bench = Bench(
        width=96, height=32, x=8, y=4, area=2, run_mode="blank", timeout_s=60, effect="up", effect_speed=3, stay=6,
        line_gap=1, font=1, colour="red", card=0x61, mode=1,
    )  # fmt: skip
    bench.show("A001", "green")
    area, packet = bench.card.area, bench.sent[-1]
    assert (area.width, area.height, area.x, area.y, area.id) == (96, 32, 8, 4, 2)
    assert (area.run_mode, area.timeout_s, area.effect, area.speed, area.stay) == ("blank", 60, "up", 3, 6)
    assert (area.text, area.line_gap) == ("\\FO001\\C1A001", 1)
    assert (packet.card, packet.mode, packet.to, packet.sender) == (0x61, 1, 7, onbon.TELLING)


@pytest.mark.parametrize(
    "wrong",
    [
        {"effect": "jump"},
        {"run_mode": "x"},
        {"effect_speed": 30},
        {"width": "wide"},
        {"colour": "pink"},
        {"brightness": 16},
    ],
    ids=str,
)
def test_an_option_that_no_card_knows_is_refused_at_once(wrong):
    with pytest.raises(ValueError):
        Bench(**wrong)


@pytest.mark.parametrize(("text", "effect"), [("A001→3号窗口", "still"), ("A001→3号窗口 请到二楼", "left")])
def test_a_text_wider_than_the_bar_moves_to_the_left(text, effect):
    bench = Bench(width=104)
    bench.show(text)
    assert (bench.card.area.effect, bench.card.text) == (effect, text)


def test_an_empty_text_takes_our_area_away_or_clears_the_card():
    for options, command in (({}, onbon.AREA), ({"clear": True}, onbon.CLEAR)):
        bench = Bench(**options)
        bench.show("A001")
        bench.show("")
        assert (bench.card.text, bench.card.area, bench.sent[-1].command) == ("", None, command)


def test_a_panel_shows_its_rows_in_lines_each_in_its_colour():
    bench = Bench("panel", rows=3)
    rows = [{"text": "A002→1号窗口", "colour": "yellow"}, {"text": "A\\C1→2号窗口", "colour": "green"}]
    bench.driver.do(Job("1", "d", "rows", {"rows": rows}))
    assert bench.card.rows == ["A002→1号窗口", "A＼C1→2号窗口", ""]
    assert (bench.card.area.height, bench.card.area.text.count("\\C2"), bench.card.area.breaks) == (48, 1, 1)


def test_a_panel_without_a_call_has_no_area():
    bench = Bench("panel", rows=2)
    for text in ("A001", ""):
        bench.driver.do(Job("1", "d", "rows", {"rows": [{"text": text}]}))
    assert (bench.card.rows, bench.card.area) == (["", ""], None)


def test_a_card_is_asked_every_five_seconds_and_is_ok_when_it_answers():
    bench = Bench()
    bench.polls(20)
    assert (bench.asked, bench.states) == (4, ["ok"])


def test_it_is_not_asked_where_it_cannot_answer_or_shall_not():
    for options in ({"answers": False}, {"ping_s": 0}):
        bench = Bench(**options)
        bench.polls(20)
        assert bench.sent == []


def test_a_silent_card_is_a_fault_after_three_questions_before_any_text():
    bench = Bench()
    bench.polls(5)
    bench.card.power_off()
    bench.polls(8)
    assert bench.states == ["ok", "fault"]
    assert bench.opened_again == 0


def test_one_lost_answer_is_no_fault():
    bench = Bench()
    bench.polls(5)
    bench.card.power_off()
    while bench.asked < 3:
        bench.polls(0.5)
    bench.card.power_on()
    bench.polls(10)
    assert bench.states == ["ok"]


def test_a_card_that_had_no_power_shows_again_what_it_showed_and_as_bright():
    bench = Bench(brightness=9)
    bench.polls(2)
    bench.show("A001")
    assert bench.card.brightness == 9
    bench.card.power_off()
    bench.polls(8)
    assert (bench.card.text, bench.card.brightness) == ("", None)
    bench.card.power_on()
    bench.polls(8)
    assert (bench.card.text, bench.card.brightness, bench.states) == ("A001", 9, ["ok", "fault", "ok"])
    assert bench.revivals == 1


def test_a_text_is_sent_once_where_nothing_was_lost():
    bench = Bench()
    bench.show("A001")
    bench.polls(20)
    assert list(bench.card.history) == ["A001"]


def test_a_text_that_failed_is_left_to_the_worker_and_the_old_one_is_not_shown_again():
    bench = Bench()
    bench.show("A001")
    bench.card.power_off()
    with pytest.raises(DeviceError):
        bench.show("A002")
    bench.card.power_on()
    bench.polls(8)
    assert (bench.card.text, bench.revivals) == ("", 1)


def test_a_card_with_a_port_of_its_own_gets_it_opened_again_once():
    """A network may lose a connection without a word; a card without power is not connected to again and again."""
    bench = Bench(port="tcp://10.0.0.9:5005")
    bench.polls(2)
    bench.card.power_off()
    bench.polls(8)
    assert bench.opened_again == 1
    bench.driver.open()
    bench.polls(30)
    assert bench.opened_again == 1
    bench.card.power_on()
    bench.polls(8)
    bench.card.power_off()
    bench.polls(8)
    assert bench.opened_again == 2


def test_a_refused_text_is_a_fault_with_the_cards_reason_and_the_next_text_mends_it():
    bench = Bench()
    obey, bench.card._error = bench.card._error, lambda command, data: 12
    with pytest.raises(DeviceError, match="没有这个字体") as refused:
        bench.show("A001")
    assert (refused.value.code, len(bench.sent), bench.states) == ("refused", 3, ["fault"])
    bench.polls(6)  # the answer to a question does not say that a text is shown
    assert bench.states == ["fault"]
    bench.card._error = obey
    bench.show("A001")
    assert bench.states == ["fault", "ok"]


def test_the_answer_to_a_question_is_not_taken_for_that_to_a_text():
    bench = Bench()
    bench.card.power_off()
    bench.driver.poll()
    late = [onbon.encode(onbon.Packet(onbon.ASKING, 7, onbon.answer()))]
    write, bench.write = bench.write, lambda data, rest_s=0.0: (write(data), late and bench.say(late.pop()))
    with pytest.raises(DeviceError):
        bench.show("A001")


def test_the_answer_to_a_text_counts_while_a_question_is_open():
    bench = Bench()
    bench.card.power_off()
    bench.driver.poll()
    bench.card.power_on()
    bench.show("A001")
    assert [packet.command for packet in bench.sent] == [onbon.PING, onbon.AREA]


def test_what_the_adapter_echoes_is_no_answer():
    bench = Bench()
    bench.card.power_off()
    write, bench.write = bench.write, lambda data, rest_s=0.0: (write(data), bench.say(data))
    with pytest.raises(DeviceError):
        bench.show("A001")


def test_a_command_that_the_card_does_not_know_is_answered_so():
    bench, answers = Bench(), []
    bench.driver.heard = answers.append
    bench.write(onbon.encode(onbon.Packet(7, onbon.ASKING, onbon.request(b"\xa4\x05"))))
    assert [packet.data for packet in answers] == [onbon.answer(onbon.NACK, 2)]
