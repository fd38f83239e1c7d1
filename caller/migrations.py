"""The tables of hall.db, as a list of steps that only grows."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("hall")


@migrations()
def journal(db: Database) -> None:
    """Events, the truth; answers by command id, so that a repeated command is answered and not done again."""
    db.table("events").create(
        {
            "seq": int,
            "day": str,
            "at": str,
            "actor": str,
            "kind": str,
            "version": int,
            "data": str,
            "hash": bytes,
        },
        pk="seq",
        not_null={"day", "at", "actor", "kind", "version", "data", "hash"},
    )
    db.table("events").create_index(["kind", "seq"])
    db.table("answers").create(
        {"id": str, "day": str, "mark": str, "status": int, "body": str},
        pk="id",
        not_null={"day", "mark", "status", "body"},
    )
    db.table("answers").create_index(["day"])


@migrations()
def reports(db: Database) -> None:
    """Tickets as they stand, written in the transaction of their events, and a day's totals, as plain tables."""
    db.table("tickets").create(
        {
            "day": str,
            "number": str,
            "service": str,
            "queue": str,
            "class": str,
            "state": str,
            "window": str,
            "kiosk": str,
            "taken_at": str,
            "called_at": str,
            "started_at": str,
            "finished_at": str,
            "calls": int,
            "grade": str,
        },
        pk=("day", "number"),
    )
    db.create_view(
        "days",
        """
        select day, queue, count(*) as taken, sum(state = 'finished') as finished, sum(state = 'missed') as missed,
          sum(grade <> '') as rated,
          round(avg((julianday(called_at) - julianday(taken_at)) * 1440), 1) as wait_min,
          round(avg((julianday(finished_at) - julianday(coalesce(started_at, called_at))) * 1440), 1) as service_min
        from tickets group by day, queue
        """,
    )


@migrations()
def head(db: Database) -> None:
    """The last event's seq and hash in a row of its own: a chain alone does not tell that its last links are gone."""
    db.execute("create table head (id integer primary key check (id = 1), seq integer not null, hash blob not null)")
    db.execute("insert into head select 1, seq, hash from events order by seq desc limit 1")


@migrations()
def outcomes(db: Database) -> None:
    """When the visitor was there and how it ended; the wait ends there, and who gave up is counted."""
    for column in ("arrived_at", "outcome", "reason", "case_number"):
        db.table("tickets").add_column(column, str)
    db["days"].drop()
    db.create_view(
        "days",
        """
        select day, queue, count(*) as taken, sum(state = 'finished') as finished, sum(state = 'missed') as missed,
          sum(state = 'abandoned') as abandoned, sum(outcome = 'refused') as refused,
          sum(grade <> '') as rated,
          round(avg((julianday(coalesce(arrived_at, called_at)) - julianday(taken_at)) * 1440), 1) as wait_min,
          round(avg((julianday(finished_at) - julianday(coalesce(started_at, arrived_at, called_at))) * 1440), 1)
            as service_min
        from tickets group by day, queue
        """,
    )


@migrations()
def cases(db: Database) -> None:
    """A collection ticket asks for the case that it names among all that were ever accepted."""
    db.table("tickets").create_index(["case_number"])


@migrations()
def bookings(db: Database) -> None:
    """Each booking and what became of it, read from the events: a day's list, and who of it never came."""
    db.create_view(
        "bookings",
        """
        with ended as (
          select json_extract(data, '$.code') as code, kind, max(seq), json_extract(data, '$.number') as number
          from events where kind in ('BookingCheckedIn', 'BookingCancelled', 'BookingMissed') group by 1
        )
        select json_extract(made.data, '$.date') as day, json_extract(made.data, '$.start') as slot,
          json_extract(made.data, '$.queue') as queue, json_extract(made.data, '$.service') as service,
          json_extract(made.data, '$.code') as code, json_extract(made.data, '$.name') as name,
          case ended.kind when 'BookingCheckedIn' then 'checked_in' when 'BookingCancelled' then 'cancelled'
            when 'BookingMissed' then 'no_show' else 'booked' end as state, ended.number as number
        from events as made left join ended on ended.code = json_extract(made.data, '$.code')
        where made.kind = 'BookingMade'
        """,
    )
