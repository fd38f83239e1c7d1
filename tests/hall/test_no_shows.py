"""Who again and again does not come is blocked, and not a day longer than said: against a list of days."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from hall.no_shows import NoShows
from hall.plan import Plan


def day(number: int) -> str:
    return (date(2026, 12, 20) + timedelta(days=number)).isoformat()


@settings(max_examples=500, deadline=None)
@given(
    missed=st.lists(st.integers(0, 9), max_size=6).map(sorted),
    most=st.integers(0, 3),
    within=st.integers(1, 4),
    length=st.integers(1, 5),
    forgets=st.booleans(),
)
def test_blocked_on_exactly_the_days_after_the_last_of_so_many(
    missed: list[int], most: int, within: int, length: int, forgets: bool
) -> None:
    """Whatever the days, also when what is too old is thrown away every night."""
    plan = Plan(name="大厅", no_shows_to_block=most, no_show_days=within, block_days=length)
    blocked: set[int] = set()
    counting: list[int] = []
    told = NoShows()
    for today in range(25):
        if forgets:
            told.forget_before(plan, day(today))
        assert (told.blocked.get("wang", "") >= day(today)) == (today in blocked)
        for _ in range(missed.count(today)):
            told.count(plan, "wang", day(today))
            counting = [*(it for it in counting if today - it < within), today]
            if most and len(counting) >= most:
                blocked |= set(range(today + 1, today + length + 1))
                counting = []
    told.forget_before(plan, day(99))
    assert asdict(told) == {"days": {}, "blocked": {}}, "in the end nothing is kept"
