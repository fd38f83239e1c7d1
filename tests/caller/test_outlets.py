"""From events to the hardware: who is told what, and a slip that is confirmed, failed, too old, or of yesterday."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from caller.config import load
from caller.slips import KEPT
from printers.template import from_job, shipped


class Agent:
    """The far end of the hub's wire to agent main: keeps its jobs, and says how they ended."""

    def __init__(self, inside: Any) -> None:
        self.hub = inside.hub
        self.jobs: list[dict[str, Any]] = []
        self.hub.agents._send = lambda event, data, sid: self.jobs.append(data) if event == "job" else None
        self.hub.agents.connected("main", "sid")
        self.hub.agents.health([{"id": device, "state": "ok"} for device in self.hub.agents.devices])

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [job for job in self.jobs if job["kind"] == kind]

    def done(self, job: dict[str, Any], ok: bool = True, error: str = "") -> None:
        self.hub.agents.done({"id": job["id"], "device": job["device"], "ok": ok, "error": error})


@pytest.fixture
def agent(inside: Any) -> Agent:
    return Agent(inside)


def printed(inside: Any, number: str) -> str | None:
    return inside.get(f"tickets/{number}").json["printed"]


def take(inside: Any, kiosk: str | None = "k") -> Any:
    answer = inside.post("tickets", {"service": "tax-return", "kiosk": kiosk}, role="")
    assert answer.status_code == 201, answer.data
    return answer.json


def test_a_ticket_taken_at_a_kiosk_is_printed_and_confirmed(
    inside: Any, agent: Agent, until: Callable[..., Any]
) -> None:
    ticket = take(inside)
    (job,) = until(lambda: agent.of("print"))
    assert (job["device"], job["data"]["number"], job["data"]["check"]) == ("paper", "A001", ticket["check"])
    assert job["data"]["url"].endswith(f"/t/{ticket['token']}")
    assert (job["data"]["windows"], job["data"]["ahead"], job["data"]["materials"]) == ("1、2", 0, ["身份证"])
    assert printed(inside, "A001") is None
    agent.done(job)
    assert printed(inside, "A001") == "printed"


def test_a_print_job_carries_the_template_of_its_kiosk(
    hub_in: Callable[..., Any], config_file: Path, tmp_path: Path, until: Callable[..., Any]
) -> None:
    """Without a template of the hall's own nothing; with one, its blocks and its pictures: the agent needs no file."""
    Image.new("1", (200, 80), 0).save(tmp_path / "logo.png")
    (tmp_path / "own.yaml").write_text("slip: [{picture: logo.png}, {number: 90}]", encoding="utf-8")
    text = config_file.read_text(encoding="utf-8")
    for more, blocks in (("", None), ("slip: {template: own.yaml}\n", [{"picture": "logo.png"}, {"number": "90"}])):
        (tmp_path / "hall_config.yaml").write_text(text + more, encoding="utf-8")
        inside = hub_in(load(tmp_path / "hall_config.yaml"), tmp_path / f"data{len(more)}")
        agent = Agent(inside)
        take(inside)

        (job,) = until(lambda agent=agent: agent.of("print"))

        template = json.loads(json.dumps(job["data"]))["template"]
        assert (template and template["slip"]) == blocks
        assert len(from_job(template).blocks) == (2 if blocks else len(shipped().blocks))


def test_the_picture_of_a_slip_belongs_to_its_own_ticket_whatever_still_waits(
    inside: Any, agent: Agent, until: Callable[..., Any]
) -> None:
    """A visitor is never shown another's slip: its QR opens the other's ticket."""
    for _ in range(3):
        take(inside)
    jobs = until(lambda: len(found := agent.of("print")) == 3 and found)
    slips = inside.hub.slips
    for job in jobs:  # all pictures come before the first confirmation
        slips.keep("paper", job["id"], job["data"]["number"].encode(), [])
    slips.keep("paper", "print-2026-11-21-A001", b"yesterday's", [])
    for number in ("A001", "A002", "A003"):
        assert inside.client.get(slips.of_ticket[number]).data == number.encode()


def test_only_the_last_pictures_of_a_printer_are_kept(inside: Any) -> None:
    slips = inside.hub.slips
    for n in range(KEPT + 10):
        url = slips.keep("paper", f"print-2026-11-22-A{n:03d}", b"png", [])
    assert len(list(slips.folder.iterdir())) == KEPT
    assert inside.client.get(url).data == b"png"


def test_a_slip_that_does_not_come_out_is_told(inside: Any, agent: Agent, until: Callable[..., Any]) -> None:
    take(inside)
    (job,) = until(lambda: agent.of("print"))
    agent.done(job, ok=False, error="no_paper")
    assert printed(inside, "A001") == "failed"
    history = inside.get("tickets/A001").json["history"]
    assert history[-1]["error"] == "no_paper"


def test_a_slip_that_is_too_old_is_not_printed_any_more(
    inside: Any, agent: Agent, until: Callable[..., Any], clock: Any
) -> None:
    """No burst of old slips when the agent is back."""
    take(inside)
    until(lambda: agent.of("print"))
    clock.at = "2026-11-22 09:02"
    take(inside, kiosk=None)
    until(lambda: printed(inside, "A001") == "failed")
    assert inside.hub.agents.waiting("print") == []


