"""How times and days are written in events, views and reports: ISO 8601."""

from __future__ import annotations

from datetime import date, datetime, timedelta


def iso(at: datetime | None) -> str | None:
    """The time with its zone, None for none."""
    return at.isoformat() if at else None


def days_on(day: str, days: int) -> str:
    """The day so many days later, earlier if negative.

    >>> days_on("2026-02-28", 1), days_on("2026-03-01", -1)
    ('2026-03-01', '2026-02-28')
    """
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
