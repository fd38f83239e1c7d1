"""The journal: an append-only chain of events in hall.db. The one module that touches SQLite.

Each event's hash covers the hash of the event before it, so that `verify` proves that nothing was changed.
A Journal belongs to one thread at a time; the dispatcher sees to that.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from caller.migrations import migrations
from hall import events as ev
from hall.dates import iso

GENESIS = b"\0" * 32
_INSERT_EVENT = "insert into events (seq, day, at, actor, kind, version, data, hash) values (?, ?, ?, ?, ?, ?, ?, ?)"
_INSERT_HEAD = "insert or replace into head (id, seq, hash) values (1, ?, ?)"
# replace: an id of an older day, which a hub that was killed had no time to forget
_INSERT_ANSWER = "insert or replace into answers (id, day, mark, status, body) values (?, ?, ?, ?, ?)"
_TICKET_COLUMNS = ("day", "number", "service", "queue", "class", "state", "window", "kiosk")
_TICKET_COLUMNS += ("taken_at", "called_at", "started_at", "finished_at", "calls", "grade")
_TICKET_COLUMNS += ("arrived_at", "outcome", "reason", "case_number")
_UPSERT_TICKET = "insert or replace into tickets ({}) values ({})".format(
    ", ".join(_TICKET_COLUMNS), ", ".join("?" * len(_TICKET_COLUMNS))
)


_COUNTED = {
    "finished": "state = 'finished'",
    "missed": "state = 'missed'",
    "abandoned": "state = 'abandoned'",
    "refused": "outcome = 'refused'",
    "unserved": "state not in ('finished', 'missed', 'abandoned')",
    "rated": "grade <> ''",
}
"""What of a day's tickets is counted. On a day that is not over, who is not served yet is not served."""


class JournalBroken(Exception):
    """The journal cannot be read or is not what was written; str() says where and what to do."""


def is_of_the_disk(error: Exception) -> bool:
    """Is it that the journal cannot be kept, rather than that something is given to keep which no journal can hold?"""
    ours = (sqlite3.ProgrammingError, sqlite3.InterfaceError, sqlite3.DataError, sqlite3.IntegrityError)
    return isinstance(error, sqlite3.Error | OSError | JournalBroken) and not isinstance(error, ours)


@dataclass(frozen=True)
class Answer:
    """What a command was answered: an HTTP status and a JSON body. `mark` tells whether a repeated id asks the same."""

    mark: str
    status: int
    body: str


