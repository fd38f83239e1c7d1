"""A file of bookings from another system, as Excel writes it: read line by line, each mistake with its sentence.

UTF-8 with or without a mark, UTF-16, or GBK; commas, semicolons or tabs; headings in Chinese or English; digits and
colons of full width. Nothing is kept of a row but what a booking needs: names are masked, persons are HMACs.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from caller.persons import NotValid
from hall.commands import BookingRow, UnreadableRow
from hall.names import masked
from hall.plan import Plan

MOST_ROWS = 5000
HEADINGS = {
    "id": ("id", "预约编号", "预约号", "编号", "external"),
    "service": ("service", "事项", "事项编码", "业务", "办理事项"),
    "day": ("day", "date", "日期", "预约日期"),
    "slot": ("slot", "time", "时段", "时间", "预约时间", "预约时段"),
    "name": ("name", "姓名", "预约人", "办理人"),
    "person": ("person", "身份证", "身份证号", "身份证号码", "证件号", "证件号码"),
    "phone": ("phone", "mobile", "手机", "手机号", "电话", "联系电话"),
}
NEEDED = {"service": "事项", "day": "日期", "slot": "时段"}


class BadFile(Exception):
    """It cannot be read at all: `sentence` and `sentence_en` say why."""

    def __init__(self, sentence: str, sentence_en: str) -> None:
        self.sentence, self.sentence_en = sentence, sentence_en
        super().__init__(sentence_en)


@dataclass(frozen=True)
class BookingFile:
    """The rows of a file that can be read, and those that cannot."""

    rows: tuple[BookingRow, ...]
    unreadable: tuple[UnreadableRow, ...]


class Unreadable(Exception):
    """A row that is no booking: code, and a sentence in both languages."""


def read_csv(data: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row's line and its values by the English headings. Raises BadFile."""
    text = _text(data)
    if not text.strip():
        raise BadFile("文件是空的", "The file is empty")
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=False)
    try:
        headings = _headings(next(rows))
        line = rows.line_num + 1
        for row in rows:
            if any(value.strip() for value in row):
                # Excel writes a row's short end as nothing at all
                yield line, dict(zip(headings, [*row, *[""] * len(headings)], strict=False))
            line = rows.line_num + 1  # a value in quotes may go over lines: a row is told by its first
    except csv.Error as error:
        raise BadFile(f"第 {rows.line_num} 行不是 CSV", f"Line {rows.line_num} is no CSV: {error}") from error


def _text(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings: Sequence[str] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadFile("文件的编码不是 UTF-8 也不是 GBK，请另存为 CSV UTF-8", "The file is neither UTF-8 nor GBK")


def _delimiter(text: str) -> str:
    first = text.lstrip().split("\n", 1)[0]
    return max(",;\t", key=first.count)


def _headings(row: list[str]) -> list[str]:
    meant = {word: name for name, words in HEADINGS.items() for word in words}
    headings = [meant.get(re.sub(r"[\s_*]", "", plain(word)).lower(), "") for word in row]
    lost = [zh for name, zh in NEEDED.items() if name not in headings]
    if lost:
        zh, en = "、".join(lost), ", ".join(name for name in NEEDED if name not in headings)
        raise BadFile(f"第一行（表头）里没有：{zh}", f"The first line, the headings, lacks: {en}")
    return headings


def plain(text: str) -> str:
    """Text with digits, letters and colons of usual width, without spaces around it.

    >>> plain(" ９：３０ ")
    '9:30'
    """
    return unicodedata.normalize("NFKC", text).strip().strip("'`")


def day_of(text: str) -> str:
    """A date as people and Excel write it, as ISO. Raises Unreadable.

    >>> day_of("2026/1/5"), day_of("２０２６年１１月２３日"), day_of("20261123"), day_of("2026-11-23 00:00:00")
    ('2026-01-05', '2026-11-23', '2026-11-23', '2026-11-23')
    """
    given = plain(text)
    found = re.fullmatch(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})日?(\s+0{1,2}:00(:00)?)?", given)
    found = found or re.fullmatch(r"(\d{4})(\d\d)(\d\d)", given)
    try:
        return date(*map(int, found.group(1, 2, 3))).isoformat() if found else _no_day(text)
    except ValueError:
        return _no_day(text)


