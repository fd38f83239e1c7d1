"""ID-card readers: the wire format, the text in a card, and the driver over a card that is laid, lies and is taken."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.driver import DeviceSpec
from kiosk.readers import sdt
from kiosk.readers.card import SEXES, Card, build, parse
from kiosk.readers.ethnic_groups import ETHNIC_GROUPS
from kiosk.readers.sdt_reader import AWAY_S, SdtReader
from kiosk.readers.virtual import SAMPLES, VirtualReader

OLD, YOUNG = SAMPLES["old"], SAMPLES["young"]
VECTORS = {
    "AA AA AA 96 69 00 03 20 01 22": sdt.FIND,
    "AA AA AA 96 69 00 03 20 02 21": sdt.SELECT,
    "AA AA AA 96 69 00 03 30 01 32": sdt.READ,
    "AA AA AA 96 69 00 03 11 FF ED": sdt.STATUS,
    "AA AA AA 96 69 00 03 10 FF EC": sdt.RESET,
    "AA AA AA 96 69 00 03 12 FF EE": sdt.SAM_ID,
    "AA AA AA 96 69 00 08 00 00 9F 00 00 00 00 97": sdt.Answer(sdt.FOUND, bytes(4)),
    "AA AA AA 96 69 00 04 00 00 80 84": sdt.Answer(sdt.NO_CARD),
}
WHOLE = sdt.encode(sdt.Answer(sdt.OK, sdt.card_data(build(OLD), bytes(range(256)) * 4)))
raws = st.sampled_from([*map(bytes.fromhex, VECTORS), WHOLE])
noise = st.binary(max_size=20) | st.integers(0, 600).map(lambda n: WHOLE[:n])


@pytest.mark.parametrize("vector", VECTORS)
def test_a_vector_is_written_and_read_byte_by_byte(vector):
    raw, tokenizer = bytes.fromhex(vector), sdt.tokenizer()
    assert sdt.encode(VECTORS[vector]) == raw
    assert [VECTORS[vector]] == [found for byte in raw for found in tokenizer.feed(bytes((byte,)))]


def test_a_card_that_was_read_begins_as_the_makers_sheet_shows():
    assert WHOLE[:14] == bytes.fromhex("AA AA AA 96 69 05 08 00 00 90 01 00 04 00")
    assert len(WHOLE) == 5 + 2 + 0x0508
    (answer,) = sdt.tokenizer().feed(WHOLE)
    assert sdt.text_of(answer) == build(OLD)


@settings(max_examples=25, deadline=None)
@given(st.lists(raws, max_size=3), st.lists(st.integers(1, 700), max_size=12))
def test_the_cuts_between_reads_do_not_matter(parts, cuts):
    stream, tokenizer, found = b"".join(parts), sdt.tokenizer(), []
    for cut in [*cuts, len(stream)]:
        piece, stream = stream[:cut], stream[cut:]
        found += tokenizer.feed(piece)
    assert parts == [sdt.encode(frame) for frame in found]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(noise, raws), max_size=3), noise)
def test_noise_before_between_and_after_swallows_no_frame(parts, after):
    stream = b"".join(before + raw for before, raw in parts) + after
    left = iter([sdt.encode(frame) for frame in sdt.tokenizer().feed(stream)])
    assert all(raw in left for _, raw in parts)


@settings(max_examples=40, deadline=None)
@given(raws, st.data())
def test_a_frame_with_a_wrong_byte_is_not_that_frame(raw, data):
    at = data.draw(st.integers(0, len(raw) - 1))
    broken = raw[:at] + bytes((raw[at] ^ data.draw(st.integers(1, 255)),)) + raw[at + 1 :]
    assert raw not in [sdt.encode(frame) for frame in sdt.tokenizer().feed(broken)]


words = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=15)
days = st.dates(date(1900, 1, 1), date(2099, 12, 31))
cards = st.builds(
    Card, words, st.from_regex(r"[1-9][0-9]{16}[0-9X]", fullmatch=True), st.sampled_from(sorted(SEXES.values())),
    st.sampled_from(sorted(ETHNIC_GROUPS.values())), days, words, words, days, st.none() | days,
)  # fmt: skip


@given(cards)
def test_what_a_card_says_is_read_as_it_was_written(card):
    assert parse(build(card)) == card


def test_sex_and_ethnic_group_are_the_codes_of_the_standards():
    text = build(YOUNG)
    assert text[30:36].decode("utf-16-le") == "103"
    assert (parse(text).sex, parse(text).ethnic_group) == ("男", "回")
    assert len(ETHNIC_GROUPS) == 58
    assert [ETHNIC_GROUPS[code] for code in ("01", "26", "56", "97")] == ["汉", "东乡", "基诺", "其他"]


def test_a_card_for_ever_says_so_and_has_no_last_day():
    assert "长期" in build(OLD).decode("utf-16-le")
    assert parse(build(OLD)).until is None


def test_a_name_that_is_too_long_is_cut_at_a_whole_character():
    assert parse(build(Card("𠮷" * 20, "1"))).name == "𠮷" * 7


def test_a_foreigners_card_has_its_own_fields():
    def field(text, width):
        return text.encode("utf-16-le").ljust(width, b"\0")

    text = b"".join((
        field("ZHANG, ANNA", 120), field("2", 2), field("DEU421282041809", 30), field("DEU", 6), field("张安娜", 30),
        field("20180425", 16), field("20280424", 16), field("19820415", 16), field("01", 4), field("1500", 8),
        field("I", 2), field("", 6),
    ))  # fmt: skip
    card = parse(text)
    assert (card.name, card.number, card.birth) == ("张安娜", "DEU421282041809", date(1982, 4, 15))


@given(st.binary(min_size=256, max_size=256) | st.binary(max_size=300))
def test_bytes_that_are_no_card_are_refused_without_quoting_them(text):
    try:
        card = parse(text)
    except ValueError as refused:
        assert str(refused) in ("the text is not UCS-2", "no number in the text", f"{len(text)} bytes of text, not 256")
        assert refused.__context__ is None or refused.__suppress_context__
    else:
        assert card.number


def test_neither_a_card_nor_a_frame_shows_itself_in_a_log():
    (frame,) = sdt.tokenizer().feed(WHOLE)
    assert repr(frame) == "Answer(result=144, address=0)"
    assert repr(OLD) == "Card()"


class Bench:
    """A reader and its driver on a wire without a delay, and a clock that is moved by hand."""

    def __init__(self):
        self.up, self.now = True, 100.0
        self.events, self.states, self.facts, self.seen, self.sent = [], [], {}, {}, []
        spec = DeviceSpec("reader-1", "reader", "sdt-reader", "reader-1")
        self.driver = SdtReader(spec, self, self, clock=lambda: self.now)
        self.end = VirtualReader(spec, self)
        self.end.wire = self
        self._back, self._said = sdt.tokenizer(), []
        self.driver.open()

    def write(self, data):
        self.sent.append(data)
        if self.end.powered:
            self.end.hear(data)

    def say(self, data):
        self._said += self._back.feed(data)  # what answers is heard after the question is written, as on a wire

    def input(self, event):
        self.events.append(event)

    def state(self, state, error="", **detail):
        self.states.append(state)

    def about(self, **facts):
        self.facts |= facts

    def far(self, **seen):
        self.seen |= seen

    def pass_s(self, seconds):
        for _ in range(round(seconds * 3)):
            self.now += 1 / 3
            self.driver.poll()
            while self._said:
                self.driver.heard(self._said.pop(0))

    @property
    def numbers(self):
        return [event.get("number") for event in self.events]


def test_a_reader_tells_its_number_and_then_looks_three_times_a_second():
    bench = Bench()
    bench.pass_s(5)
    assert (bench.states[-1], bench.facts) == ("ok", {"firmware": "05.01-20196799-0012345678-123456789"})
    assert 10 <= len([raw for raw in bench.sent if raw == sdt.encode(sdt.FIND)]) <= 15


@pytest.mark.parametrize("shy", [False, True], ids=["found as long as it lies", "found once"])
def test_a_card_that_lies_there_is_one_until_it_is_taken_away(shy):
    bench = Bench()
    bench.end.shy = shy
    bench.pass_s(2)
    bench.end.lay_card("old")
    bench.pass_s(10)
    assert bench.events == [{"kind": "card", "number": OLD.number, "name": OLD.name}]
    bench.end.take_card()
    bench.pass_s(AWAY_S + 1)
    bench.end.lay_card("old")
    bench.pass_s(2)
    assert bench.numbers == [OLD.number] * 2


def test_another_card_laid_at_once_is_another_visitor():
    bench = Bench()
    bench.pass_s(2)
    bench.end.lay_card("old")
    bench.pass_s(2)
    bench.end.take_card()
    bench.pass_s(0.4)
    bench.end.lay_card("young")
    bench.pass_s(1)
    assert bench.numbers == [OLD.number, YOUNG.number]


def test_a_card_that_is_missed_for_a_moment_is_not_another_one():
    bench = Bench()
    bench.pass_s(2)
    bench.end.lay_card("old")
    bench.pass_s(2)
    card, bench.end.card = bench.end.card, None
    bench.pass_s(0.4)
    bench.end.card = card
    bench.pass_s(3)
    assert bench.numbers == [OLD.number]
    assert bench.end.reads == 2


def test_a_card_that_cannot_be_read_is_told_once_and_the_next_one_is_read():
    bench = Bench()
    bench.pass_s(2)
    bench.end.unreadable = True
    bench.end.lay_card("old")
    bench.pass_s(5)
    assert bench.events == [{"kind": "unread"}]
    bench.end.take_card()
    bench.pass_s(2)
    bench.end.unreadable = False
    bench.end.lay_card("old")
    bench.pass_s(2)
    assert bench.numbers == [None, OLD.number]


def test_a_silent_reader_is_a_fault_and_is_reset_when_it_is_back():
    bench = Bench()
    bench.pass_s(2)
    bench.end.power_off()
    bench.pass_s(8)
    assert bench.states[-1] == "fault"
    bench.end.power_on()
    bench.pass_s(5)
    assert (bench.states[-1], bench.end.resets) == ("ok", 1)


def test_a_module_that_fails_its_own_test_is_a_fault_and_is_reset_now_and_then():
    bench = Bench()
    bench.end.broken = True
    bench.pass_s(20)
    assert set(bench.states) == {"fault"}
    assert 3 <= bench.end.resets <= 4
    bench.end.broken = False
    bench.pass_s(8)
    assert bench.states[-1] == "ok"


def test_half_an_answer_is_asked_for_again():
    bench = Bench()
    bench.pass_s(2)
    whole = bench.end.say
    bench.end.say = lambda data: bench.say(data[: len(data) // 2])
    bench.end.lay_card("old")
    bench.pass_s(2)
    bench.end.say = whole
    bench.pass_s(4)
    assert bench.numbers == [OLD.number]
