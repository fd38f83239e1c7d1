"""Evaluators at the window: a prompt, a grade, stars."""

import pytest

from devices import ff68
from devices.driver import DeviceSpec, Job
from kiosk.pads import DEFAULT_CODES, GRADES, Ff68Pad
from kiosk.virtual_pad import VirtualPad


class Bench:
    """A pad and its driver on a wire without a delay, and a clock that is moved by hand."""

    def __init__(self, **options):
        self.up, self.now = True, 100.0
        self.events, self.seen, self.sent = [], {}, []
        spec = DeviceSpec("pad-1", "pad", "ff68-pad", "l1", 1, options=options)
        self.driver = Ff68Pad(spec, self, self, clock=lambda: self.now)
        self.pad = VirtualPad(spec, self)
        self.pad.wire = self
        self._back = ff68.tokenizer()

    def wake(self):
        """This wire has no thread: nothing is repeated."""

    def write(self, data):
        self.sent.append(data)
        self.pad.hear(data)

    def say(self, data):
        for frame in self._back.feed(data):
            self.driver.heard(frame)

    def input(self, event):
        self.events.append(event["grade"])

    def state(self, state, error="", **detail):
        assert state == "ok"

    def far(self, **seen):
        self.seen.update(seen)

    def do(self, kind, **data):
        return self.driver.do(Job("1", "pad-1", kind, data))


def test_a_prompt_starts_a_rating_with_the_bytes_of_the_document():
    bench = Bench()
    bench.do("prompt")
    assert [bytes.fromhex("FF 68 03 03 68 01 01 0B 0D 16")] == bench.sent
    assert bench.pad.prompting
    assert bench.seen == {"prompting": True, "stars": 0}


def test_stars_are_shown():
    bench = Bench()
    bench.do("stars", stars=5)
    assert [bytes.fromhex("FF 68 03 03 68 01 02 05 08 16")] == bench.sent
    assert bench.pad.stars == 5


@pytest.mark.parametrize("grade", GRADES)
def test_each_of_the_five_grades_arrives_and_is_acknowledged_with_command_01(grade):
    bench = Bench()
    bench.do("prompt")
    bench.pad.grade(grade)
    code = next(int(code, 16) for code, name in DEFAULT_CODES.items() if name == grade)
    assert [grade] == bench.events
    assert ff68.encode(ff68.Frame(1, ff68.KEY, bytes((code,)))) == bench.sent[-1]
    assert (bench.pad.acknowledged, bench.pad.prompting) == (1, False)


def test_grade_0_is_answered_as_in_the_document():
    bench = Bench()
    bench.say(bytes.fromhex("FF 68 03 03 68 01 11 00 12 16"))
    assert [bytes.fromhex("FF 68 03 03 68 01 01 00 02 16")] == bench.sent


def test_a_grade_sent_again_is_one_grade():
    bench = Bench()
    bench.pad.deaf = True
    bench.pad.grade("satisfied")
    bench.now += 0.3
    bench.say(ff68.encode(ff68.Frame(1, ff68.GRADE, b"\x03")))
    assert (bench.events, len(bench.sent)) == (["satisfied"], 2)


def test_the_next_visitor_may_give_the_same_grade_at_once():
    bench = Bench()
    bench.pad.grade("satisfied")
    bench.do("prompt")
    bench.pad.grade("satisfied")
    assert bench.events == ["satisfied", "satisfied"]


def test_a_site_has_its_own_codes():
    bench = Bench(grades={"01": "very_satisfied", "05": "very_dissatisfied"})
    bench.pad.grade("very_dissatisfied")
    assert bytes((5,)) == ff68.tokenizer().feed(bench.sent[-1])[0].data
    bench.say(ff68.encode(ff68.Frame(1, ff68.GRADE, b"\x04")))
    assert bench.events == ["very_dissatisfied"]


def test_a_grade_that_is_none_of_the_five_is_refused_in_the_config():
    with pytest.raises(ValueError, match="no grade 'splendid'"):
        Bench(grades={"00": "splendid"})