class Journal:
    """hall.db under the data folder. Raises JournalBroken if it is no journal, is locked, or lost its last events.

    `run_blocking(f, *args)` runs what waits for the disk; the hub gives one with a native thread, so that an fsync does
    not stop the other greenlets.
    """

    def __init__(self, path: Path, run_blocking: Callable[..., Any] = lambda f, *args: f(*args)) -> None:
        self.path = path
        self._run_blocking = run_blocking
        try:
            self._conn = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=5)
            self._conn.execute("pragma journal_mode=wal")
            self._conn.execute("pragma synchronous=full")
            migrations.apply(Database(self._conn))
            self._conn.execute("begin")  # both ends of one moment: a hub may be writing beside us
            self.seq, self._hash = self._end("events")
            written, chain = self._end("head")
            self._conn.execute("commit")
        except Exception as error:  # in a damaged schema sqlite-utils stumbles over whatever is missing
            raise JournalBroken(f"{path} cannot be opened as a journal: {error}") from error
        if (written, chain) != (self.seq, self._hash):
            # going on would give out numbers for the second time
            raise JournalBroken(
                f"{path} ends with event {self.seq}, but event {written} was the last one written. "
                "Put the latest copy of the file back, or move it away to begin a new journal"
            )

    def _end(self, table: str) -> tuple[int, bytes]:
        row = self._conn.execute(f"select seq, hash from {table} order by seq desc limit 1").fetchone()
        return row or (0, GENESIS)

    def append(
        self, day: str, events: Iterable[ev.Event], answers: Iterable[tuple[str, Answer]], tickets: Iterable[tuple]
    ) -> int:
        """Keep all of it in one durable commit, or nothing. Returns the seq of the last event. Raises sqlite3.Error."""
        rows, seq, chain = [], self.seq, self._hash
        for event in events:
            seq += 1
            row = (seq, getattr(event, "day", day), *_columns(event))
            chain = _link(chain, row)
            rows.append((*row, chain))
        cursor = self._conn.cursor()
        cursor.execute("begin immediate")
        try:
            cursor.executemany(_INSERT_EVENT, rows)
            if rows:
                cursor.execute(_INSERT_HEAD, (seq, chain))
            cursor.executemany(_INSERT_ANSWER, [(i, day, a.mark, a.status, a.body) for i, a in answers])
            cursor.executemany(_UPSERT_TICKET, tickets)
            self._run_blocking(cursor.execute, "commit")
        except BaseException:
            if self._conn.in_transaction:
                cursor.execute("rollback")
            raise
        self.seq, self._hash = seq, chain
        return seq

    def today(self) -> Iterator[ev.Event]:
        """The events since the last DayOpened, oldest first: what a restart replays."""
        with self._told_if_broken():
            row = self._conn.execute("select max(seq) from events where kind = 'DayOpened'").fetchone()
            for _, _, event in self._read(row[0] or 0):
                yield event

    def last_day(self) -> str:
        """The latest business day, "" for a journal in which nothing has happened."""
        with self._told_if_broken():
            row = self._conn.execute("select day from events order by seq desc limit 1").fetchone()
        return row[0] if row else ""

    def day(self, day: str) -> Iterator[ev.Event]:
        """The events of a business day, oldest first: its DayOpened, and DayClosed at its end."""
        with self._told_if_broken():
            row = self._conn.execute("select min(seq) from events where day = ?", [day]).fetchone()
            for _, of, event in self._read(row[0]) if row[0] else ():
                if of != day:
                    return
                yield event

    def _read(self, since: int) -> Iterator[tuple[int, str, ev.Event]]:
        rows = self._conn.execute(
            "select seq, day, at, actor, kind, version, data from events where seq >= ? order by seq", [since]
        )
        for seq, day, at, actor, kind, version, data in rows:
            try:
                yield seq, day, ev.from_data(kind, version, datetime.fromisoformat(at), actor, json.loads(data))
            except (ValueError, TypeError) as error:
                raise JournalBroken(f"{self.path}, event {seq}: {error}") from error

    def answers(self, day: str) -> dict[str, Answer]:
        """The answers given on the day, by command id."""
        with self._told_if_broken():
            rows = self._conn.execute("select id, mark, status, body from answers where day = ?", [day])
            return {row[0]: Answer(*row[1:]) for row in rows}

    def accepted(self, case: str) -> dict[str, str]:
        """When and where the case was accepted last: {"day", "number", "service", "window", "at"}; {} if never here."""
        row = self._conn.execute(
            "select day, number, service, window, finished_at from tickets "
            "where case_number = ? and outcome = 'accepted' order by day desc, finished_at desc limit 1",
            [case],
        ).fetchone()
        names = ("day", "number", "service", "window", "at")
        return {name: it or "" for name, it in zip(names, row, strict=True)} if row else {}

    def figures(self, day: str) -> dict[str, Any] | None:
        """A day's totals, its queues, and who was not served on it; None for a day of which there is nothing.

        `waited_s` of who was not served is until the first call, or else until the last that anybody did on the day.
        """
        conn = self._conn
        last = conn.execute("select max(at) from events where day = ? and kind not like 'Day%'", [day]).fetchone()[0]
        if not conn.execute("select 1 from events where day = ? limit 1", [day]).fetchone():
            return None
        counts = "count(*), " + ", ".join(f"coalesce(sum({it}), 0)" for it in _COUNTED.values())
        totals = conn.execute(f"select {counts} from tickets where day = ?", [day]).fetchone()
        cursor = conn.execute("select * from days where day = ? order by queue", [day])
        columns = [column[0] for column in cursor.description]
        queues = [dict(zip(columns, row, strict=True)) for row in cursor]
        unserved = conn.execute(
            f"select number, service, queue, class, state, taken_at, calls, round((julianday(coalesce(called_at, ?)) - "
            f"julianday(taken_at)) * 86400) from tickets where day = ? and {_COUNTED['unserved']} order by taken_at",
            [last, day],
        )
        names = ("number", "service", "queue", "class", "state", "taken_at", "calls", "waited_s")
        return {
            "totals": dict(zip(("taken", *_COUNTED), totals, strict=True)),
            "queues": queues,
            "unserved": [dict(zip(names, row, strict=True)) for row in unserved],
        }

    def forget_answers(self, before: str) -> None:
        """Answers of older days are not asked for again."""
        self._conn.execute("delete from answers where day < ?", [before])

    def verify(self) -> int:
        """Count the events, each linked to the one before. Raises JournalBroken at the first that is not, or for a file
        that SQLite finds damaged anywhere.
        """
        with self._told_if_broken():
            count = self._follow_the_chain()
            found = self._conn.execute("pragma integrity_check(1)").fetchone()[0]
        if found != "ok":
            raise JournalBroken(f"{self.path} is damaged beside its events: {found}")
        return count

    def _follow_the_chain(self) -> int:
        chain, expected = GENESIS, 1
        rows = self._conn.execute("select seq, day, at, actor, kind, version, data, hash from events order by seq")
        for *row, kept in rows:
            if row[0] != expected:
                raise JournalBroken(f"{self.path}: event {expected} is missing")
            chain = _link(chain, tuple(row))
            if chain != kept:
                raise JournalBroken(f"{self.path}: event {expected} ({row[4]}, {row[2]}) is not what was written")
            expected += 1
        return expected - 1

    @contextmanager
    def _told_if_broken(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.DatabaseError, UnicodeError) as error:
            raise JournalBroken(f"{self.path} cannot be read: {error}") from error

    def close(self) -> None:
        self._conn.close()


def _columns(event: ev.Event) -> tuple[str, str, str, int, str]:
    data = json.dumps(ev.to_data(event), ensure_ascii=False, separators=(",", ":"))
    return event.at.isoformat(), event.actor, type(event).__name__, ev.VERSION, data


def _link(chain: bytes, row: tuple[Any, ...]) -> bytes:
    # repr: a column of another type than we write is a change like any other
    written = json.dumps(row, ensure_ascii=False, separators=(",", ":"), default=repr)
    return hashlib.sha256(chain + written.encode()).digest()


def ticket_row(day: str, ticket: Any) -> tuple:
    """The reports' row of a ticket; `called_at` is its first call, `calls` counts calls and recalls, none undone."""
    history = [entry for entry in ticket.history if "undone" not in entry]
    called = [entry["at"] for entry in history if entry["what"] in ("called", "recalled")]

    return (
        day,
        ticket.number,
        ticket.service,
        ticket.queue,
        ticket.klass,
        ticket.state,
        ticket.window,
        ticket.kiosk,
        iso(ticket.taken_at),
        called[0] if called else None,
        iso(ticket.started_at),
        iso(ticket.finished_at),
        len(called),
        ticket.grade,
        iso(ticket.arrived_at),
        ticket.outcome,
        ticket.reason,
        ticket.case,
    )
