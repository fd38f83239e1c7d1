"""The whole path of a card and of a code: far end, pseudo-terminal, agent, hub, the page in a browser, the disk."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import requests
import socketio
from playwright.sync_api import Browser, Page, expect

from kiosk.readers.virtual import SAMPLES

from .halls import CONFIG

OLD, YOUNG = SAMPLES["old"], SAMPLES["young"]
DEVICES = """\
  - {id: reader, driver: sdt-reader, port: virtual, kiosk: bare}
  - {id: scanner, driver: gm65, port: virtual, kiosk: bare}
"""
LATEST_MS = 20_000


@dataclass
class Hall:
    """`hall demo` in a process of its own, with its agent; `folder` has its data and its log."""

    url: str
    folder: Path
    process: subprocess.Popen[str]
    wire: socketio.Client

    def move(self, device: str, do: str, **how: Any) -> None:
        assert self.wire.call("virtual", {"device": device, "do": do, **how}, timeout=10)["status"] == 200

    def post(self, path: str, body: dict[str, Any]) -> Any:
        answer = requests.post(f"{self.url}/api/v1/{path}", json=body, timeout=10)
        assert answer.status_code == 201, answer.text
        return answer.json()

    def book(self, **who: str) -> str:
        """The code of a booking in the slot that begins next."""
        slots = requests.get(f"{self.url}/api/v1/bookings/slots", {"service": "tax-return"}, timeout=10).json()
        slot = {key: slots[0][key] for key in ("day", "slot")}
        return self.post("bookings", {"service": "tax-return", **slot, **who})["code"]

    def ready(self) -> bool:
        states = {
            it["id"]: it["state"] for it in requests.get(f"{self.url}/api/v1/health", timeout=10).json()["devices"]
        }
        return states["reader"] == states["scanner"] == "ok"


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """It is about ten in the morning there; slots of ten minutes, so that the next one may be checked in at once."""
    folder = tmp_path_factory.mktemp("hall")
    ahead = (10 - datetime.now(UTC).hour + 11) % 24 - 11
    text = CONFIG.replace("hall: {", f"hall: {{care_age: 70, timezone: Etc/GMT{-ahead:+d}, ") + DEVICES
    text = text.replace("id: tax-card,", "id: tax-card, person: required,")
    file = folder / "hall_config.yaml"
    file.write_text(text, encoding="utf-8")
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "caller.cli", "demo", "--config", file, "--data", folder / "data", "--port", "0"],
            stdout=subprocess.PIPE, stderr=log, text=True,
        )  # fmt: skip
    assert process.stdout
    url = re.search(r"http://[\d.:]+", process.stdout.readline())[0]
    wire = socketio.Client()
    wire.connect(url, transports=["websocket"])
    yield Hall(url, folder, process, wire)
    wire.disconnect()
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=20)


@pytest.fixture
def page(hall: Hall, chromium: Browser, until: Callable[..., Any]) -> Iterator[Page]:
    until(hall.ready, 30)
    context = chromium.new_context(viewport={"width": 1080, "height": 1920}, locale="zh-CN", reduced_motion="reduce")
    context.set_default_timeout(LATEST_MS)
    page = context.new_page()
    page.goto(f"{hall.url}/kiosk/bare")
    expect(page.locator(".home")).to_be_visible(timeout=LATEST_MS)
    yield page
    hall.move("reader", "take_card")
    context.close()


def number_on(page: Page) -> str:
    big = page.locator(".done .big .no")
    expect(big).to_be_visible(timeout=LATEST_MS)
    return big.get_attribute("aria-label") or ""


def test_a_card_on_the_reader_takes_the_number_that_needs_one_and_its_age_counts(hall: Hall, page: Page) -> None:
    page.locator(".zone").first.click()
    page.locator(".s", has_text="税卡").click()
    page.click("[data-act=take]")
    expect(page.locator("h1")).to_have_text("请放身份证，或输入号码")
    hall.move("reader", "lay_card", person="old")
    taken = requests.get(f"{hall.url}/api/v1/tickets/{number_on(page)}", timeout=10).json()
    assert (taken["class"], taken["class_by"]) == ("care", "age")
    assert OLD.number not in page.content()


def test_the_card_of_who_has_booked_is_checked_in_by_being_laid_there(hall: Hall, page: Page) -> None:
    hall.book(person=YOUNG.number, name=YOUNG.name)
    hall.move("reader", "lay_card", person="young")
    assert number_on(page).startswith("AY")


def test_a_scanned_booking_checks_in_and_its_ticket_tells_where_it_stands(hall: Hall, page: Page) -> None:
    hall.move("scanner", "scan", text=hall.book(phone="13900000000"))
    number = number_on(page)
    token = requests.get(f"{hall.url}/api/v1/tickets/{number}", timeout=10).json().get("token")
    token = token or page.locator(".qr img").get_attribute("src").removeprefix("/qr/").removesuffix(".svg")
    hall.move("scanner", "scan", text=f"{hall.url}/t/{token}")
    expect(page.locator(".standing")).to_have_attribute("data-state", "waiting", timeout=LATEST_MS)
    expect(page.locator(".standing .no")).to_have_attribute("aria-label", number)


def test_no_number_of_a_card_is_in_any_file(hall: Hall, page: Page) -> None:
    """Not in the journal, the agent's outbox, the log or anywhere else; read or typed, whole or in UTF-16."""
    hall.move("reader", "lay_card", number="110105194912310029", name="假号码")
    expect(page.get_by_role("status")).to_contain_text("没有读出来", timeout=LATEST_MS)
    hall.move("scanner", "scan", text="100000199003070018")
    expect(page.locator(".strip")).to_be_visible(timeout=LATEST_MS)
    files = [file for file in hall.folder.rglob("*") if file.is_file()]
    assert {"hall.db", "outbox.jsonl", "log"} <= {file.name for file in files}
    kept = b"\n".join(file.read_bytes() for file in files)
    assert b"TicketTaken" in kept
    for card in ("110105194912310029", OLD.number, YOUNG.number):
        for written in (card.encode(), card.encode("utf-16-le"), card[:17].encode()):
            assert written not in kept
