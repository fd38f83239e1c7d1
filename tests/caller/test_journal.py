"""The journal keeps all or nothing, tells what was changed, and is a plain SQLite file."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlite_utils
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caller.journal import Answer, Journal, JournalBroken
from hall import commands as c
from hall import events as ev
from hall.decide import decide
from hall.errors import Refused
from hall.evolve import evolve, replay
from hall.plan import Plan
from hall.state import HallState

DAY = "2026-11-22"
AT = datetime(2026, 11, 22, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


def opened(day: str = DAY) -> ev.DayOpened:
    return ev.DayOpened(at=AT, actor="hub", day=day)


def missed(n: int) -> ev.TicketMissed:
    return ev.TicketMissed(at=AT + timedelta(seconds=n), actor="clerk:王", number=f"A{n:03d}", window="1")


@pytest.fixture
def journal(tmp_path: Path) -> Any:
    made = Journal(tmp_path / "hall.db")
    made.append(DAY, [opened(), *map(missed, range(5))], [], [])
    yield made
    made.close()


def change(path: Path, sql: str) -> None:
    """As somebody with a SQLite tool would."""
    with sqlite3.connect(path) as conn:
        conn.executescript(sql)


TAMPERINGS = {
    "a fact": "update events set data = replace(data, 'A001', 'A009') where seq = 3",
    "a time": "update events set at = replace(at, '09:00:01', '09:00:02') where seq = 3",
    "who did it": "update events set actor = 'clerk:李' where seq = 3",
    "its hash": "update events set hash = zeroblob(32) where seq = 3",
    "a row is gone": "delete from events where seq = 3",
    "the first row is gone": "delete from events where seq = 1",
    "a row is put in its place": (
        "insert into events select 7, day, at, actor, kind, version, data, hash from events where seq = 6"
    ),
    "two rows change places": (
        "update events set seq = -seq where seq in (4, 5); update events set seq = 9 + seq where seq < 0"
    ),
    "the last row is gone": "delete from events where seq = 6",
    "all rows are gone": "delete from events",
}


@pytest.mark.parametrize("what", TAMPERINGS)
def test_whatever_is_changed_is_found(journal: Journal, what: str) -> None:
    assert journal.verify() == 6
    change(journal.path, TAMPERINGS[what])
    with pytest.raises(JournalBroken) as caught:
        Journal(journal.path).verify()
    assert str(journal.path) in str(caught.value)


@pytest.fixture(scope="module")
def on_disk(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes, list[Any]]:
    """A closed journal: where it is, its bytes, its events as they are stored."""
    path = tmp_path_factory.mktemp("flipped") / "hall.db"
    journal = Journal(path)
    journal.append(DAY, [opened(), *map(missed, range(40))], [("id", Answer("m", 200, "{}"))], [])
    journal.close()
    return path, path.read_bytes(), _stored(path)


def _stored(path: Path) -> list[Any]:
    with closing(sqlite3.connect(path)) as conn:
        return conn.execute("select * from events order by seq").fetchall()


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_a_flipped_bit_anywhere_is_told_in_a_sentence_or_has_changed_no_event(on_disk: Any, data: Any) -> None:
    path, whole, events = on_disk
    path = path.with_name(f"{uuid.uuid4()}.db")
    flipped = bytearray(whole)
    flipped[data.draw(st.integers(0, len(whole) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    path.write_bytes(flipped)
    journal = None
    try:
        journal = Journal(path)
        list(journal.today())
        journal.answers(DAY)
        assert journal.verify() == len(events)
    except JournalBroken as told:
        assert str(path) in str(told)
    else:
        assert _stored(path) == events
    finally:
        if journal:
            journal.close()


def test_the_place_of_a_change_is_told(journal: Journal) -> None:
    change(journal.path, TAMPERINGS["a fact"])
    with pytest.raises(JournalBroken, match=r"event 3 \(TicketMissed, 2026-11-22T09:00:01\+08:00\) is not what was"):
        journal.verify()


def test_numbers_that_were_given_out_are_not_forgotten_because_rows_are_gone(journal: Journal) -> None:
    """A journal without its last events is not continued: the next ticket would have a number that somebody holds."""
    change(journal.path, "delete from events where seq > 4")
    with pytest.raises(JournalBroken, match="ends with event 4, but event 6 was the last"):
        Journal(journal.path)


def test_append_is_all_or_nothing(journal: Journal) -> None:
    """The ticket's row cannot be written, so its event and its answer are not either."""
    with pytest.raises(sqlite3.Error):
        journal.append(DAY, [missed(9)], [("id", Answer("m", 200, "{}"))], [("too", "short")])
    assert (journal.seq, journal.verify(), journal.answers(DAY)) == (6, 6, {})
    assert journal.append(DAY, [missed(9)], [("id", Answer("m", 200, "{}"))], []) == 7
    assert (journal.verify(), journal.answers(DAY)) == (7, {"id": Answer("m", 200, "{}")})


def test_a_kept_event_is_on_disk_for_whoever_reads_beside(journal: Journal) -> None:
    with sqlite3.connect(journal.path) as other:
        assert other.execute("select count(*) from events").fetchone() == (6,)
        assert other.execute("pragma journal_mode").fetchone() == ("wal",)


def test_a_restart_replays_from_the_last_opening(journal: Journal) -> None:
    closing = ev.DayClosed(at=AT, actor="hub", day=DAY, unserved=["A003"])
    journal.append("2026-11-23", [closing, opened("2026-11-23"), missed(1)], [], [])
    assert [type(event).__name__ for event in journal.today()] == ["DayOpened", "TicketMissed"]
    days = sqlite_utils.Database(journal.path).query("select day, count(*) n from events group by day order by day")
    assert [(row["day"], row["n"]) for row in days] == [(DAY, 7), ("2026-11-23", 2)]


