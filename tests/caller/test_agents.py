"""The hub's side of the agents: jobs stay until they are done, the newest text replaces the older, nothing is lost."""

from __future__ import annotations

from typing import Any

import pytest

from caller.agents import Agents, Job
from caller.config import Config
from caller.dispatcher import NotKept


class Wire:
    """What was sent to whom."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str, str]] = []

    def __call__(self, event: str, data: dict[str, Any], sid: str) -> None:
        self.sent.append((sid, event, data.get("id", "")))

    def jobs(self, sid: str) -> list[str]:
        return [job for to, event, job in self.sent if (to, event) == (sid, "job")]


@pytest.fixture
def wire() -> Wire:
    return Wire()


@pytest.fixture
def agents(config: Config, wire: Wire) -> Agents:
    return Agents(config, wire, lambda: "2026-11-22T09:00:00+08:00")


def done(job: str, ok: bool = True) -> dict[str, Any]:
    return {"id": job, "device": "paper", "ok": ok}


def test_a_new_agent_gets_its_config_then_what_is_not_done(agents: Agents, wire: Wire) -> None:
    for job in (Job("p1", "paper", "print", {}), Job("p2", "paper", "print", {})):
        agents.give(job)
    assert wire.sent == []
    agents.connected("main", "sid-1")
    assert [event for _, event, _ in wire.sent] == ["config", "job", "job"]
    agents.done(done("p1"))
    agents.disconnected("sid-1")
    agents.connected("main", "sid-2")
    assert wire.jobs("sid-2") == ["p2"]


def test_an_agent_of_another_name_gets_none_of_them(agents: Agents, wire: Wire) -> None:
    agents.give(Job("p1", "paper", "print", {}))
    agents.connected("elsewhere", "sid")
    assert wire.jobs("sid") == []
    assert agents.online() == ["elsewhere"]


def test_of_a_text_only_the_newest_stays_until_it_is_shown(agents: Agents, wire: Wire) -> None:
    agents.give(Job("d1", "keys", "display", {"number": "A001"}))
    agents.give(Job("d2", "keys", "display", {"number": "A002"}))
    agents.done(done("d2", ok=False))
    agents.connected("main", "sid")
    assert wire.jobs("sid") == ["d2"]
    agents.done(done("d2"))
    assert agents.waiting("display") == []


def test_a_prompt_is_said_now_or_never(agents: Agents, wire: Wire) -> None:
    """Nobody is asked for a rating an hour later."""
    agents.give(Job("r1", "stars", "prompt", {}))
    agents.connected("main", "sid")
    agents.give(Job("r2", "stars", "prompt", {}))
    assert wire.jobs("sid") == ["r2"]


def test_a_job_that_is_done_twice_is_told_once(agents: Agents) -> None:
    told: list[str] = []
    agents.on_done["print"] = lambda job, body: told.append(job.id)
    agents.give(Job("p1", "paper", "print", {}))
    for _ in range(2):
        agents.done(done("p1"))
    agents.done(done("never heard of"))
    agents.done({})
    assert told == ["p1"]


def test_a_done_that_could_not_be_kept_may_be_told_again(agents: Agents) -> None:
    told: list[str] = []

    def keeps(job: Job, body: dict[str, Any]) -> None:
        told.append(job.id)
        if len(told) == 1:
            raise NotKept

    agents.on_done["print"] = keeps
    agents.give(Job("p1", "paper", "print", {}))
    with pytest.raises(NotKept):
        agents.done(done("p1"))
    agents.done(done("p1"))
    assert (told, agents.waiting("print")) == (["p1", "p1"], [])


def test_devices_are_lost_with_their_agent_and_known_again_by_its_health(agents: Agents) -> None:
    changes: list[set[str]] = []
    agents.on_change = changes.append
    agents.connected("main", "sid")
    agents.health([{"id": "paper", "state": "near_end", "detail": {}}, {"id": "nobody", "state": "ok"}, {}])
    assert (agents.devices["paper"].state, changes[-1]) == ("near_end", {"paper"})
    agents.disconnected("another")
    assert agents.devices["paper"].state == "near_end"
    agents.disconnected("sid")
    assert {device.state for device in agents.devices.values()} == {"lost"}


def test_an_agent_that_came_back_is_not_lost_when_its_old_connection_ends(agents: Agents) -> None:
    agents.connected("main", "old")
    agents.connected("main", "new")
    agents.disconnected("old")
    assert agents.online() == ["main"]


def test_only_virtual_devices_of_a_connected_agent_are_moved(agents: Agents, wire: Wire) -> None:
    press = {"device": "keys", "do": "press", "key": "next"}
    assert not agents.virtual(press)
    agents.connected("main", "sid")
    assert agents.virtual(press) and ("sid", "virtual", "") in wire.sent
    assert not agents.virtual({"device": "nobody", "do": "press"})
