"""The rules of the queue through the pages of a running hall: refused, taken back, given up, a zone stopped."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

ROOT = Path(__file__).parents[1]
LONG_MS = 20_000


class Hall:
    """`hall demo` on a free port, and a browser in front of it."""

    def __init__(self, data: Path, browser: Browser) -> None:
        self._browser = browser
        command = [sys.executable, "-m", "caller.cli", "demo", "--port", "0", "--data", str(data)]
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
        body = json.dumps({"service": service}).encode()
        asked = urllib.request.Request(f"{self.url}/api/v1/tickets", body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(asked) as answer:
            return json.load(answer)


@pytest.fixture
def hall(chromium: Browser, tmp_path: Path) -> Iterator[Hall]:
    expect.set_options(timeout=LONG_MS)
    made = Hall(tmp_path / "data", chromium)
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
    third = hall.take("company-change")
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
