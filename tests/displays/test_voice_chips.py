"""Speech chips: what goes over their wire, that one text never cuts another off, and how the end is known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.driver import DeviceError, DeviceSpec, Job
from displays.bars import a090
from displays.voice import chip, chip_words, chips, virtual

SYN, XFS = chip.SYN6288, chip.XFS5152
VECTORS = {
    "FD 00 09 01 01 C7 EB 41 30 30 31 A8": (SYN, chip.speak("请A001")),
    "FD 00 08 01 01 C7 EB 41 30 30 31": (XFS, chip.speak("请A001")),
    "FD 00 02 21 DE": (SYN, chip.Frame(chip.ASK)),
    "FD 00 01 21": (XFS, chip.Frame(chip.ASK)),
    "FD 00 02 02 FD": (SYN, chip.Frame(chip.STOP)),
}
each_chip = pytest.mark.parametrize("it", [SYN, XFS], ids=lambda it: it.name)


@pytest.mark.parametrize("vector", VECTORS)
def test_each_vector_is_written_and_read_byte_by_byte(vector):
    (it, frame), raw, ear = VECTORS[vector], bytes.fromhex(vector), None
    ear = chip.requests(it)
    assert chip.encode(frame, it) == raw
    assert chip.decode(raw, it) == frame
    if it.checksum or frame.command != chip.SPEAK:
        assert [frame] == [found for byte in raw for found in ear.feed(bytes((byte,)))]


@each_chip
def test_a_frame_that_broke_off_anywhere_swallows_nothing_of_the_next(it):
    first, second = (
        chip.encode(chip.speak(text), it) for text in ("请[n1]A001[n0]号到三号窗口。", "请B002号到一号窗口。")
    )
    for at in range(len(first)):
        assert [chip.decode(second, it)] == chip.requests(it).feed(first[:at] + second)


@each_chip
@given(text=st.text(max_size=300), noise=st.binary(max_size=12))
def test_any_text_arrives_readable_whatever_came_before(it, text, noise):
    frame = chip.speak("请" + text[:30] + "。")
    found = chip.requests(it).feed(noise.replace(b"\xfd", b"") + chip.encode(frame, it))
    assert [frame] == found
    assert len(frame.text) <= chip.MAX_TEXT


@given(st.data())
def test_a_wrong_byte_is_no_text_for_the_chip_with_a_checksum(data):
    raw = bytearray(chip.encode(chip.speak("请A001号"), SYN))
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= data.draw(st.integers(1, 255))
    assert chip.requests(SYN).feed(bytes(raw)) == []


def test_an_answer_is_one_byte_and_noise_is_none():
    answers = chip.Answers().feed(b"\x00\x41\xff\x4e\x4f\x45\x4a")
    assert [answer.code for answer in answers] == [0x41, 0x4E, 0x4F, 0x45, 0x4A]


@pytest.mark.parametrize(
    ("it", "languages", "one", "said"),
    [
        (SYN, ["zh"], "一", ["请A零零一号到一百零一号窗口。"]),
        (SYN, ["zh", "yue"], "幺", ["请A零零幺号到一百零一号窗口。"]),
        (SYN, ["zh", "en"], "一", ["请A零零一号到一百零一号窗口。"]),
        (XFS, ["zh"], "一", ["请[n1][y1]A001[n0]号到一百零一号窗口。"]),
        (XFS, ["zh"], "幺", ["请[n1][y0]A001[n0]号到一百零一号窗口。"]),
        (XFS, ["en"], "一", ["[g2]Ticket A 0 0 1, please go to counter 101.[g0]"]),
    ],
)
def test_how_a_call_is_said(it, languages, one, said):
    assert said == chip_words.texts("A001", "101", languages, it, one=one, volume=None)


def test_a_chip_without_english_says_so_when_nothing_is_left():
    with pytest.raises(ValueError, match="只会说中文"):
        chip_words.texts("A001", "3", ["en"], SYN, one="一", volume=None)


@given(st.lists(st.text("请号到窗口A1", min_size=1, max_size=60), min_size=1, max_size=6))
def test_a_text_ends_with_a_whole_sentence_and_the_volume_stands_before_each(sentences):
    made = chip_words.packed(sentences, "[v9]")
    assert "".join(sentences) == "".join(text.removeprefix("[v9]") for text in made)
    assert all(text.startswith("[v9]") and len(text.encode("gbk")) <= chip.MAX_TEXT for text in made)


class Bench:
    """A voice and its chip on a wire without a delay, and a clock that a test moves."""

    def __init__(self, driver=chips.Syn6288Voice, far=virtual.VirtualSyn6288, **options):
        self.now, self.up, self.said, self.states, self.sent = 1000.0, True, [], [], []
        spec = DeviceSpec("v", "voice", "x", address=3, options={"answer_s": 0.02, **options})
        self.driver = driver(spec, self, self, lambda: self.now)
        self.chip = far(spec, self, clock=lambda: self.now)
        self.chip.wire = self
        self._back = self.driver.tokenizer()
        self.driver.open()

    def write(self, data):
        if not self.up:
            raise DeviceError("lost", "gone")
        self.sent.append(data)
        if self.chip.powered:
            self.chip.hear(data)

    def say(self, data):
        for frame in self._back.feed(data):
            self.driver.heard(frame)

    def input(self, event):
        self.said.append((event["kind"], event["announcement"]))

    def state(self, state, error="", **detail):
        self.states.append(state)

    def far(self, **seen):
        """Nobody looks."""

    def call(self, number="A001", announcement=1, **data):
        data = {"announcement": announcement, "area": "hall", "number": number, "window": "3", "times": 1, **data}
        return self.driver.do(Job("1", "v", "say", data))

    def wait(self, seconds):
        """Time goes by, in the steps of a worker."""
        for _ in range(round(seconds / 0.25)):
            self.now += 0.25
            self.chip.tick(self.now)
            self.driver.poll()


def test_rendered_ahead_it_tells_text_and_length_and_is_not_heard():
    bench = Bench()
    told = bench.call(play=False)
    assert told == {
        "text": "请A零零一号到三号窗口。",
        "seconds": pytest.approx(3.2, abs=0.5),
        "speaks": True,
        "panels": False,
    }
    assert bench.sent == []


def test_it_is_said_as_often_as_told_and_the_end_is_told_when_the_chip_is_silent():
    bench = Bench()
    seconds = bench.call(times=2)["seconds"]
    assert bench.chip.speaking
    bench.wait(seconds * 2 - 0.5)
    assert bench.said == []
    bench.wait(2)
    assert bench.said == [("spoken", 1)]
    assert list(bench.chip.history) == ["请A零零一号到三号窗口。"] * 2


@given(st.lists(st.tuples(st.sampled_from(["A001", "B012", "C999"]), st.integers(1, 2), st.floats(0, 8)), max_size=6))
def test_whenever_calls_come_none_cuts_another_off_and_each_is_told_once(calls):
    bench = Bench()
    for at, (number, times, pause) in enumerate(calls):
        bench.call(number, at, times=times)
        bench.wait(pause)
    bench.wait(60)
    assert bench.chip.cut_off == []
    assert bench.said == [("spoken", at) for at in range(len(calls))]
    assert len(bench.chip.history) == sum(times for _, times, _ in calls)


def test_what_an_agent_before_us_began_is_heard_to_its_end():
    bench = Bench()
    bench.chip.speak("请A零零九号到九号窗口。")
    bench.driver.poll()
    bench.call()
    assert bench.chip.cut_off == []
    bench.wait(12)
    assert bench.chip.cut_off == []
    assert bench.said == [("spoken", 1)]


def test_a_refused_text_is_sent_again_and_after_three_tries_given_up():
    bench = Bench()
    answers = iter([chip.REFUSED, chip.TAKEN])
    bench.chip._obey = lambda frame: bench.say(bytes((next(answers, chip.REFUSED),)))
    bench.call()
    assert len(bench.sent) == 2
    bench = Bench()
    bench.chip._obey = lambda frame: bench.say(bytes((chip.REFUSED,)))
    with pytest.raises(DeviceError, match="拒绝") as refused:
        bench.call()
    assert (refused.value.code, len(bench.sent), bench.said) == ("refused", 3, [("unspoken", 1)])


def test_an_absent_chip_is_a_fault_and_is_not_asked_to_say_anything_until_it_answers():
    bench = Bench()
    bench.chip.power_off()
    with pytest.raises(DeviceError, match="没有应答"):
        bench.call()
    assert (bench.states[-1], bench.said) == ("fault", [("unspoken", 1)])
    with pytest.raises(DeviceError, match="没有应答"):
        bench.call(play=False)
    bench.chip.power_on()
    assert bench.states[-1] == "ok"
    assert bench.call(play=False)["speaks"]


def test_a_chip_that_was_never_there_is_noticed_before_anybody_is_called():
    bench = Bench()
    bench.chip.power_off()
    bench.wait(2)
    assert bench.states[-1] == "fault"


@pytest.mark.parametrize("misfortune", ["power_off", "restart", "line"])
def test_what_breaks_off_in_the_middle_is_told_as_not_spoken(misfortune):
    bench = Bench()
    bench.call(times=2)
    bench.wait(1)
    if misfortune == "line":
        bench.driver.close()
    else:
        bench.chip.power_off()
    if misfortune == "restart":
        bench.chip.power_on()
    bench.wait(4)
    assert bench.said == [("unspoken", 1)]


def test_where_only_the_way_out_is_wired_the_end_is_reckoned():
    bench = Bench(answers=False)
    for at in (1, 2):
        bench.call(announcement=at)
    assert bench.chip.speaking
    assert bench.said == []
    bench.wait(12)
    assert (len(bench.chip.history), bench.chip.cut_off, bench.said) == (2, [], [("spoken", 1), ("spoken", 2)])


def test_the_frame_of_the_a090_page_is_what_is_sent():
    said = chip.encode(chip.speak_unicode("请A001"), SYN)
    page = "A0 90 03 51 00 10 FD 00 0D 01 03 8B F7 00 41 00 30 00 30 00 31 FE 42"
    assert bytes.fromhex(page) == a090.encode(a090.Frame(3, a090.SPEAK, said))


def test_the_loudspeaker_of_an_a090_box_hears_the_chips_frame_inside_its_own():
    bench = Bench(chips.A090Voice, virtual.VirtualA090Voice)
    for at in (1, 2):
        bench.call("A00王", at)
    frame = a090.decode(bench.sent[0])
    assert (frame.address, frame.command, frame.data[:5]) == (3, 0x51, bytes.fromhex("FD 00 1B 01 03"))
    bench.wait(12)
    assert (list(bench.chip.history), bench.chip.cut_off) == (["请A零零王号到三号窗口。"] * 2, [])


@pytest.mark.parametrize("options", [{"volume": 17}, {"volume": "loud"}, {"one": "yi"}])
def test_a_wrong_option_is_a_sentence(options):
    with pytest.raises(DeviceError, match="语音设备的选项"):
        Bench(**options)


def test_a_chip_is_found_by_how_it_answers_whether_it_speaks():
    assert chips.SYN6288_PROBE.recognise(b"\x41\x4f") == "a speech chip, silent"
    assert chips.XFS5152_PROBE.recognise(b"\x4e") == "a speech chip, speaking"
    assert chips.XFS5152_PROBE.recognise(b"LED-485-054 ON") == ""