def _no_day(text: str) -> str:
    raise Unreadable("bad_day", f"日期“{text}”看不懂，请写成 2026-11-23", f"'{text}' is no date like 2026-11-23")


def slot_of(text: str) -> str:
    """The start of a slot as people write it. Raises Unreadable.

    >>> slot_of("9:30"), slot_of("９：３０－１０：００"), slot_of("下午2点"), slot_of("14:00:00")
    ('09:30', '09:30', '14:00', '14:00')
    """
    found = re.match(r"(上午|下午|AM|PM)?\s*(\d{1,2})\s*[:点时]\s*(\d{2})?(?!\d)", plain(text))
    if found:
        hour, minute = int(found[2]), int(found[3] or 0)
        hour += 12 if found[1] in ("下午", "PM") and hour < 12 else 0
        if hour < 24 and minute < 60:
            return f"{hour:02d}:{minute:02d}"
    raise Unreadable("bad_slot", f"时段“{text}”看不懂，请写成 09:30", f"'{text}' is no time like 09:30")


class Reader:
    """Makes bookings of rows; `new_code()` gives each its code, `person_of` the HMAC of an id."""

    def __init__(self, plan: Plan, person_of: Callable[[str], str], new_code: Callable[[], str]) -> None:
        self._services = {service.name: service.id for service in reversed(plan.services)} | {
            service.id: service.id for service in plan.services
        }
        self._person_of = person_of
        self._new_code = new_code
        self._same: Counter[str] = Counter()

    def file(self, rows: Iterator[tuple[int, dict[str, Any]]]) -> BookingFile:
        """All of them. Raises BadFile for one that is too long."""
        good: list[BookingRow] = []
        bad: list[UnreadableRow] = []
        for n, (line, row) in enumerate(rows):
            if n == MOST_ROWS:
                raise BadFile(f"一次最多导入 {MOST_ROWS} 行，请分成几个文件", f"At most {MOST_ROWS} lines at once")
            try:
                good.append(self._row(line, row))
            except Unreadable as unreadable:
                bad.append(UnreadableRow(line, *unreadable.args))
        return BookingFile(tuple(good), tuple(bad))

    def _row(self, line: int, row: dict[str, str]) -> BookingRow:
        for name, zh in NEEDED.items():
            if not row[name].strip():
                raise Unreadable("empty", f"没有写{zh}", f"{name} is empty")
        service, person = plain(row["service"]), plain(row.get("person", ""))
        if re.fullmatch(r"\d(\.\d+)?E\+\d+", person, re.IGNORECASE):
            raise Unreadable(
                "lost_digits",
                f"证件号成了 {person}：请在 Excel 里把这一列设为文本再导出",
                f"Excel has lost digits of the id {person}: make the column text",
            )
        day, slot = day_of(row["day"]), slot_of(row["slot"])
        service = self._services.get(service, service)[:64]
        name = masked(plain(row.get("name", "")))
        return BookingRow(
            line=line,
            code=self._new_code(),
            external=plain(row.get("id", ""))[:64] or self._made_up_id(service, day, slot, row, person),
            service=service,
            day=day,
            slot=slot,
            name=name,
            person=self._person(person),
        )

    def _person(self, said: str) -> str:
        try:
            return self._person_of(said)
        except NotValid as wrong:
            raise Unreadable(wrong.code, wrong.sentence, wrong.sentence_en) from None

    def _made_up_id(self, service: str, day: str, slot: str, row: dict[str, str], person: str) -> str:
        """An id for a row without one, the same for the same row of the same file."""
        words = [service, day, slot, plain(row.get("name", "")), person, plain(row.get("phone", ""))]
        mark = self._person_of("booking " + "\n".join(words))[:20]
        self._same[mark] += 1
        return f"row-{mark}-{self._same[mark]}"
