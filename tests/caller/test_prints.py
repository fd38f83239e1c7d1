"""A slip comes out once: what broke off in the middle is printed again once, as a copy, when the printer is well."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caller.config import load

from .halls import problem
from .test_outlets import Agent, printed, take


class Counter(Agent):
    """An agent whose printer is what the test says, and which answers as it says."""

    def printer(self, state: str) -> None:
        self.hub.agents.health([{"id": "paper", "state": state}])

    def breaks(self, job: dict[str, Any], error: str = "no_paper", begun: bool = True) -> None:
        detail = {"begun": True} if begun else {}
        body = {"id": job["id"], "device": job["device"], "ok": False, "error": error, "detail": detail}
        self.hub.agents.done(body)


@pytest.fixture
def agent(inside: Any) -> Counter:
    return Counter(inside)


@pytest.fixture
def prints(agent: Counter, until: Callable[..., Any]) -> Callable[[int], list[dict[str, Any]]]:
    """prints(n): wait for n print jobs in all, and look at them."""

    def wait(n: int) -> list[dict[str, Any]]:
        return until(lambda: len(found := agent.of("print")) == n and found)

    return wait


def test_paper_out_in_the_middle_brings_one_copy_when_the_paper_is_back(
    inside: Any, agent: Counter, prints: Callable[[int], Any]
) -> None:
    """Marked 补打; nothing is given to a printer that is not well; in between reception knows."""
    take(inside)
    (job,) = prints(1)
    agent.printer("no_paper")
    agent.breaks(job)
    assert printed(inside, "A001") == "again"
    assert [row["code"] for row in inside.get("alarms", role="reception").json] == ["no_paper", "print_broken"]
    inside.hub.prints.look()
    assert len(agent.of("print")) == 1
    agent.printer("ok")
    _, copy = prints(2)
    assert (copy["data"]["copy"], job["data"]["copy"]) == (True, False)
    assert copy["data"]["number"] == "A001" and copy["id"] != job["id"]
    inside.hub.prints.look()
    agent.done(copy)
    agent.done(copy)
    agent.done(job)
    assert printed(inside, "A001") == "printed"
    what = [entry["what"] for entry in inside.get("tickets/A001").json["history"]]
    assert what == ["taken", "print_broken", "printed"]
    assert len(agent.of("print")) == 2


def test_what_breaks_off_twice_goes_to_reception(inside: Any, agent: Counter, prints: Callable[[int], Any]) -> None:
    """Two torn slips are enough: the number is on the alarm list."""
    take(inside)
    agent.breaks(prints(1)[0], "lost")
    agent.breaks(prints(2)[1], "cutter")
    assert printed(inside, "A001") == "failed"
    assert [row["id"] for row in inside.get("alarms", role="reception").json] == ["ticket:A001"]
    inside.hub.prints.look()
    assert len(agent.of("print")) == 2


def test_reception_has_a_copy_printed_at_a_kiosk_that_prints(
    inside: Any, agent: Counter, prints: Callable[[int], Any]
) -> None:
    """After two torn slips, or for a slip that was lost: as often as it is wanted, each a job of its own."""
    take(inside)
    agent.breaks(prints(1)[0], "lost")
    agent.breaks(prints(2)[1], "cutter")
    for role, status in (("", 401), ("clerk", 403)):
        assert inside.post("tickets/A001/print", {"kiosk": "k"}, role=role).status_code == status
    agent.printer("no_paper")
    problem(inside.post("tickets/A001/print", {"kiosk": "k"}), 409, "no_paper")
    agent.printer("ok")
    for n in (3, 4):
        assert inside.post("tickets/A001/print", {"kiosk": "k"}, role="reception").status_code == 200
        problem(inside.post("tickets/A001/print", {"kiosk": "k"}), 409, "prints_already")
        jobs = prints(n)
        assert (jobs[-1]["data"]["copy"], len({job["id"] for job in jobs})) == (True, n)
        agent.done(jobs[-1])
        assert printed(inside, "A001") == "printed"
    problem(inside.post("tickets/A001/print", {"kiosk": "bare"}), 409, "no_printer")
    problem(inside.post("tickets/A001/print", {"kiosk": "no"}), 404, "unknown_kiosk")
    problem(inside.post("tickets/A999/print", {"kiosk": "k"}), 404, "unknown_ticket")
    for call in ("open", "next", "start"):
        inside.post(f"windows/1/{call}")
    problem(inside.post("tickets/A001/print", {"kiosk": "k"}), 409, "no_slip_wanted")


def test_a_phones_ticket_can_be_had_on_paper(inside: Any, agent: Counter, prints: Callable[[int], Any]) -> None:
    """It has no kiosk of its own; a copy that breaks off is on the list all the same."""
    take(inside, kiosk=None)
    assert inside.post("tickets/A001/print", {"kiosk": "k"}).status_code == 200
    agent.breaks(prints(1)[0])
    assert [row["id"] for row in inside.get("alarms", role="reception").json] == ["ticket:A001"]
    assert inside.post("tickets/A001/print", {"kiosk": "k"}).status_code == 200
    agent.done(prints(2)[1])
    assert printed(inside, "A001") == "printed"


def test_an_agent_that_was_killed_while_printing_may_have_left_paper(
    inside: Any, agent: Counter, prints: Callable[[int], Any]
) -> None:
    take(inside)
    agent.breaks(prints(1)[0], "interrupted", begun=False)
    assert prints(2)[1]["data"]["copy"] is True


def test_a_printer_that_is_not_well_after_all_does_not_use_the_copy_up(
    inside: Any, agent: Counter, prints: Callable[[int], Any]
) -> None:
    """Nothing left the printer: it waits on."""
    take(inside)
    agent.breaks(prints(1)[0])
    agent.breaks(prints(2)[1], "cover_open", begun=False)
    assert printed(inside, "A001") == "again"
    inside.hub.prints.look()
    agent.done(prints(3)[2])
    assert printed(inside, "A001") == "printed"


@pytest.mark.parametrize("why", ["late", "served"])
def test_no_copy_comes_out_for_whom_nobody_waits_any_more(
    inside: Any, agent: Counter, prints: Callable[[int], Any], clock: Any, why: str
) -> None:
    """Paper that comes back after ten minutes, or when the visitor is at a window, prints nothing old."""
    take(inside)
    (job,) = prints(1)
    agent.printer("no_paper")
    agent.breaks(job)
    if why == "late":
        clock.at = "2026-11-22 09:10"
    else:
        for call in ("open", "next", "start"):
            assert inside.post(f"windows/1/{call}").status_code == 200
    inside.hub.prints.look()
    agent.printer("ok")
    inside.hub.prints.look()
    assert printed(inside, "A001") == "failed"
    assert len(agent.of("print")) == 1


def test_a_hall_may_want_no_copies(hub_in: Callable[..., Any], config_file: Path, tmp_path: Path, until: Any) -> None:
    """`reprint_s: 0`."""
    file = tmp_path / "none.yaml"
    file.write_text(config_file.read_text("utf-8").replace("hall: {", "hall: {reprint_s: 0, "), encoding="utf-8")
    inside = hub_in(load(file), tmp_path / "data")
    agent = Counter(inside)
    take(inside)
    agent.breaks(until(lambda: agent.of("print"))[0])
    assert printed(inside, "A001") == "failed"


def test_a_restarted_hub_prints_the_copy_that_was_owed(
    hub_in: Callable[..., Any], config: Any, tmp_path: Path, until: Callable[..., Any]
) -> None:
    first = hub_in(config, tmp_path)
    agent = Counter(first)
    take(first)
    (job,) = until(lambda: agent.of("print"))
    agent.printer("no_paper")
    agent.breaks(job)
    first.hub.stop()
    again = Counter(hub_in(config, tmp_path))
    (copy,) = until(lambda: again.of("print"))
    assert copy["data"]["copy"] is True and copy["id"] != job["id"]


Step = st.sampled_from(["done", "no_paper", "begun", "interrupted", "ok", "look", "agent", "again"])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(Step, max_size=14))
def test_whatever_happens_one_slip_counts_and_a_second_is_marked(inside: Any, steps: list[str]) -> None:
    """The printer fails, the agent goes and comes, answers come twice and late: TicketPrinted at most once, at most one
    unmarked and one marked print are begun, and none after it counted."""
    agent = Counter(inside)
    number = take(inside)["number"]
    inside.hub.prints.look()
    seen: list[dict[str, Any]] = []
    for step in steps:
        jobs = {job["id"]: job for job in agent.of("print") if job["data"]["number"] == number}
        newest = list(jobs.values())[-1:] or seen[-1:]
        seen = list(jobs.values()) or seen
        for job in newest:
            if step == "done":
                agent.done(job)
            elif step in ("no_paper", "begun", "interrupted"):
                agent.breaks(job, "no_paper" if step == "begun" else step, begun=step == "begun")
            elif step == "again" and seen:
                agent.done(seen[0])
        if step == "ok":
            agent.printer("ok")
        elif step == "look":
            inside.hub.prints.look()
        elif step == "agent":
            inside.hub.agents.connected("main", "sid")
    history = [entry["what"] for entry in inside.get(f"tickets/{number}").json["history"]]
    assert history.count("printed") + history.count("print_failed") <= 1
    assert history.count("print_broken") <= 1
    marks = {job["id"]: job["data"]["copy"] for job in agent.of("print") if job["data"]["number"] == number}
    assert sorted(marks.values()) in ([], [False], [False, True])
    assert (True in marks.values()) <= ("print_broken" in history)
