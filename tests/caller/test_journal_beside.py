"""`hall why` and `hall verify` open the journal beside a running hub."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from caller.journal import Journal
from hall import events as ev

AT = datetime(2026, 11, 22, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


def test_a_journal_that_grows_while_it_is_opened_is_not_called_broken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The hub commits between the two looks that compare the last event with the last that was written."""
    hub = Journal(tmp_path / "hall.db")
    hub.append("2026-11-22", [ev.DayOpened(at=AT, actor="hub", day="2026-11-22")], [], [])
    look = Journal._end

    def look_and_commit(self: Journal, table: str) -> Any:
        found = look(self, table)
        if table == "events":
            hub.append("2026-11-22", [ev.TicketMissed(at=AT, actor="c", number="A001", window="1")], [], [])
        return found

    monkeypatch.setattr(Journal, "_end", look_and_commit)
    beside = Journal(tmp_path / "hall.db")
    assert beside.seq == 1
    beside.close()
    hub.close()
