"""`hall bench` runs whole and tells its figures as ratios; how fast this machine is decides nothing."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest


@pytest.mark.timeout(400)
def test_the_bench_measures_the_hall_beside_a_bare_server_in_the_same_run() -> None:
    """Each figure has both sides and their ratio, and work was done on both."""
    command = [sys.executable, "-m", "caller.cli", "bench", "--clients", "3", "--rounds", "10", "--json"]
    told = json.loads(subprocess.run(command, capture_output=True, text=True, check=True, timeout=390).stdout)
    assert [figure["name"] for figure in told["figures"]] == [
        "take, one after the other",
        "next to the last screen, p50",
        "next to the last screen, p99",
        "next, 24 clerks at once",
        "commits, one event each",
        "events, 32 in a commit",
        "key to text on the bar's wire, p50",
        "key to text on the bar's wire, p99",
        "idle, 24 windows (beside: the bound)",
        "lines of 24 windows held (beside: a hall)",
    ]
    for figure in told["figures"]:
        assert figure["hall"] > 0
        assert figure["bare"] > 0
        assert figure["ratio"] == pytest.approx(figure["hall"] / figure["bare"], abs=0.001)
