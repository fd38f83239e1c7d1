"""Events as the journal keeps them: their data, and those of a newer program."""

from __future__ import annotations

from datetime import datetime

import pytest

from hall import events as ev


def test_an_event_of_a_newer_program_is_refused_with_a_sentence() -> None:
    for kind, version in (("TicketTaken", ev.VERSION + 1), ("TicketSung", 1)):
        with pytest.raises(ValueError, match="newer than this program"):
            ev.from_data(kind, version, datetime(2026, 11, 22), "", {})


def test_a_data_field_is_never_a_column_too() -> None:
    """`at` and `actor` stand beside the data, not in it."""
    opened = ev.DayOpened(at=datetime(2026, 11, 22, 4), actor="hub", day="2026-11-22")
    assert ev.to_data(opened) == {"day": "2026-11-22", "carried": {}}
