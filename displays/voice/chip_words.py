"""What a speech chip is told to say for a call: the words of displays.voice.words as texts with the chip's marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from displays.voice import words
from displays.voice.chip import MAX_TEXT, Chip

SYLLABLE_S = 0.24
PAUSE_S = 0.5
"""At the end of a text, and before it while the chip gets ready."""

_MARK = re.compile(r"\[[a-z]\d+\]")
_DIGITS = {spelled: str(value) for value, spelled in enumerate(words.DIGITS_ZH)} | {"幺": "1"}


def texts(
    number: str,
    window: str,
    languages: Iterable[str],
    chip: Chip,
    *,
    one: str,
    volume: int | None,
    most: int = MAX_TEXT,
) -> list[str]:
    """The call as texts of at most `most` bytes, each to be spoken when the one before has ended.

    SYN6288: the digits are spelled here. XFS5152: the ticket's digits stay, under [n1] (one by one) and [y] (how 1 is
    said). No chip speaks Cantonese: yue is said in Mandarin; the SYN6288 has no English and leaves it out. Raises
    ValueError for what words.sentence does not take, and when nothing is left to be said.
    """
    said = [
        _chinese(number, window, chip, one) if it == "zh" else _english(number, window)
        for it in dict.fromkeys("zh" if it == "yue" else it for it in languages)
        if it == "zh" or chip.marks
    ]
    if not said:
        raise ValueError(f"{chip.name} 只会说中文")
    loud = "" if volume is None else f"[v{volume}]"
    return packed(said, loud, most)


def packed(sentences: Sequence[str], mark: str = "", most: int = MAX_TEXT) -> list[str]:
    """Sentences one after the other in as few texts as hold them, each with the mark in front, none cut in two."""
    made: list[str] = []
    for sentence in sentences:
        if made and len((made[-1] + sentence).encode("gbk", "replace")) <= most:
            made[-1] += sentence
        else:
            made.append(mark + sentence)
    return made


def plain(text: str) -> str:
    """The text without the chip's marks.

    >>> plain("[v5]请[n1][y1]A001[n0]号到三号窗口")
    '请A001号到三号窗口'
    """
    return _MARK.sub("", text)


def seconds(text: str) -> float:
    """About how long a chip speaks this: a Chinese character, letter or digit is a syllable, an English word is two."""
    bare = plain(text)
    syllables = sum(c.isalnum() and not (c.isascii() and c.isalpha()) for c in bare)
    syllables += sum(1 if len(word) == 1 else 2 for word in re.findall(r"[A-Za-z]+", bare))
    return round(syllables * SYLLABLE_S + PAUSE_S, 2)


def _chinese(number: str, window: str, chip: Chip, one: str) -> str:
    sentence = words.sentence(number, window, "zh", one=one)
    please, ticket, place = sentence.phrases
    if not chip.marks:
        return sentence.text + "。"
    digits = "".join(_DIGITS.get(clip, clip) for clip in ticket[:-1])
    how = "[n1][y1]" if one == "一" else "[n1][y0]"
    return f"{please[0]}{how}{digits}[n0]{ticket[-1]}{''.join(place)}。"


def _english(number: str, window: str) -> str:
    return f"[g2]{words.sentence(number, window, 'en').text}[g0]"
