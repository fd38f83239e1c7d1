"""Calling keypads: keys become events, a press is one press however often it arrives, the display shows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caller.keypads import DEFAULT_KEYMAP, Ff68Keypad, Keymap, display
from caller.virtual_keypad import VirtualKeypad
from devices import ff68
from devices.driver import DeviceSpec, Job
from devices.ff68_press import RESEND_S

NEXT = bytes.fromhex("FF 68 03 03 68 01 01 0C 0E 16")


class Bench:
    """A keypad and its driver on a wire without a delay, and a clock that is moved by hand."""

    def __init__(self, **options):
        self.up, self.now = True, 100.0
        self.events, self.states, self.seen, self.sent = [], [], {}, []
        spec = DeviceSpec("keypad-1", "keypad", "ff68-keypad", "l1", 1, options=options)
        self.driver = Ff68Keypad(spec, self, self, clock=lambda: self.now)
        self.keypad = VirtualKeypad(spec, self)
        self.keypad.wire = self
        self._back = ff68.tokenizer()

    def wake(self):
        """This wire has no thread: nothing is repeated."""

    def write(self, data):
        self.sent.append(data)
        self.keypad.hear(data)

    def say(self, data):
        for frame in self._back.feed(data):
            self.driver.heard(frame)

    def input(self, event):
        self.events.append(event)

    def state(self, state, error="", **detail):
        self.states.append(state)

    def far(self, **seen):
        self.seen.update(seen)


def key(key, digits=""):
    return {"kind": "key", "key": key, "digits": digits}


@pytest.mark.parametrize(
    ("typed", "meaning"),
    [
        ("0A", key("start")),
        ("02 0A", key("transfer", "2")),
        ("0B", key("rate")),
        ("0C", key("next")),
        ("00 02 03 0C", key("call", "023")),
        ("0D", key("recall")),
        ("05 0D", key("recall")),
        ("0E", key("cancel")),
        ("06 0F", key("no-show")),
        ("00 0F", key("hold")),
        ("03 0F", key("resume")),
        ("01 00 04 02 0F", key("login", "1042")),
        ("03 03 0F", key("login", "33")),
        ("11", key("arrived")),
        ("12", key("pause")),
        ("13", key("transfer")),
        ("01 13", key("transfer", "1")),
        ("0F", {}),
        ("05 0F", {}),
        ("05", None),
        ("0C 0C", None),
        ("", None),
    ],
)
def test_keys_mean_what_the_protocol_says(typed, meaning):
    assert meaning == Keymap().read(bytes.fromhex(typed))


def test_a_site_changes_single_keys_and_keeps_the_rest():
    keymap = Keymap({"7+0f": "no-show", "6+0F": "", "0E": "no-show"})
    assert key("no-show") == keymap.read(b"\x07\x0f")
    assert keymap.read(b"\x06\x0f") == {}
    assert key("no-show") == keymap.read(b"\x0e")
    assert key("next") == keymap.read(b"\x0c")


@pytest.mark.parametrize("entry", [{"0C": "nexxt"}, {"x+0C": "call"}, {"05": "next"}, {"zz": "next"}])
def test_a_keymap_entry_that_cannot_be_meant_is_refused(entry):
    with pytest.raises(ValueError):
        Keymap(entry)


@pytest.mark.parametrize("entry", sorted(DEFAULT_KEYMAP))
def test_a_virtual_keypad_finds_the_bytes_of_every_meaning(entry):
    keymap, meaning = Keymap(), DEFAULT_KEYMAP[entry]
    digits = "12" if "n" in entry else ""
    assert meaning == keymap.read(keymap.bytes_of(meaning, digits))["key"]


def test_a_press_is_told_and_acknowledged_with_the_same_bytes():
    bench = Bench()
    bench.keypad.press("next")
    assert [key("next")] == bench.events
    assert bench.sent == [NEXT]
    assert (bench.keypad.acknowledged, bench.states) == (1, ["ok"])


def test_a_press_sent_again_because_the_echo_was_lost_is_the_same_press_and_echoed_again():
    bench = Bench()
    bench.keypad.deaf = True
    bench.keypad.press("next")
    for _ in range(2):
        bench.now += RESEND_S
        bench.say(NEXT)
    assert [key("next")] == bench.events
    assert bench.sent == [NEXT] * 3


def test_the_same_key_after_the_bounce_time_is_a_new_press():
    bench = Bench(bounce_s=0.5)
    bench.say(NEXT)
    bench.now += 0.6
    bench.say(NEXT)
    assert [key("next")] * 2 == bench.events


def test_another_key_within_the_bounce_time_is_a_press_of_its_own():
    bench = Bench()
    bench.keypad.press("next")
    bench.keypad.press("recall")
    assert [key("next"), key("recall")] == bench.events


def test_our_own_echo_played_back_by_the_adapter_is_neither_a_press_nor_answered():
    bench = Bench()
    bench.say(NEXT)
    bench.now += 0.02
    bench.say(NEXT)
    assert ([key("next")], [NEXT]) == (bench.events, bench.sent)


def test_frames_of_the_evaluator_at_the_same_address_are_not_keys():
    bench = Bench()
    bench.say(ff68.encode(ff68.Frame(1, ff68.GRADE, b"\x00")))
    bench.say(ff68.encode(ff68.Frame(1, ff68.KEY, b"\x00")))
    assert (bench.events, bench.sent) == ([], [])


def test_the_display_shows_the_waiting_and_the_ticket():
    bench = Bench()
    bench.driver.do(Job("1", "keypad-1", "display", {"waiting": 12, "number": "A023"}))
    assert (bench.seen, bench.keypad.waiting, bench.keypad.number) == ({"waiting": 12, "number": "023"}, 12, "023")
    bench.driver.do(Job("2", "keypad-1", "display", {"waiting": 0, "number": None}))
    assert bench.seen == {"waiting": 0, "number": None}
    assert bytes.fromhex("FF 68 08 08 68 01 02 0A 0A 0A 00 02 03 26 16") == ff68.encode(display(1, None, "A023"))


@given(st.none() | st.integers(-5, 20000), st.none() | st.text(max_size=8))
def test_whatever_is_to_be_shown_fits_the_six_places(waiting, number):
    frame = display(1, waiting, number)
    assert len(frame.data) == 6
    assert max(frame.data) <= ff68.BLANK


def test_beep_beeps():
    bench = Bench()
    bench.driver.do(Job("1", "keypad-1", "beep", {}))
    assert bench.keypad.beeps == 1


def test_a_frame_with_a_wrong_checksum_does_nothing_on_the_keypad():
    bench = Bench()
    bench.keypad.hear(bytes.fromhex("FF 68 02 02 68 01 03 05 16"))
    assert bench.keypad.beeps == 0
