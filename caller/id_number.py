"""居民身份证号码: the 18 characters of an ID card, by GB 11643-1999. What is read from one is used at once, never kept.

370602 19500307 123 X
region born     no. check digit: ISO 7064 MOD 11-2, ten is X
"""

from __future__ import annotations

import re
from datetime import date

_SHAPE = re.compile(r"[1-9]\d{5}(?:18|19|20)\d{6}\d{3}[\dX]", re.ASCII)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


def has_its_shape(text: str) -> bool:
    """Does it look like one, right or wrong? A permit's or a passport's number does not.

    >>> has_its_shape("37060219500307123X"), has_its_shape("E12345678")
    (True, False)
    """
    return bool(_SHAPE.fullmatch(text))


def is_right(number: str) -> bool:
    """Of a number that has the shape: are its check digit and its date such as can be?

    >>> is_right("11010519491231002X"), is_right("110105194912310020")
    (True, False)
    """
    return number[17] == check_digit(number[:17]) and _date(number) is not None


def check_digit(first17: str) -> str:
    """The eighteenth character.

    >>> check_digit("11010519491231002")
    'X'
    """
    return _CHECKS[sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, first17, strict=True)) % 11]


def age_on(number: str, day: date) -> int:
    """The holder's full years on that day, the birthday being the first day of the new one; of a right number.

    Born on 29 February, one is a year older on 1 March of the other years.
    """
    born = _date(number)
    if born is None:
        raise ValueError("no ID number")
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _date(number: str) -> date | None:
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None
