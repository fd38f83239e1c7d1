"""The rules of the queue through the pages of a running hall: refused, taken back, given up, a zone stopped."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

ROOT = Path(__file__).parents[1]
LONG_MS = 20_000


ID = "11010519491231002X"


def in_the_morning(config: str) -> str:
    """The shipped hall where it is ten o'clock, the next slot open to check in; company-change asks for the ID number.

    Whenever the test runs: at another hour the day's last slot may have begun.
    """
    # Etc/GMT+5 is five hours west (tz database, etcetera)
    east = (10 - datetime.now(UTC).hour + 12) % 24 - 12
    for old, new in (
        (
            "timezone: Asia/Shanghai",
            f"timezone: Etc/GMT{-east:+d}",
        ),  # these names count westwards (tz database, etcetera)
        ("early: 15,", "early: 60,"),
        ("  - id: company-change\n", "  - id: company-change\n    person: required\n"),
    ):
        assert config.count(old) == 1, old
        config = config.replace(old, new)
    return config


class Hall:
    """`hall demo` on a free port, and a browser in front of it."""

    def __init__(self, data: Path, browser: Browser) -> None:
        self._browser = browser
        config = data.with_suffix(".yaml")
        config.write_text(in_the_morning((ROOT / "hall_config.yaml").read_text("utf-8")), "utf-8")
        command = [
            sys.executable,
            "-m",
            "caller.cli",
            "demo",
            "--config",
            str(config),
            "--port",
            "0",
            "--data",
            str(data),
        ]
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout
        self.url = re.search(r"http://[\d.:]+", self.process.stdout.readline())[0]

    def open(self, path: str, size: tuple[int, int]) -> Page:
        context = self._browser.new_context(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce")
        page = context.new_page()
        page.set_default_timeout(LONG_MS)
        page.goto(self.url + path)
        return page

    def take(self, service: str) -> dict:
        """A number without paper."""
        return self.ask("tickets", {"service": service})

    def ask(self, path: str, body: dict | None = None) -> Any:
        """GET, or POST of a body, as a visitor."""
        data = json.dumps(body).encode() if body is not None else None
        asked = urllib.request.Request(f"{self.url}/api/v1/{path}", data, {"Content-Type": "application/json"})
        with urllib.request.urlopen(asked) as answer:
            return json.load(answer)


@pytest.fixture
def hall(chromium: Browser, tmp_path: Path) -> Iterator[Hall]:
    expect.set_options(timeout=LONG_MS)
    made = Hall(tmp_path / "data", chromium)
    kiosk = made.open("/kiosk/1", (1080, 1920))
    expect(kiosk.locator(".zone").first).to_be_enabled()  # the printer has said that it is ready
    kiosk.context.close()
    yield made
    expect.set_options(timeout=5_000)
    for context in chromium.contexts:
        context.close()
    made.process.terminate()
    made.process.wait(15)


def ready(desk: Page) -> None:
    """The main key can be pressed again."""
    expect(desk.locator(".main")).to_have_attribute("aria-disabled", "false")


@pytest.mark.timeout(180)
def test_desk_phone_reception_and_kiosk_tell_the_same_rules(hall: Hall) -> None:
    first, second = hall.take("company-open"), hall.take("company-open")
    third = hall.take("fund-withdraw")
    desk = hall.open("/desk?window=1", (1280, 800))
    ready(desk)
    desk.keyboard.press("F2")  # next, or open the window first
    expect(desk.locator(".cur .no")).to_have_attribute("aria-label", first["number"])
    ready(desk)
    desk.keyboard.press("F5")
    expect(desk.locator(".st")).to_contain_text("人已到窗口")
    ready(desk)
    desk.keyboard.press("F2")
    expect(desk.locator(".st")).to_contain_text("正在办理")

    ready(desk)
    desk.keyboard.press("F8")
    desk.keyboard.press("3")
    desk.keyboard.type("材料不齐")
    desk.keyboard.press("Enter")
    expect(desk.locator(".cur h1")).to_have_text("窗口空闲")
    expect(desk.locator(".undo")).to_contain_text(f"{first['number']} 办结")
    ready(desk)
    desk.keyboard.press("F1")  # it was the wrong key: the visitor is at the window again
    expect(desk.locator(".st")).to_contain_text("正在办理")
    ready(desk)
    desk.keyboard.press("F2")
    expect(desk.locator(".cur h1")).to_have_text("窗口空闲")

    phone = hall.open(f"/t/{second['token']}", (390, 844))
    phone.click("[data-act=give-up]")
    phone.click("[data-act=give-up-yes]")
    expect(phone.locator("h1")).to_have_text("这个号不用了")
    expect(desk.locator(".next .no")).to_have_attribute("aria-label", third["number"])

    kiosk = hall.open("/kiosk/1", (1080, 1920))
    expect(kiosk.locator(".zone").first).to_be_enabled()
    reception = hall.open("/reception", (1280, 800))
    reception.locator("[data-zone=general]").click()
    dialog = reception.get_by_role("dialog")
    expect(dialog.locator(f"[aria-label={third['number']}]")).to_be_visible()
    expect(reception.locator("[data-zone=general]")).to_have_attribute("aria-disabled", "false")
    reception.keyboard.press("Enter")
    expect(reception.locator(".z").first).to_contain_text("停止取号")
    expect(kiosk.locator(".zone").first).to_be_disabled()

    ready(desk)
    desk.keyboard.press("F12")
    desk.keyboard.press("1")
    desk.keyboard.type(third["number"].lower())
    desk.keyboard.press("Enter")
    expect(desk.locator(".next")).to_have_count(0)


@pytest.mark.timeout(180)
def test_a_booking_is_checked_in_at_the_kiosk_and_called_at_the_desk(hall: Hall) -> None:
    slots = hall.ask("bookings/slots?service=company-open")
    day, slot = slots[0]["day"], slots[0]["slot"]
    booked = hall.ask("bookings", {"service": "company-open", "day": day, "slot": slot, "person": ID})
    kiosk = hall.open("/kiosk/1", (1080, 1920))
    kiosk.click(".check-in")
    expect(kiosk.locator(".entry")).to_be_visible()
    kiosk.keyboard.type(booked["code"])
    kiosk.click("[data-act=done]")
    expect(kiosk.locator(".slot-time")).to_contain_text(f"预约 {slot}")
    number = kiosk.locator(".big .no").get_attribute("aria-label")
    desk = hall.open("/desk?window=1", (1280, 800))
    ready(desk)
    desk.keyboard.press("F2")
    expect(desk.locator(".cur .no")).to_have_attribute("aria-label", str(number))
    expect(desk.locator(".facts")).to_contain_text(slot)


@pytest.mark.timeout(180)
def test_the_same_person_gets_no_second_number_at_the_kiosk(hall: Hall) -> None:
    first = hall.ask("tickets", {"service": "company-change", "person": ID})
    kiosk = hall.open("/kiosk/1", (1080, 1920))
    kiosk.click(".home .search")
    kiosk.fill(".search input", "变更")
    kiosk.locator(".s").first.click()
    kiosk.click("[data-act=take]")
    expect(kiosk.locator(".kb.pad")).to_be_visible()
    kiosk.keyboard.type(ID)
    kiosk.click("[data-act=done]")
    expect(kiosk.get_by_role("alert").locator(".no")).to_have_attribute("aria-label", first["number"])


@pytest.mark.timeout(180)
def test_a_clerk_takes_over_from_the_window_before_after_saying_yes(hall: Hall) -> None:
    desk = hall.open("/desk?window=1", (1280, 800))
    other = hall.open("/desk?window=2", (1280, 800))
    expect(other.locator(".cur h1")).to_be_visible()
    token = {"Authorization": f"Bearer {other.evaluate('document.body.dataset.token')}"}
    url = f"{hall.url}/api/v1/windows/2/open"
    asked = other.request.post(url, data={"clerk": "0712", "confirm": True}, headers=token)
    assert asked.ok, asked.text()
    expect(desk.locator(".cur h1")).to_have_text("今天还没有开窗")
    ready(desk)
    desk.keyboard.press("F2")
    expect(desk.get_by_role("dialog")).to_contain_text("您已在 2 号窗口登录")
    ready(desk)
    desk.keyboard.press("Enter")
    expect(desk.locator(".cur h1")).to_have_text("窗口空闲")
    expect(other.locator(".cur h1")).to_have_text("今天还没有开窗")
