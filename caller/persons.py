"""Who somebody is, without keeping it: an ID number comes in here, and only an HMAC of it goes on (docs/persons.md)."""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from datetime import date
from pathlib import Path

from caller import id_number
from caller.keys import key_in


class NotValid(Exception):
    """What was given cannot be: 422. The sentences never repeat it."""

    def __init__(self, code: str, sentence: str, sentence_en: str) -> None:
        self.code, self.sentence, self.sentence_en = code, sentence, sentence_en
        super().__init__(sentence_en)


BAD_PERSON = (
    "bad_person",
    "身份证号码不对，请核对后再输一次",
    "This ID number is not right: please check it and enter it again",
)
NOBODY_NAMED = (
    "who_books",
    "预约请填身份证号或手机号码",
    "Please give an ID number or a phone number to book",
)
BAD_PHONE = ("bad_phone", "手机号码不对，请核对后再输一次", "This phone number is not right: please check it")
_PHONE = re.compile(r"1[3-9]\d{9}|\+\d{6,15}", re.ASCII)


class Persons:
    """Knows persons by `person.key` in the data folder, which is made at first use, mode 0600.

    Without the key nobody can tell who an HMAC is; with another key nobody is known any more.
    """

    def __init__(self, data: Path) -> None:
        self._key = bytes.fromhex(key_in(data / "person.key"))

    def known_as(self, person: str | None) -> str:
        """The person's HMAC-SHA-256, 32 hexadecimal digits of it; "" for nobody. Raises NotValid.

        Any id will do, however it is typed: full-width digits, a small x and blanks around it make no difference. One
        that looks like an ID card's has to be right.
        """
        said = normalised(person)
        # half of the hash is as many bits as RFC 2104, 5, asks for, and every event of a ticket carries it
        return self._hash(b"person", said)[:32] if said else ""

    @property
    def key_of_marks(self) -> bytes:
        """For the dispatcher: what a repeated request is known by, so that no hash of an ID number can be guessed."""
        return bytes.fromhex(self._hash(b"mark", ""))

    def _hash(self, what: bytes, said: str) -> str:
        return hmac.new(self._key, what + b" " + said.encode(), hashlib.sha256).hexdigest()


def normalised(person: str | None) -> str:
    """An id as it is compared. Raises NotValid for an ID card's number that cannot be.

    >>> normalised(" 11010519491231002ｘ")
    '11010519491231002X'
    """
    said = unicodedata.normalize("NFKC", person or "").strip().upper()
    if id_number.has_its_shape(said) and not id_number.is_right(said):
        raise NotValid(*BAD_PERSON)
    return said


def age_of(person: str | None, day: date) -> int | None:
    """The person's age on that day, if the id is an ID card's. Raises NotValid."""
    said = normalised(person)
    return id_number.age_on(said, day) if id_number.has_its_shape(said) else None


def check_phone(phone: str | None) -> str:
    """A mainland mobile, or + and 6 to 15 digits, without the blanks and dashes that people write; "" for none.

    Raises NotValid.
    """
    said = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", phone or ""))
    if said and not _PHONE.fullmatch(said):
        raise NotValid(*BAD_PHONE)
    return said
