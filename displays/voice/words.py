"""How a call is said: a ticket and a window become the names of clips, and the same as text.

Ticket numbers are read one by one (`A001` is A 零 零 一), window numbers as a number (`101` is 一百零一). Everything
here is spelling: no sound, no file. A library for numbers does not help: they drop a ticket's leading zeros.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

LANGUAGES = ("zh", "en", "yue")
DIGITS_ZH = "零一二三四五六七八九"
DIGITS_EN = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
TEENS_EN = (
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen"),
    *("sixteen", "seventeen", "eighteen", "nineteen"),
)
TENS_EN = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
LONGEST_NAME = 20  # characters of a window's name that are read; the rest would be noise in a hall

_RUN = re.compile(r"[0-9]+|[A-Z]|[^0-9A-Z]+")


@dataclass(frozen=True)
class Sentence:
    """One call in one language. `phrases` are groups of clip names: a short gap within, a breath between."""

    language: str
    text: str
    phrases: tuple[tuple[str, ...], ...]

    @property
    def clips(self) -> tuple[str, ...]:
        """The clip names in the order they are heard."""
        return tuple(clip for phrase in self.phrases for clip in phrase)


def sentence(number: str, window: str, language: str = "zh", *, one: str = "一") -> Sentence:
    """The sentence that calls ticket `number` to the window named `window`.

    `language` is zh, en or yue (Cantonese: the words of zh in another voice). `one` is how a ticket's digit 1 is said
    in Mandarin, 一 or 幺; a window's number is always 一. Raises ValueError for a language or `one` that is not known,
    and for a ticket or window in which nothing can be read.

    >>> sentence("A001", "3").text
    '请A零零一号到三号窗口'
    >>> sentence("A001", "101").clips
    ('请', 'A', '零', '零', '一', '号到', '一百', '零', '一', '号窗口')
    >>> sentence("A001", "3", "en").text
    'Ticket A 0 0 1, please go to counter 3.'
    """
    if language not in LANGUAGES:
        raise ValueError(f"no language {language!r}; there are {', '.join(LANGUAGES)}")
    if one not in ("一", "幺"):
        raise ValueError(f"the digit 1 is said 一 or 幺, not {one!r}")
    if language == "en":
        return _english(number, window)
    ticket = [
        one if c == "1" and language == "zh" else DIGITS_ZH[int(c)] if c.isdigit() else c for c in _ticket(number)
    ]
    place = _runs(re.sub(r"(?<=.)(号窗口|号)$", "", window.strip()))
    clips = [clip for run in place for clip in (chinese_number(run) if run.isdigit() else [run])]
    if place[-1].isascii():
        clips.append("号窗口")
    elif not place[-1].endswith("窗口"):
        clips.append("窗口")
    phrases = (("请",), (*ticket, "号到"), tuple(clips))
    return Sentence(language, "".join(clip for phrase in phrases for clip in phrase), phrases)


def chinese_number(digits: str) -> list[str]:
    """A number of at most four digits as the clips it is said with; a longer one digit by digit.

    A hundred is one clip with its digit (一百, 二百), so that a voice says yìbǎi, not yī bǎi; so are 二十 to 九十.

    >>> ["".join(chinese_number(n)) for n in ("3", "10", "11", "101", "110", "289", "1200")]
    ['三', '十', '十一', '一百零一', '一百一十', '二百八十九', '一千二百']
    """
    value = int(digits)
    if value > 9999:
        return [DIGITS_ZH[int(d)] for d in digits]
    if value < 10:
        return [DIGITS_ZH[value]]
    clips: list[str] = []
    gap = False  # a zero between digits is said once, at the end never: 1001 一千零一, 1200 一千二百
    for unit, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // unit % 10
        if not digit:
            gap = bool(clips)
            continue
        if gap:
            clips.append("零")
            gap = False
        if word == "十" and digit == 1:
            clips += ["一", "十"] if clips else ["十"]
        else:
            clips.append(DIGITS_ZH[digit] + word)
    return clips


def english_number(digits: str) -> list[str]:
    """A number of at most three digits as the clips it is said with; a longer one digit by digit.

    >>> english_number("289")
    ['two hundred', 'and', 'eighty', 'nine']
    """
    value = int(digits)
    if value > 999:
        return [DIGITS_EN[int(d)] for d in digits]
    hundreds, rest = divmod(value, 100)
    clips = [f"{DIGITS_EN[hundreds]} hundred"] if hundreds else []
    if hundreds and rest:
        clips.append("and")
    if rest >= 20:
        clips.append(TENS_EN[rest // 10 - 2])
        rest %= 10
    elif rest >= 10:
        clips.append(TEENS_EN[rest - 10])
        rest = 0
    if rest or not clips:
        clips.append(DIGITS_EN[rest])
    return clips


@cache
def every_clip(language: str = "zh") -> tuple[str, ...]:
    """All clips that numbers up to A–Z 0–9 and windows 0–999 need: the list for who records his own."""
    letters = tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    windows = [sentence("A0123456789", str(n), language) for n in range(1000)]
    clips = dict.fromkeys(clip for it in windows for clip in it.clips)
    if language == "zh":
        clips |= dict.fromkeys(["幺", "窗口"])
    return tuple(dict.fromkeys([*clips, *letters]))


def _english(number: str, window: str) -> Sentence:
    ticket, place = _ticket(number), _runs(window)
    said = [DIGITS_EN[int(c)] if c.isdigit() else c for c in ticket]
    counter = [clip for run in place for clip in (english_number(run) if run.isdigit() else [run])]
    shown = " ".join(str(int(run)) if run.isdigit() else run for run in place)
    text = f"Ticket {' '.join(ticket)}, please go to counter {shown}."
    return Sentence("en", text, (("ticket", *said), ("please go to counter", *counter)))


def _ticket(number: str) -> list[str]:
    """The ticket's letters and digits one by one; a dash or space between them is not said."""
    return [c for run in _runs(number) for c in (run if run.isascii() else [run])]


def _runs(name: str) -> list[str]:
    """Runs of digits, single Latin letters in upper case, and whatever other words there are, without punctuation.

    What comes back holds only letters, digits and ideographs: it is also the name of a file.
    """
    plain = unicodedata.normalize("NFKC", name).strip().upper()[:LONGEST_NAME]
    runs = [run if run.isdigit() else "".join(c for c in run if c.isalpha()) for run in _RUN.findall(plain)]
    if not any(runs):
        raise ValueError(f"nothing in {name!r} can be read aloud")
    return [run for run in runs if run]
