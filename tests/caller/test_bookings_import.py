"""Bookings of another system: files as Excel writes them, by HTTP and by `hall bookings import`; the page about it."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from .halls import Served, problem

PAGE = (Path(__file__).parents[2] / "docs/bookings.md").read_text(encoding="utf-8")
ENGLISH = "id,service,day,slot,name,person\nx1,tax-return,2026-11-22,09:10,王小海,11010519491231002X\n"
CHINESE = (
    "预约编号,事项,日期,时段,姓名,身份证号\nx1,个税申报,2026年11月22日,９：１０-９：２０,王小海,'11010519491231002X\n"
)


def send(inside: Any, text: str | bytes, query: str = "", role: str = "reception", kind: str = "text/csv") -> Any:
    headers = {"Authorization": f"Bearer {inside.token(role)}"} if role else {}
    data = text.encode() if isinstance(text, str) else text
    return inside.client.post(f"/api/v1/bookings/import{query}", data=data, headers=headers, content_type=kind)


@pytest.mark.parametrize(
    "data",
    [
        ENGLISH.encode(),
        ENGLISH.replace(",", ";").replace("\n", "\r\n").encode("utf-8-sig"),
        CHINESE.encode("gbk"),
        CHINESE.replace(",", "\t").encode("utf-16"),
        CHINESE.replace("2026年11月22日", "2026/11/22").encode("utf-8-sig") + b"\r\n,,,,,\r\n",
    ],
    ids=["utf-8", "mark, semicolons", "gbk", "utf-16, tabs", "empty last line"],
)
def test_a_file_is_read_however_excel_wrote_it(inside: Any, data: bytes) -> None:
    it = send(inside, data).json
    assert (it["made"], it["known"], it["skipped"]) == (1, 0, [])
    made = it["bookings"][0]
    assert (made["id"], made["service"], made["slot"], made["name"]) == ("x1", "tax-return", "09:10", "王*海")
    assert send(inside, data).json["known"] == 1, "the same file again changes nothing"
    checked_in = inside.post("bookings/check-in", {"person": "11010519491231002x"}, role="")
    assert checked_in.json["booking"] == made["code"]


def test_rows_without_an_id_are_known_again_too(inside: Any) -> None:
    """Two rows that are alike are two bookings, and stay two."""
    text = "service,day,slot\n" + "tax-return,2026-11-22,09:10\n" * 2
    assert [send(inside, text).json["made"] for _ in range(2)] == [2, 0]


def test_every_bad_line_is_told_and_nothing_is_imported_unless_asked_for(inside: Any) -> None:
    lines = [
        "x1,tax-return,2026-11-22,09:10,,",
        "x2,tax-return,22.11.26,09:10,,",
        "x3,tax-return,2026-11-22,morning,,",
        "x4,税务登记,2026-11-22,09:10,,",
        "x5,pension,2026-11-22,09:10,,",
        "x6,,2026-11-22,09:10,,",
        "x7,tax-return,2026-11-22,08:50,,",
        'x8,tax-return,2026-11-22,09:10,"王\n小海",3.70602E+17',
        "x1,tax-return,2026-11-22,09:20,,",
    ]
    text = "id,service,day,slot,name,person\n" + "\n".join(lines)
    rows = problem(send(inside, text), 409, "bad_rows")["facts"]["rows"]
    assert [(row["line"], row["code"]) for row in rows] == [
        (3, "bad_day"),
        (4, "bad_slot"),
        (5, "unknown_service"),
        (6, "no_bookings"),
        (7, "empty"),
        (8, "slot_past"),
        (9, "lost_digits"),
        (11, "booking_differs"),
    ]
    assert all(row["detail"] and row["detail_en"] for row in rows)
    assert inside.get("bookings", role="reception").json == []
    it = send(inside, text, "?skip_bad=true").json
    assert (it["made"], it["skipped"]) == (1, [row["line"] for row in rows])


@pytest.mark.parametrize(
    ("data", "kind", "status", "code"),
    [
        (b"", "text/csv", 422, "bad_file"),
        (b"service,slot\n", "text/csv", 422, "bad_file"),
        (b"\xff\xfe\x00", "text/csv", 422, "bad_file"),
        (b"\x81", "text/csv", 422, "bad_file"),
        (b'service,day,slot\n"' + b"x" * 200_000, "text/csv", 422, "bad_file"),
        (b"service,day,slot\n" + b"a,b,c\n" * 5001, "text/csv", 422, "bad_file"),
        (b"service,day,slot\n\0,\0,\0\n", "text/csv", 409, "bad_rows"),
        (b"x" * 4_000_001, "text/csv", 413, "too_large"),
        (b"[{]", "application/json", 422, "invalid"),
        (b"<xml/>", "application/xml", 415, "unsupported_media_type"),
    ],
)
def test_what_is_no_file_of_bookings_is_a_sentence(inside: Any, data: bytes, kind: str, status: int, code: str) -> None:
    problem(send(inside, data, kind=kind), status, code)


def test_only_staff_import_and_a_list_in_json_will_do(inside: Any) -> None:
    rows = json.dumps([{"id": "x1", "service": "tax-return", "day": "2026-11-22", "slot": "09:10"}])
    assert [send(inside, rows, role=role, kind="application/json").status_code for role in ("", "clerk")] == [401, 403]
    assert send(inside, rows, kind="application/json").json["made"] == 1


def block(kind: str) -> str:
    found = re.search(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)
    assert found
    return found[1]


def tomorrow() -> str:
    return (datetime.now(ZoneInfo("Asia/Shanghai")) + timedelta(days=1)).date().isoformat()


@pytest.fixture
def as_written(tmp_path: Path) -> Iterator[Served]:
    """The hall of the page; its day begins twelve hours from now, so that the test does not run into it."""
    begins = datetime.now(ZoneInfo("Asia/Shanghai")) + timedelta(hours=12)
    config = tmp_path / "hall_config.yaml"
    hall_part = f"{{name: 大厅, day_starts: '{begins:%H:%M}'}}"
    config.write_text(block("yaml").replace("{name: 大厅}", hall_part), encoding="utf-8")
    hall = Served(config, tmp_path / "data")
    hall.start()
    yield hall
    hall.stop()


def test_the_commands_of_the_page_do_what_it_says(
    as_written: Served, hall_command: Callable[..., Any], tmp_path: Path
) -> None:
    """Its hall, its curl lines in their order, its file: for tomorrow instead of its date."""
    code, told = "K7QM4XPD", []
    for line in block("sh").strip().splitlines():
        line = line.replace("http://127.0.0.1:8000", as_written.url).replace("2026-11-23", tomorrow())
        line = line.replace("K7QM-4XPD", code).replace("K7QM4XPD", code)
        words = [*shlex.split(line), "-s", "-w", "\n%{http_code}"]
        done = subprocess.run(words, capture_output=True, text=True, timeout=20, check=True)
        body, _, status = done.stdout.rpartition("\n")
        code = json.loads(body)["code"] if status == "201" else code
        told.append(int(status))
    assert told == [200, 201, 200, 409, 200], "checked in a day before, it is refused: other_day"
    file = tmp_path / "bookings.csv"
    file.write_text(block("csv").replace("2026-11-23", tomorrow()).replace("2026/11/23", tomorrow()), encoding="gbk")
    words = ("bookings", "import", file, "--server", as_written.url, "--data", as_written.data)
    done = hall_command(*words)
    assert done.returncode == 0, done.stderr
    assert [line.split(",")[0] for line in done.stdout.splitlines()] == ["id", "YY-1", "YY-2"]
    assert "0 imported, 2 were there already" in hall_command(*words).stderr
    file.write_text("事项,日期,时段\n无,无,无\n", encoding="utf-8")
    wrong = hall_command(*words)
    assert wrong.returncode == 2
    assert "bookings.csv:2: 日期“无”看不懂" in wrong.stderr and "Traceback" not in wrong.stderr
    nobody = hall_command("bookings", "import", file, "--server", "http://127.0.0.1:9", "--token", "t")
    assert (nobody.returncode, nobody.stderr.count("\n")) == (2, 1)
