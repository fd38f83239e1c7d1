"""ID numbers by GB 11643: right ones, wrong ones, ages; and ids that are no ID number."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caller.id_number import age_on, check_digit, has_its_shape, is_right
from caller.persons import BAD_PERSON, NotValid, age_of, check_phone, normalised

Born = st.dates(date(1900, 1, 1), date(2025, 12, 31))
First17 = st.builds(lambda region, born, no: f"{region}{born:%Y%m%d}{no:03d}", st.integers(100000, 999999), Born,
                    st.integers(0, 999))  # fmt: skip
IdNumber = First17.map(lambda first: first + check_digit(first))


@given(number=IdNumber, at=st.integers(0, 17), digit=st.sampled_from("0123456789X"))
def test_one_wrong_digit_is_found(number: str, at: int, digit: str) -> None:
    assert is_right(number) and has_its_shape(number)
    wrong = number[:at] + digit + number[at + 1 :]
    assert wrong == number or not (has_its_shape(wrong) and is_right(wrong))


@given(number=IdNumber, at=st.integers(0, 16))
def test_two_digits_that_change_places_are_found(number: str, at: int) -> None:
    wrong = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    assert wrong == number or not (has_its_shape(wrong) and is_right(wrong))


@pytest.mark.parametrize("number", ["11010519491231002X", "440524188001010014"])
def test_the_examples_of_the_standard_are_right(number: str) -> None:
    assert has_its_shape(number) and is_right(number)


def test_a_day_that_no_calendar_has_is_wrong_whatever_the_check_digit() -> None:
    number = "37060219500230001" + check_digit("37060219500230001")
    assert has_its_shape(number) and not is_right(number)


@given(number=IdNumber, blanks=st.sampled_from(("", " ", "\t", "\u3000")))
def test_however_it_is_typed_it_is_the_same(number: str, blanks: str) -> None:
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in number)
    assert {normalised(it) for it in (number, number.lower(), wide, blanks + number + blanks)} == {number}


@pytest.mark.parametrize("other", ["", " ", "E12345678", "370602500307123", "wx-0aB", "913706001234567890", "K1"])
def test_another_id_is_taken_as_it_is(other: str) -> None:
    assert normalised(other) == other.strip().upper()
    assert age_of(other, date(2026, 11, 22)) is None


def test_a_wrong_one_is_told_without_repeating_it() -> None:
    with pytest.raises(NotValid) as caught:
        normalised("110105194912310020")
    assert caught.value.code == BAD_PERSON[0]
    assert "1949" not in f"{caught.value.sentence}{caught.value.sentence_en}{caught.value}"


@given(born=Born, years=st.integers(0, 100))
def test_one_is_older_from_the_birthday_on(born: date, years: int) -> None:
    """29 February has its birthday on 1 March in the other years."""
    first = f"370602{born:%Y%m%d}123"
    number = first + check_digit(first)
    leap_day = (born.month, born.day) == (2, 29)
    year = born.year + years
    try:
        birthday = born.replace(year=year)
    except ValueError:
        assert leap_day
        birthday = date(year, 3, 1)
    assert age_on(number, birthday) == years
    assert age_on(number, date.fromordinal(birthday.toordinal() - 1)) == years - 1


@pytest.mark.parametrize(
    "phone", [None, "", "13812345678", "138 1234 5678", "+8613812345678", "+1 555-0100", "１３８１２３４５６７８"]
)
def test_phones_as_people_write_them(phone: str | None) -> None:
    check_phone(phone)


@pytest.mark.parametrize(
    "phone", ["1381234567", "12812345678", "+12345", "+1234567890123456", "0535-6612345", "abc", "+"]
)
def test_what_is_no_phone_is_told_without_repeating_it(phone: str) -> None:
    with pytest.raises(NotValid) as caught:
        check_phone(phone)
    assert caught.value.code == "bad_phone" and phone not in caught.value.sentence
