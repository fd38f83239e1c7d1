"""好差评: the five grades of 国办发〔2019〕51号."""

from __future__ import annotations

GRADES: dict[str, str] = {
    "very_satisfied": "非常满意",
    "satisfied": "满意",
    "fairly_satisfied": "基本满意",
    "dissatisfied": "不满意",
    "very_dissatisfied": "非常不满意",
}
_BY_CHINESE = {zh: name for name, zh in GRADES.items()}


def grade_name(given: str) -> str | None:
    """The grade's name for a name in English or Chinese, None if it is neither.

    >>> grade_name("不满意"), grade_name("satisfied"), grade_name("5")
    ('dissatisfied', 'satisfied', None)
    """
    return given if given in GRADES else _BY_CHINESE.get(given)
