"""The hub is away for long, or the clocks jump: what was taken is told once, and nothing is timed by a wall clock."""

import itertools
import re
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs

from devices import ff68
from devices.agent import Agent
from devices.pauses import Pauses

ROOT = Path(__file__).parents[2]
NEXT = ff68.encode(ff68.Frame(1, ff68.KEY, b"\x0c"))
GRADE = ff68.encode(ff68.Frame(33, ff68.GRADE, b"\x03"))
PAD = {"id": "pad-1", "kind": "pad", "driver": "ff68-pad", "line": "l1", "address": 33}
PRINT = {"id": "p1", "device": "printer-1", "kind": "print", "data": {"number": "A001"}}
SHOW = {"id": "j1", "device": "bar-1", "kind": "show", "data": {"text": "A001", "colour": "red"}}


class Time:
    """Two clocks that a test sets: `ahead` seconds the monotonic one, `wall` the other."""

    def __init__(self):
        self.ahead = 0.0
        self.wall = lambda: datetime.now().astimezone()

    def clock(self):
        return time.monotonic() + self.ahead


@pytest.fixture
def world():
    return Time()


@pytest.fixture
def agent(world, hub, until, tmp_path):
    hub.config = {**hub.config, "devices": [*hub.config["devices"], PAD]}
    made = Agent(
        f"http://127.0.0.1:{hub.port}", "good", "main", state_dir=tmp_path / "state", data_dir=tmp_path,
        clock=world.clock, wall=lambda: world.wall(), chance=lambda: 0.5,
    )  # fmt: skip
    made.start()
    until(lambda: hub.state("printer-1") == "ok" and made.rack.lines["l1"].up)
    yield made
    made.stop()


def test_a_hub_that_was_away_for_an_hour_hears_the_grade_and_the_slip_and_not_the_old_key(
    agent, hub, until, world, desk_printer
):
    """Nobody wants the "next" of an hour ago; a grade and what became of a slip are told, and once."""
    desk_printer.gate.clear()
    hub.send("job", PRINT)
    until(lambda: desk_printer.printed)
    with capture_logs() as logs:
        hub.close()
        until(lambda: not agent.link.up)
        agent.rack.wires["l1"].say(NEXT + GRADE)
        desk_printer.gate.set()
        until(lambda: len(agent._outbox._letters) == 3)
        world.ahead += 3600
        again = type(hub)(hub.port, hub.config)
        try:
            until(lambda: again.inputs and again.dones and not agent._outbox._letters)
            assert [told["event"]["kind"] for told in again.inputs] == ["grade"]
            assert [(told["id"], told["ok"]) for told in again.dones] == [("p1", True)]
            again.send("job", PRINT)
            until(lambda: len(again.dones) == 2)
        finally:
            again.close()
    assert desk_printer.printed == ["A001"], "not printed again"
    said = [
        it["event"] for it in logs if it["event"] in ("the hub is gone", "the hub is not there", "connected to the hub")
    ]
    assert said[:2] == ["the hub is gone", "connected to the hub"]
    assert sum("never answered" in it["event"] for it in logs) == 1


def test_a_wall_clock_that_jumps_at_every_look_loses_nothing_and_doubles_nothing(
    agent, hub, until, world, desk_printer
):
    """A kiosk PC whose battery is flat wakes in 2000 and is set right by the network, again and again."""
    jumps = itertools.cycle([timedelta(days=-9000), timedelta(hours=1), timedelta(days=400), timedelta()])
    world.wall = lambda: datetime.now().astimezone() + next(jumps)
    hub.talks.clear()
    agent.rack.wires["l1"].say(NEXT + GRADE)
    until(lambda: len({told["id"] for told in hub.inputs}) == 2)
    hub.send("job", PRINT)
    hub.send("job", SHOW)
    until(lambda: agent.rack.far_ends["bar-1"].text == "A001" and desk_printer.printed)
    hub.io.disconnect(hub.sid, namespace="/agent")
    hub.talks.set()
    until(lambda: {"p1", "j1"} <= {told["id"] for told in hub.dones} and not agent._outbox._letters)
    assert len({told["id"] for told in hub.inputs}) == 2
    assert desk_printer.printed == ["A001"]
    assert hub.state("bar-1") == "ok"


def test_nothing_is_timed_by_the_wall_clock():
    """`time.time()` is in no module: who needs seconds takes a monotonic clock, who shows a time an aware datetime."""
    packages = ("hall", "devices", "printers", "displays", "kiosk", "caller")
    files = [file for package in packages for file in (ROOT / package).rglob("*.py")]
    assert [
        file.name for file in files if re.search(r"\btime\.time\(|from time import.*\btime\b", file.read_text())
    ] == []


@given(st.floats(0, 1, exclude_max=True), st.integers(1, 2000))
def test_an_agent_asks_for_ever_with_growing_pauses_that_stay_short(chance, tries):
    """Each pause is twice the last, within a quarter, and none is over 6.25 s: a hall is there soon after its hub."""
    pauses = Pauses(0.2, 5.0, lambda: chance)
    waited = [pauses.next() for _ in range(tries)]
    wanted = [min(0.2 * 2**n, 5.0) for n in range(min(tries, 30))]
    assert all(0.75 * want <= wait <= 1.25 * want for want, wait in zip(wanted, waited, strict=False))
    assert max(waited) <= 6.25