def test_an_event_of_a_newer_program_is_refused_with_a_sentence(journal: Journal) -> None:
    change(journal.path, "update events set version = 99 where seq = 2")
    with pytest.raises(JournalBroken, match="event 2: event TicketMissed version 99 is newer than this program"):
        list(journal.today())


@pytest.mark.parametrize("data", ["{", '{"number": "A001"}', '{"number": "A001", "window": "1", "more": 1}', "[]"])
def test_an_event_that_cannot_be_read_is_named(journal: Journal, data: str) -> None:
    change(journal.path, f"update events set data = '{data}' where seq = 2")
    with pytest.raises(JournalBroken, match="event 2"):
        list(journal.today())


def test_a_file_that_is_no_journal_is_told(tmp_path: Path) -> None:
    (tmp_path / "hall.db").write_bytes(b"This is a letter, not a database. " * 50)
    with pytest.raises(JournalBroken, match="cannot be opened as a journal"):
        Journal(tmp_path / "hall.db")


def test_answers_of_older_days_are_forgotten(journal: Journal) -> None:
    journal.append(DAY, [], [("old", Answer("m", 200, "{}"))], [])
    journal.append("2026-11-23", [], [("new", Answer("m", 200, "{}"))], [])
    journal.forget_answers("2026-11-23")
    assert (journal.answers(DAY), list(journal.answers("2026-11-23"))) == ({}, ["new"])


def test_sqlite_utils_opens_it_and_the_tables_are_true(door: Callable[..., Any], clock: Any, tmp_path: Path) -> None:
    """`tickets` is how each ticket stands, `days` what the day was: waits until the visitor is there, services."""
    dispatcher = door()

    def at(time: str, command: type[c.Command], **words: Any) -> None:
        clock.at = f"2026-11-22 {time}"
        dispatcher.handle("", lambda now: command(at=now, actor="t", **words), lambda *_: {})

    at("09:00", c.OpenWindow, window="1")
    at("09:00", c.TakeTicket, service="tax-return", token="a")
    at("09:00", c.TakeTicket, service="tax-card", token="b")
    at("09:10", c.CallNext, window="1")
    at("09:14", c.Recall, window="1")
    at("09:14:30", c.Arrive, window="1")
    at("09:15", c.StartService, window="1")
    at("09:20", c.FinishService, window="1", outcome="refused", reason="材料不全", case="37060-1")
    at("09:20", c.RateVisit, number="A001", grade="satisfied")
    at("09:20", c.CallNext, window="1")
    at("09:30", c.MarkNoShow, window="1")
    db = sqlite_utils.Database(tmp_path / "hall.db")
    assert {"events", "answers", "tickets", "days"} <= set(db.table_names() + db.view_names())
    first, second = db.table("tickets").rows
    assert first == {
        "day": "2026-11-22",
        "number": "A001",
        "service": "tax-return",
        "queue": "tax",
        "class": "normal",
        "state": "finished",
        "window": "1",
        "kiosk": "",
        "taken_at": "2026-11-22T09:00:00+08:00",
        "called_at": "2026-11-22T09:10:00+08:00",
        "started_at": "2026-11-22T09:15:00+08:00",
        "finished_at": "2026-11-22T09:20:00+08:00",
        "calls": 2,
        "grade": "satisfied",
        "arrived_at": "2026-11-22T09:14:30+08:00",
        "outcome": "refused",
        "reason": "材料不全",
        "case_number": "37060-1",
    }
    assert (second["state"], second["calls"], second["finished_at"]) == ("missed", 1, None)
    (day,) = db.query("select * from days")
    assert day == {
        "day": "2026-11-22",
        "queue": "tax",
        "taken": 2,
        "finished": 1,
        "missed": 1,
        "rated": 1,
        "abandoned": 0,
        "refused": 1,
        "wait_min": 17.3,
        "service_min": 5.0,
    }


Windows = st.sampled_from("123")
Commands = st.lists(
    st.one_of(
        st.builds(lambda s: (c.TakeTicket, {"service": s}), st.sampled_from(("tax-return", "pension"))),
        st.builds(
            lambda kind, w: (kind, {"window": w}),
            st.sampled_from(
                (c.OpenWindow, c.CallNext, c.CallNext, c.StartService, c.FinishService, c.HoldTicket, c.ResumeTicket)
            ),
            Windows,
        ),
        st.builds(
            lambda w, q: (c.TransferTicket, {"window": w, "queue": q}), Windows, st.sampled_from(("tax", "pension"))
        ),
        st.builds(lambda w, until: (c.PauseWindow, {"window": w, "reason": until}), Windows, st.text(max_size=5)),
    ),
    max_size=40,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(commands=Commands)
def test_the_state_after_a_restart_is_the_state_before(plan: Plan, tmp_path_factory: Any, commands: list[Any]) -> None:
    """Journal to state equals state: through JSON and SQLite, whatever was done."""
    path = tmp_path_factory.mktemp("replay") / "hall.db"
    live, journal = HallState(plan), Journal(path)

    def do(command: c.Command) -> None:
        try:
            events = decide(command, live)
        except Refused:
            return
        for event in events:
            evolve(event, live)
        journal.append(DAY, events, [], [])

    do(c.OpenDay(at=AT, actor="hub", day=DAY))
    for n, (kind, words) in enumerate(commands):
        token = {"token": str(n)} if kind is c.TakeTicket else {}
        do(kind(at=AT + timedelta(seconds=37 * n), actor="t", **words, **token))
    journal.close()
    again = Journal(path)
    assert replay(again.today(), HallState(plan)).picture() == live.picture()
    again.verify()
    again.close()
