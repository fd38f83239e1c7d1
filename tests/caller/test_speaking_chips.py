"""Calls that a speech chip says by itself: the hub knows when it has ended, and who says it when the chip cannot."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from caller.agents import Agents, Job
from caller.config import Config, load
from caller.receipts import Receipts
from caller.speaker import Speaker
from hall import events as ev

from .halls import CONFIG

WAV = b"RIFF....WAVE"
VOICES = """\
devices:
  - {id: chip, driver: syn6288, port: virtual, area: hall}
  - {id: espeak, driver: espeak, area: hall}
"""


class Hall:
    """A speaker whose agents' answers the test gives."""

    def __init__(self, config: Config, folder: Path, until: Callable[..., Any]) -> None:
        self.jobs: list[Job] = []
        self.until = until
        self.agents = Agents(config, self._sent, lambda: "")
        self.receipts = Receipts()
        self.plan = config.plan()
        self.speaker = Speaker(config, self.plan, self.agents, self.receipts, folder, lambda area: None)
        self.agents.connected("main", "sid")
        for device in self.agents.devices.values():
            device.state = "ok"
        self.speaker.start()

    def _sent(self, event: str, data: dict[str, Any], sid: str) -> None:
        if event == "job":
            self.jobs.append(Job(**data))

    def call(self, number: str, call: int) -> None:
        at = datetime(2026, 11, 23, 9, tzinfo=UTC)
        event = ev.TicketCalled(at=at, number=number, window="1", call=call, why={})
        self.speaker.follow([event])

    def next_job(self) -> tuple[str, bool]:
        """Which voice is asked next, and whether to play."""
        self.until(lambda: self.jobs)
        return self.jobs[0].device, self.jobs[0].data["play"]

    def answer(self, ok: bool = True, **detail: Any) -> None:
        self.speaker.rendered(
            self.jobs.pop(0), {"ok": ok, "sentence": "" if ok else "语音设备没有应答", "detail": detail}
        )

    def chip_is_ready(self, **more: Any) -> None:
        self.answer(text="请A零零一号到三号窗口。", seconds=0.01, speaks=True, **more)

    def heard(self) -> dict[str, Any] | None:
        return self.speaker.current("hall")


@pytest.fixture
def hall(tmp_path: Path, until: Callable[..., Any]) -> Hall:
    file = tmp_path / "hall_config.yaml"
    file.write_text(CONFIG.replace("devices:\n", VOICES, 1), encoding="utf-8")
    return Hall(load(file), tmp_path / "voice", until)


def test_a_chip_is_asked_again_when_the_turn_of_its_call_has_come_and_no_page_plays(hall: Hall) -> None:
    hall.call("A001", 1)
    assert hall.next_job() == ("chip", False)
    hall.chip_is_ready()
    assert hall.next_job() == ("chip", True)
    assert hall.until(hall.heard)["url"] == ""
    hall.call("A002", 2)
    hall.until(lambda: len(hall.jobs) == 2)
    hall.jobs.reverse()
    hall.chip_is_ready()
    assert hall.heard()["id"] == 1, "the first is not over until the chip says so"
    hall.speaker.spoken("hall", 1)
    hall.until(lambda: (hall.heard() or {}).get("id") == 2)
    assert hall.receipts._calls[1]["voice"] == 2


def test_a_chip_that_is_absent_gives_way_to_the_next_voice_of_the_area(hall: Hall) -> None:
    hall.call("A001", 1)
    assert hall.next_job() == ("chip", False)
    hall.answer(ok=False)
    assert hall.next_job() == ("espeak", False)
    hall.answer(wav=WAV, text="请", seconds=0.01)
    assert hall.until(hall.heard)["url"].endswith(".wav")


def test_a_chip_known_to_be_in_fault_is_not_asked_first(hall: Hall) -> None:
    hall.agents.devices["chip"].state = "fault"
    hall.call("A001", 1)
    assert hall.next_job() == ("espeak", False)


@pytest.mark.parametrize("how", ["refused", "broke off"])
def test_what_the_chip_does_not_say_to_its_end_the_next_voice_says(hall: Hall, how: str) -> None:
    hall.call("A001", 1)
    hall.next_job()
    hall.chip_is_ready()
    assert hall.next_job() == ("chip", True)
    if how == "refused":
        hall.answer(ok=False)
    else:
        hall.jobs.clear()
        hall.speaker.unspoken("hall", 1, "chip", "语音设备没有应答")
    assert hall.next_job() == ("espeak", False)
    hall.answer(wav=WAV, text="请", seconds=0.01)
    hall.until(lambda: (hall.heard() or {}).get("url"))
    hall.speaker.unspoken("hall", 1, "chip", "told once more")
    assert hall.heard()["url"], "what another voice says goes on"


def test_a_chip_whose_agent_has_gone_since_it_was_asked_does_not_count_as_heard(hall: Hall) -> None:
    hall.call("A001", 1)
    hall.next_job()
    hall.agents.devices["chip"].state = "lost"
    hall.chip_is_ready()
    assert hall.next_job() == ("espeak", False)


def test_when_no_voice_is_left_the_call_counts_as_not_said_and_the_next_one_is_heard(hall: Hall) -> None:
    hall.call("A001", 1)
    for _ in ("chip", "espeak"):
        hall.next_job()
        hall.answer(ok=False)
    hall.until(lambda: 1 in hall.receipts._calls)
    assert hall.receipts._calls[1]["voice"] == 0
    hall.call("A002", 2)
    hall.next_job()
    hall.chip_is_ready()
    assert hall.until(hall.heard)["id"] == 2


def test_chip_and_panels_speak_together_where_the_hall_wants_it(hall: Hall) -> None:
    hall.call("A001", 1)
    hall.next_job()
    hall.chip_is_ready(panels=True)
    assert hall.next_job() == ("espeak", False)
    hall.answer(wav=WAV, text="请", seconds=0.01)
    assert hall.until(hall.heard)["url"].endswith(".wav")
    assert hall.next_job() == ("chip", True)
    hall.speaker.unspoken("hall", 1, "chip", "语音设备没有应答")
    assert hall.heard()["id"] == 1, "the panels go on"


def test_without_another_voice_for_the_panels_the_chip_speaks_alone(hall: Hall) -> None:
    hall.call("A001", 1)
    hall.next_job()
    hall.chip_is_ready(panels=True)
    hall.next_job()
    hall.answer(ok=False)
    assert hall.next_job() == ("chip", True)
    assert hall.until(hall.heard)["url"] == ""
