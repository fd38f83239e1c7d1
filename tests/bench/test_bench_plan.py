"""The reference hall is read at the price of its YAML, and its rush hour costs what a quiet one does: as ratios."""

from __future__ import annotations

from .bench_plan import measure


def test_the_reference_hall_costs_little_more_than_its_yaml_and_its_rush_no_more_than_a_quiet_hour() -> None:
    """Under four times libyaml, which reads it in a moment; under twice for a crowd a hundred times as large.

    That it changes nothing that grows is counted in lines run, not in time: tests/hall/test_cost.py.
    """
    loaded, chosen, pressed = measure()
    assert loaded.ratio < 4, loaded
    assert chosen.ratio < 2, chosen
    assert pressed.ratio < 2, pressed
