"""The options of `hall simulate`; what it does is imported when it is asked for."""

from __future__ import annotations

import argparse
from pathlib import Path


def add_options(made: argparse.ArgumentParser) -> None:
    """The options of the command beside --config."""
    made.add_argument("--data", type=Path, help="data folder of a recorded day; without it days are generated")
    made.add_argument("--day", default="", help="the recorded day, as 2026-11-23 (default: the last)")
    made.add_argument("--tickets", type=int, help="how many visitors a generated day has (default: 300)")
    made.add_argument("--seed", type=int, help="of all chance: the same seed, the same days (default: 1)")
    made.add_argument("--days", type=int, help="days in a row; the first of several only teaches (default: 2)")
    made.add_argument("--arrivals", help="rush, flat or afternoon (default: rush)")
    made.add_argument(
        "--load", type=float, help="work that comes, as a share of what all windows can do (default: 0.8)"
    )
    made.add_argument(
        "--rule", default="", help='of every window: "class,run=3,extra_wait=20" (default: the config\'s)'
    )
    made.add_argument(
        "--refresh", type=float, default=30.0, help="seconds between two reckonings (default: %(default)s)"
    )
    made.add_argument("--json", action="store_true", help="figures as JSON")


def run(args: argparse.Namespace) -> None:
    """Play or replay, and tell. Raises Sentence for what cannot be."""
    from caller.simulate import simulate

    simulate(args)