def test_yesterdays_slip_confirms_nobody_elses_number_today(
    inside: Any, agent: Agent, until: Callable[..., Any], clock: Any
) -> None:
    take(inside)
    (old,) = until(lambda: agent.of("print"))
    clock.at = "2026-11-23 09:00"
    take(inside)
    until(lambda: len(agent.of("print")) == 2)
    agent.done(old)
    assert printed(inside, "A001") is None
    agent.done(agent.of("print")[1])
    assert printed(inside, "A001") == "printed"


def test_a_confirmation_that_could_not_be_kept_is_kept_when_it_is_repeated(
    inside: Any, agent: Agent, until: Callable[..., Any]
) -> None:
    from caller.dispatcher import NotKept

    take(inside)
    (job,) = until(lambda: agent.of("print"))
    append = inside.hub.journal.append

    def full(*_: Any) -> int:
        inside.hub.journal.append = append
        raise sqlite3.OperationalError("disk is full")

    inside.hub.journal.append = full
    with pytest.raises(NotKept):
        agent.done(job)
    agent.done(job)
    assert printed(inside, "A001") == "printed"


def test_a_restarted_hub_gives_the_slip_again_that_nobody_confirmed(
    hub_in: Callable[..., Any], config: Any, tmp_path: Path
) -> None:
    first = hub_in(config, tmp_path)
    Agent(first)
    take(first)
    first.hub.stop()
    again = hub_in(config, tmp_path)
    assert [job.data["number"] for job in again.hub.agents.waiting("print")] == ["A001"]


def test_a_hub_starts_though_the_config_lost_what_was_to_be_printed(
    hub_in: Callable[..., Any], config: Any, config_file: Path, tmp_path: Path
) -> None:
    """The kiosk, its printer and the service were taken out of the config at noon."""
    first = hub_in(config, tmp_path / "data")
    Agent(first)
    take(first)
    first.hub.stop()
    less = tmp_path / "less.yaml"
    lines = config_file.read_text(encoding="utf-8").splitlines(keepends=True)
    gone = ("{id: tax-return,", "{id: k,", "{id: paper,")
    less.write_text("".join(line for line in lines if not line.strip("- ").startswith(gone)), encoding="utf-8")
    again = hub_in(load(less), tmp_path / "data")
    assert again.get("tickets/A001").json["state"] == "waiting"
    again.hub.prints.look()


def test_every_view_is_there_though_the_config_lost_a_queue_and_a_window(
    hub_in: Callable[..., Any], config: Any, config_file: Path, tmp_path: Path
) -> None:
    """Somebody was called, held and finished there in the morning; the screens of the afternoon still draw."""
    first = hub_in(config, tmp_path / "data")
    tokens = [first.post("tickets", {"service": "pension"}).json["token"] for _ in range(4)]
    for call in ("open", "next", "finish", "next", "hold", "next"):
        assert first.post(f"windows/3/{call}").status_code == 200
    first.hub.stop()
    less = tmp_path / "less.yaml"
    text = config_file.read_text(encoding="utf-8").replace("[tax, pension]", "[tax]")
    gone = ("- {id: pension,", "- {id: 3,")
    lines = [line for line in text.splitlines(keepends=True) if not line.strip().startswith(gone)]
    less.write_text("".join(lines), encoding="utf-8")
    again = hub_in(load(less), tmp_path / "data")
    views = [("panel", "hall"), ("panel", "social"), ("window", "1"), ("kiosk", "k"), ("pad", "1"), ("desk", "1")]
    for view, of in [*views, ("devices", "hall"), *(("ticket", token) for token in tokens)]:
        assert again.hub.live.watch("me", view, of)["data"], (view, of)
    for path in ("services", "zones", "windows", "tickets/B001", "tickets/B004"):
        assert again.get(path).status_code == 200
    assert again.hub.live.watch("me", "panel", "hall")["data"]["calls"] == []


def test_the_keypad_shows_who_waits_and_who_is_called(inside: Any, agent: Agent, until: Callable[..., Any]) -> None:
    take(inside)
    take(inside)
    inside.post("windows/1/open")
    inside.post("windows/1/next")
    until(lambda: agent.of("display")[-1]["data"] == {"waiting": 1, "number": "A001"})


def test_the_evaluator_shows_the_clerks_stars_and_asks_when_service_ends(
    inside: Any, agent: Agent, until: Callable[..., Any]
) -> None:
    take(inside)
    for call in ("open", "next", "start"):
        inside.post(f"windows/1/{call}")
    until(lambda: agent.of("stars"))
    assert agent.of("prompt") == []
    inside.post("windows/1/finish")
    until(lambda: [job["device"] for job in agent.of("prompt")] == ["stars"])


def test_an_led_panel_gets_the_latest_calls_of_its_zone_newest_first(inside: Any, until: Callable[..., Any]) -> None:
    agents = inside.hub.agents
    for device, zone in (("led", "social"), ("led-hall", "")):
        inside.hub.outlets._panels.append(replace(agents.devices["keys"], id=device, kind="panel", zone=zone))
    agents.devices |= {panel.id: panel for panel in inside.hub.outlets._panels}
    agent = Agent(inside)
    take(inside, None)
    take(inside, None)
    inside.post("windows/1/open")
    for _ in range(2):
        assert inside.post("windows/1/next").status_code == 200
    rows = [{"text": f"A00{n}→1号窗口", "colour": "yellow"} for n in (2, 1)]
    until(lambda: [job["data"]["rows"] for job in agent.of("rows") if job["device"] == "led-hall"][-1:] == [rows])
    assert all(job["data"]["rows"] == [] for job in agent.of("rows") if job["device"] == "led")
