"""Spelling a call: digits one by one, windows as a number, in clips and in text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from displays.voice.words import LANGUAGES, chinese_number, english_number, every_clip, sentence

unhurried = settings(deadline=None)  # a busy machine is no bug
numbers = st.integers(1, 999)
tickets = st.from_regex(r"[A-Z]{0,2}[0-9]{1,4}", fullmatch=True)
WORTH = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"十": 10, "百": 100, "千": 1000}
ENGLISH = {"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9}
ENGLISH |= {"ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16}
ENGLISH |= {"seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
ENGLISH |= {"sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}


def understood(said: str) -> int:
    """What a listener makes of a Chinese number: each unit counts the digit before it."""
    total = digit = 0
    for c in said:
        if WORTH[c] >= 10:
            total += WORTH[c] * (digit or 1)
            digit = 0
        else:
            digit = WORTH[c]
    return total + digit


def understood_in_english(words: str) -> int:
    total = 0
    for word in words.split():
        total = total * 100 if word == "hundred" else total + ENGLISH.get(word, 0)
    return total


@unhurried
@given(st.integers(0, 9999))
def test_a_chinese_number_is_understood_as_it_was_meant(n):
    assert n == understood("".join(chinese_number(str(n))))


@unhurried
@given(st.integers(0, 999))
def test_an_english_number_is_understood_as_it_was_meant(n):
    assert n == understood_in_english(" ".join(english_number(str(n))))


def test_all_999_windows_are_said_differently():
    for language in LANGUAGES:
        said = {sentence("A001", str(n), language).clips for n in range(1, 1000)}
        assert len(said) == 999


@unhurried
@given(tickets, numbers)
def test_ticket_digits_are_said_one_by_one_with_every_zero(number, window):
    said = sentence(number, str(window)).clips
    ticket = said[1 : said.index("号到")]
    assert number == "".join(str(WORTH[c]) if c in WORTH else c for c in ticket)


@unhurried
@given(tickets, numbers, st.sampled_from(LANGUAGES))
def test_every_clip_of_every_call_is_on_the_list_for_who_records(number, window, language):
    assert set(sentence(number, str(window), language).clips) <= set(every_clip(language))


@unhurried
@given(tickets, numbers)
def test_the_chinese_text_is_its_clips_and_nothing_else(number, window):
    it = sentence(number, str(window))
    assert it.text == "".join(it.clips)
    assert it.text.startswith("请")
    assert it.text.endswith("号窗口")


@pytest.mark.parametrize(
    ("window", "said"),
    [
        ("3", "三号窗口"),
        ("10", "十号窗口"),
        ("11", "十一号窗口"),
        ("20", "二十号窗口"),
        ("101", "一百零一号窗口"),
        ("110", "一百一十号窗口"),
        ("111", "一百一十一号窗口"),
        ("200", "二百号窗口"),
        ("289", "二百八十九号窗口"),
        ("1001", "一千零一号窗口"),
        ("1010", "一千零一十号窗口"),
        ("03", "三号窗口"),
        ("３", "三号窗口"),
        ("3号", "三号窗口"),
        ("3号窗口", "三号窗口"),
        ("B12", "B十二号窗口"),
        ("3a", "三A号窗口"),
        ("综合1", "综合一号窗口"),
        ("综合窗口", "综合窗口"),
        ("发证", "发证窗口"),
        ("12345", "一二三四五号窗口"),
    ],
)
def test_window(window, said):
    assert f"请A零零一号到{said}" == sentence("A001", window).text


def test_the_clips_of_a_call_are_in_the_order_of_speech():
    said = sentence("A001", "101")
    assert said.clips == ("请", "A", "零", "零", "一", "号到", "一百", "零", "一", "号窗口")


def test_one_may_be_said_yao_in_tickets_never_in_windows():
    assert sentence("A011", "11", one="幺").text == "请A零幺幺号到十一号窗口"
    assert sentence("A011", "11", "yue", one="幺").text == "请A零一一号到十一号窗口"


def test_english():
    said = sentence("A001", "289", "en")
    assert said.text == "Ticket A 0 0 1, please go to counter 289."
    counter = ("two hundred", "and", "eighty", "nine")
    assert ("ticket", "A", "zero", "zero", "one", "please go to counter", *counter) == said.clips


@unhurried
@given(st.text(min_size=1, max_size=40), st.text(min_size=1, max_size=40), st.sampled_from(LANGUAGES))
def test_whatever_a_ticket_and_window_are_called_clip_names_are_safe_file_names(number, window, language):
    try:
        clips = sentence(number, window, language).clips
    except ValueError:
        return  # nothing in it can be read aloud
    for clip in clips:
        assert clip
        assert all(c.isalnum() or c == " " for c in clip)
        assert len(clip.encode()) < 200


@pytest.mark.parametrize(
    "wrong", [("", "3"), ("A001", ""), ("A001", "--"), ("A001", "3", "fr")], ids=["ticket", "window", "dashes", "lang"]
)
def test_what_cannot_be_said_is_a_value_error(wrong):
    with pytest.raises(ValueError, match=r"read aloud|no language"):
        sentence(*wrong)
